from __future__ import annotations

from django.db import models
from django.urls import reverse

from actors.models import User
from actors.subject import Subject
from digikoord.lib import constraints
from digikoord.lib.calendar import LastDay
from digikoord.lib.lifecycle import Moving
from digikoord.lib.locks import Locking
from programmes.models.scope import reads_programme
from programmes.subject import for_programme

from ..lifecycle.government_decision import GOVERNMENT_DECISION, Status


class GovernmentDecisionQuerySet(Locking["GovernmentDecision"]):
    def visible_to(self, user: User) -> GovernmentDecisionQuerySet:
        """The authorities see all; a recipient what has been dispatched."""
        held = self.filter(
            status=Status.DISPATCHED,
            programme__places__assignments__holder__in=list(user.acting_for),
        )
        return self.filter(reads_programme(user, "programme") | models.Q(pk__in=held.values("pk")))


class GovernmentDecision(Moving, models.Model):
    """A decision by the government that gives assignments and offers their ground."""

    LIFECYCLE = GOVERNMENT_DECISION
    LOCKS = ("programme",)

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="decisions")
    key = models.SlugField("kod", max_length=60)
    case_number = models.CharField("diarienummer", max_length=40, blank=True)
    decided_on = models.DateField("beslutsdag")
    title = models.CharField("rubrik", max_length=200)
    text = models.TextField("beslutstext")
    answer_due = models.DateField("sista svarsdag", null=True, blank=True)
    amends = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="amended_by")
    document = models.ForeignKey("records.Document", models.PROTECT, null=True, related_name="+")
    registered_by = models.ForeignKey("actors.User", models.PROTECT, null=True, related_name="+")
    status = models.CharField("status", max_length=20, choices=Status, default=Status.DRAFT)
    dispatched_by = models.ForeignKey("actors.User", models.PROTECT, null=True, related_name="+")
    dispatched_on = models.DateField("expedierat", null=True)

    objects = GovernmentDecisionQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "decided_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "key"], name="decision_once"),
            models.UniqueConstraint(
                fields=["programme", "case_number", "decided_on"],
                # A discarded draft holds on to no number: the decision may be registered anew.
                condition=~models.Q(case_number="") & ~models.Q(status=Status.DISCARDED),
                name="decision_case_number_once",
                violation_error_message="Ett beslut med samma diarienummer och dag finns redan.",
            ),
            constraints.known_status("decision_known_status", Status),
            constraints.together("decision_dispatched", "dispatched_by", "dispatched_on"),
            constraints.needs(
                "decision_dispatched_has_who",
                [Status.DISPATCHED],
                "dispatched_by",
                sentence="Ett expedierat beslut har någon som expedierat det.",
            ),
            constraints.in_order(
                "decision_dispatch_after_decision",
                "decided_on",
                "dispatched_on",
                "Ett beslut kan inte expedieras före beslutsdagen.",
            ),
        ]

    def __str__(self) -> str:
        return f"Regeringsbeslut {self.case_number or self.title}"

    def get_absolute_url(self) -> str:
        return reverse("grants:decision_detail", args=[self.pk])

    @property
    def to_answer(self) -> LastDay | None:
        """The last day to answer, as decided and as it holds; None where none is decided."""
        return self.programme.definition.last_day("answer", self.answer_due)

    def subject(self) -> Subject:
        return for_programme(
            self.programme,
            label=str(self),
            key=f"decision:{self.pk}",
            url=self.get_absolute_url(),
        )
