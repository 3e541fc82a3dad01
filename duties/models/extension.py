from collections.abc import Iterable
from functools import cached_property

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from actors.models import Actor, User
from actors.subject import Subject
from digikoord.lib import clock, constraints
from digikoord.lib.calendar import LastDay
from digikoord.lib.lifecycle import Moving
from digikoord.lib.locks import Locking
from programmes.models.programme import Programme
from programmes.models.scope import AUTHORITIES

from ..lifecycle.extension import EXTENSION, Status


class ExtensionQuerySet(Locking["Extension"]):
    def asked(self) -> "ExtensionQuerySet":
        """Those that wait for a decision."""
        return self.filter(status=Status.ASKED)

    def visible_to(self, user: User, programmes: Iterable[str]) -> "ExtensionQuerySet":
        """The debtor's own, and those of the programmes (codes) that the person reads all of."""
        return self.filter(
            Q(obligation__debtor__in=list(user.acting_for)) | Q(obligation__programme__in=programmes)
        )


class Extension(Moving, models.Model):
    """A debtor's request for a later day, and what was decided. `due` is the nominal day that was granted."""

    LIFECYCLE = EXTENSION
    LOCKS = ()

    obligation = models.ForeignKey("duties.Obligation", models.PROTECT, related_name="extensions")
    status = models.CharField("läge", max_length=10, choices=Status, default=Status.ASKED)
    before = models.DateField("tidigare dag")
    wanted = models.DateField("önskad dag")
    reason = models.TextField("skäl")
    asked_by = models.ForeignKey("actors.User", models.PROTECT, related_name="+")
    asked_on = models.DateField("begärt", default=clock.today)
    due = models.DateField("beviljad dag", null=True)
    decision_reason = models.TextField("skäl för beslutet", blank=True)
    decided_by = models.ForeignKey("actors.User", models.PROTECT, null=True, related_name="+")
    decided_on = models.DateField("avgjort", null=True)

    objects = ExtensionQuerySet.as_manager()

    class Meta:
        db_table = "grants_extension"
        ordering = ["-asked_on", "-pk"]
        constraints = [
            constraints.known_status("extension_known_status", Status),
            models.UniqueConstraint(
                fields=["obligation"],
                condition=Q(status=Status.ASKED),
                name="extension_asked_once",
                violation_error_message="En begäran om anstånd väntar redan på beslut.",
            ),
            constraints.rule(
                "extension_wants_a_later_day",
                Q(wanted__gt=F("before")),
                "Den önskade dagen måste ligga efter den nuvarande.",
            ),
            constraints.rule(
                "extension_gives_a_later_day",
                Q(due__isnull=True) | Q(due__gt=F("before")),
                "Den nya dagen måste ligga efter den nuvarande.",
            ),
            constraints.rule(
                "extension_granted_has_day",
                Q(status=Status.GRANTED, due__isnull=False)
                | (~Q(status=Status.GRANTED) & Q(due__isnull=True)),
                "Ett beviljat anstånd har en ny dag, inget annat.",
            ),
            constraints.together("extension_decided", "decided_by", "decided_on"),
            constraints.needs(
                "extension_decided_by_somebody",
                (Status.GRANTED, Status.REFUSED),
                "decided_by",
                sentence="Ett avgjort anstånd har någon som avgjort det.",
            ),
            constraints.rule(
                "extension_decided_with_reason",
                ~Q(status__in=(Status.GRANTED, Status.REFUSED)) | ~Q(decision_reason=""),
                "Ett beslut om anstånd har ett skäl.",
            ),
            constraints.different_people(
                "extension_decided_by_another",
                "asked_by",
                "decided_by",
                "Den som begärt anstånd kan inte själv avgöra det.",
            ),
        ]

    def __str__(self) -> str:
        return f"anstånd: {self.obligation.label}"

    def get_absolute_url(self) -> str:
        return reverse("duties:duty_detail", args=[self.obligation_id])

    @property
    def last(self) -> LastDay:
        """The day granted, or the one that is asked for, as it holds."""
        return LastDay(self.due or self.wanted, self.obligation.ground)

    @property
    def asked(self) -> bool:
        return self.status == Status.ASKED

    @property
    def holder(self) -> Actor:
        """The actor it concerns, for whom one must be impartial."""
        return self.obligation.debtor

    @cached_property
    def programme(self) -> Programme:
        rows = Programme.objects.select_related(*AUTHORITIES)
        return rows.get(code=self.obligation.programme)

    def subject(self) -> Subject:
        duty = self.obligation
        return Subject(
            label=f"{duty.label}, {duty.debtor}",
            key=f"extension:{self.pk}",
            url=self.get_absolute_url(),
            programme=duty.programme,
            place=duty.place,
            place_label=duty.place_label,
            holder=duty.debtor.code,
            year=duty.year,
        )
