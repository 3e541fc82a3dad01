from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse

from actors.models import Actor, User
from actors.subject import Subject
from digikoord.lib import constraints
from digikoord.lib.lifecycle import Moving
from digikoord.lib.locks import Locking
from programmes.models import Programme
from programmes.models.scope import holds, reads_programme

from ..four_eyes import Step
from ..lifecycle.requisition import CLAIMING, REQUISITION, Status
from ..subject import for_place
from .payment_account import in_use

if TYPE_CHECKING:
    from .payment_account import PaymentAccount
    from .programme_year import ProgrammeYear


class RequisitionQuerySet(Locking["Requisition"]):
    def visible_to(self, user: User) -> RequisitionQuerySet:
        """What was never submitted is that actor's own who wrote it, whoever holds the place now."""
        received = Q(submitted_on__isnull=False)
        own = Q(written_for__isnull=True) & holds(user, "tranche__assignment__holder")
        return self.filter(
            (
                received
                & (
                    holds(user, "tranche__assignment__holder")
                    | reads_programme(user, "tranche__place__programme")
                )
            )
            | (~received & (own | holds(user, "written_for")))
        )

    def claiming(self) -> RequisitionQuerySet:
        return self.filter(status__in=CLAIMING)


class Requisition(Moving, models.Model):
    """An actor's request to be paid from a granted tranche. Amount in kronor."""

    LIFECYCLE = REQUISITION
    LOCKS = ("tranche__year", "tranche__place", "tranche")
    READS = ("tranche__place__programme", "tranche__assignment__holder", "written_for")

    tranche = models.ForeignKey("grants.Tranche", models.PROTECT, related_name="requisitions")
    written_for = models.ForeignKey(
        "actors.Actor", models.PROTECT, null=True, related_name="+", verbose_name="aktör som skrev"
    )
    amount = models.DecimalField("belopp", max_digits=14, decimal_places=2)
    reference = models.CharField("er referens", max_length=60, blank=True)
    status = models.CharField("status", max_length=20, choices=Status, default=Status.DRAFT)
    written_by = models.ForeignKey("actors.User", models.PROTECT, related_name="+")
    submitted_by = models.ForeignKey("actors.User", models.PROTECT, null=True, related_name="+")
    submitted_on = models.DateField("inskickad", null=True)
    received_late = models.BooleanField("inkommen för sent", default=False)
    returned_reason = models.TextField("skäl för återsändning", blank=True)
    approved_by = models.ForeignKey("actors.User", models.PROTECT, null=True, related_name="+")
    approved_on = models.DateField("attesterad", null=True)

    objects = RequisitionQuerySet.as_manager()

    class Meta:
        ordering = ["tranche", "pk"]
        constraints = [
            constraints.known_status("requisition_known_status", Status),
            constraints.positive("requisition_amount_positive", "amount"),
            constraints.together("requisition_submitted", "submitted_by", "submitted_on"),
            constraints.together("requisition_approved", "approved_by", "approved_on"),
            constraints.different_people(
                "requisition_four_eyes",
                "approved_by",
                "submitted_by",
                "Den som skickat in rekvisitionen kan inte attestera den.",
            ),
            constraints.needs(
                "requisition_submitted_has_who",
                [Status.SUBMITTED, Status.RETURNED, Status.APPROVED],
                "submitted_by",
                sentence="En inskickad rekvisition har någon som skickat in den.",
            ),
            constraints.needs(
                "requisition_approved_has_who",
                [Status.APPROVED],
                "approved_by",
                sentence="En attesterad rekvisition har någon som attesterat den.",
            ),
        ]

    def __str__(self) -> str:
        return f"rekvisition {self.tranche.year} från {self.holder}"

    def get_absolute_url(self) -> str:
        return reverse("grants:requisition_detail", args=[self.pk])

    @property
    def holder(self) -> Actor | None:
        """Whose it is: a draft stays with the actor that wrote it, also when its place has another holder."""
        return self.tranche.holder if self.submitted_on or not self.written_for_id else self.written_for

    @property
    def year(self) -> ProgrammeYear:
        return self.tranche.year

    @property
    def programme(self) -> Programme:
        return self.tranche.programme

    @property
    def live_account(self) -> PaymentAccount | None:
        """The recipient's payment account in use, verified or not, or None."""
        return in_use(self.tranche.holder)

    def taken(self, account: PaymentAccount | None = None) -> dict[int, set[str]]:
        """{person id: the four-eyes steps taken}, over every attempt to pay it; and of whoever entered and verified the
        `account` that the next attempt goes to. Of rows read with their steps it asks nothing.
        """
        found = defaultdict(set)
        for row in self.steps.all():
            found[row.person_id].add(row.step)
        if self.submitted_by_id:
            found[self.submitted_by_id].add(Step.SUBMITTED)
        if account:
            found[account.entered_by_id].add(Step.ENTERED)
            if account.vouched_by_id:
                found[account.vouched_by_id].add(Step.VERIFIED)
        return found

    def subject(self) -> Subject:
        return for_place(
            self.tranche.place,
            self.holder,
            label=str(self),
            key=f"requisition:{self.pk}",
            url=self.get_absolute_url(),
            year=self.year,
        )
