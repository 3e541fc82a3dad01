from __future__ import annotations

import datetime
from typing import cast

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from actors.models import User
from actors.subject import Subject
from digikoord.lib import clock, constraints
from digikoord.lib.calendar import LastDay
from digikoord.lib.lifecycle import Moving
from digikoord.lib.locks import Locking
from digikoord.lib.verdict import ALLOWED, Verdict, refused
from programmes.models import Programme
from programmes.models.scope import holds, reads_programme
from programmes.programme_file.shape import Function

from ..lifecycle.assignment import ASSIGNMENT, LIVE, Status
from ..subject import for_place


class Instrument(models.TextChoices):
    ASSIGNMENT = "assignment", "uppdrag"
    OFFER = "offer", "erbjudande"


ANSWERS: dict[str, tuple[str, str]] = {
    Status.OFFERED: ("offered", "Inget svar än"),
    Status.IN_FORCE: ("done", "Tackat ja"),
    Status.TRANSFERRED: ("done", "Tackat ja"),
    Status.CONCLUDED: ("done", "Tackat ja"),
    Status.DECLINED: ("declined", "Tackat nej"),
}


class AssignmentQuerySet(Locking["Assignment"]):
    def visible_to(self, user: User) -> AssignmentQuerySet:
        return self.filter(
            reads_programme(user, "place__programme") | (holds(user, "holder") & ~Q(status=Status.DRAFT))
        )

    def live(self) -> AssignmentQuerySet:
        return self.filter(status__in=LIVE)

    def in_force(self) -> AssignmentQuerySet:
        return self.filter(status=Status.IN_FORCE)

    def holding_on(self, day: datetime.date) -> AssignmentQuerySet:
        """Whose period covers the day, whatever the answer was."""
        return self.filter(starts__lte=day).filter(Q(ends__isnull=True) | Q(ends__gte=day))


class Assignment(Moving, models.Model):
    """One actor's holding of a place for a time, by an assignment or an accepted offer."""

    LIFECYCLE = ASSIGNMENT
    LOCKS = ("place",)
    READS = ("place__programme", "holder")

    place = models.ForeignKey("grants.Place", models.PROTECT, related_name="assignments")
    holder = models.ForeignKey("actors.Actor", models.PROTECT, related_name="assignments")
    decision = models.ForeignKey("grants.GovernmentDecision", models.PROTECT, related_name="assignments")
    succeeds = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="successor", verbose_name="efterträder"
    )
    instrument = models.CharField("form", max_length=20, choices=Instrument)
    starts = models.DateField("från")
    ends = models.DateField("till", null=True, blank=True)
    answer_due = models.DateField("sista svarsdag", null=True, blank=True)
    status = models.CharField("status", max_length=20, choices=Status, default=Status.DRAFT)
    answered_by = models.ForeignKey("actors.User", models.PROTECT, null=True, related_name="+")
    answered_on = models.DateField("svarsdag", null=True)
    answered_late = models.BooleanField("försenat svar", default=False)
    answered_sha256 = models.CharField("besvarad text, SHA-256", max_length=64, blank=True)
    reason = models.TextField("skäl", blank=True)
    acknowledged_by = models.ForeignKey("actors.User", models.PROTECT, null=True, related_name="+")
    acknowledged_on = models.DateField("mottagandet bekräftat", null=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["place", "starts"]
        constraints = [
            models.UniqueConstraint(
                fields=["place"],
                condition=Q(status__in=LIVE),
                name="assignment_one_live_a_place",
                violation_error_message="Platsen har redan en innehavare.",
            ),
            constraints.known_status("assignment_known_status", Status),
            constraints.in_order("assignment_in_order", "starts", "ends"),
            constraints.together("assignment_answered", "answered_by", "answered_on"),
            constraints.together("assignment_acknowledged", "acknowledged_by", "acknowledged_on"),
            constraints.rule(
                "assignment_offer_is_not_acknowledged",
                Q(instrument=Instrument.ASSIGNMENT) | Q(acknowledged_on__isnull=True),
                "Ett erbjudande besvaras; bara mottagandet av ett uppdrag bekräftas.",
            ),
            constraints.rule(
                "assignment_is_not_answered",
                Q(instrument=Instrument.OFFER) | Q(answered_on__isnull=True),
                "Ett uppdrag besvaras inte.",
            ),
            constraints.rule(
                "assignment_offer_in_force_was_accepted",
                ~Q(status=Status.IN_FORCE)
                | Q(instrument=Instrument.ASSIGNMENT)
                | Q(answered_on__isnull=False),
                "Ett erbjudande gäller först när det har accepterats.",
            ),
            constraints.rule(
                "assignment_succeeds_another",
                Q(succeeds__isnull=True) | ~Q(succeeds=F("pk")),
                "Ett uppdrag kan inte efterträda sig självt.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_instrument_display()} till {self.holder}"

    def get_absolute_url(self) -> str:
        return reverse("grants:assignment_detail", args=[self.pk])

    @property
    def letter_url(self) -> str:
        return reverse("grants:assignment_letter", args=[self.pk])

    @property
    def programme(self) -> Programme:
        return self.place.programme

    @property
    def is_offer(self) -> bool:
        return self.instrument == Instrument.OFFER

    @property
    def binding(self) -> Verdict:
        """Whether it is in force today: one transferred from a day to come is, through its own last day."""
        if self.status == Status.IN_FORCE or (
            self.status == Status.TRANSFERRED and clock.today() <= cast("datetime.date", self.ends)
        ):
            return ALLOWED
        if self.status in (Status.DRAFT, Status.OFFERED):
            return refused(f"{self.holder} har inte tackat ja.")
        return refused(f"Uppdraget för {self.holder} gäller inte längre.")

    @property
    def keeps_function(self) -> Function | None:
        """The function that its holder keeps up and appoints somebody to; None of the secretariat, and in a programme that
        pays for none."""
        return None if self.place.is_secretariat else self.place.programme.definition.keeps

    @property
    def to_answer(self) -> LastDay | None:
        """The last day to answer, as decided and as it holds; None where none is decided."""
        return self.place.programme.definition.last_day("answer", self.answer_due)

    @property
    def act_by(self) -> datetime.date | None:
        """The last day to answer, moved from a free day; None where no day is set."""
        last = self.to_answer
        return last.day if last else None

    @property
    def is_late(self) -> bool:
        """Whether an open offer's last day to answer has passed, as lag (1930:173) counts it."""
        return self.status == Status.OFFERED and (last := self.act_by) is not None and clock.today() > last

    @property
    def answer(self) -> tuple[str, str]:
        """(status for the looks, words): where the answer stands."""
        if not self.is_offer:
            return ("done", "Uppdrag, besvaras inte")
        if self.is_late:
            return ("late", "Försenat svar")
        return ANSWERS.get(self.status) or (self.status, self.get_status_display())

    def subject(self) -> Subject:
        return for_place(
            self.place,
            self.holder,
            label=str(self),
            key=f"assignment:{self.pk}",
            url=self.get_absolute_url(),
        )
