from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, cast

from django.db import models
from django.db.models import Q
from django.urls import reverse

from actors.models import User
from actors.subject import Subject
from digikoord.lib import clock, constraints
from digikoord.lib.calendar import LastDay
from digikoord.lib.lifecycle import Moving
from digikoord.lib.locks import Locking
from programmes.models import Programme
from programmes.models.scope import holds, reads_programme

from ..lifecycle.recovery import LIVE, RECOVERY, Status
from ..subject import for_place
from .kronor import MONEY

if TYPE_CHECKING:
    from .programme_year import ProgrammeYear


class RecoveryQuerySet(Locking["Recovery"]):
    def visible_to(self, user: User) -> RecoveryQuerySet:
        return self.filter(
            reads_programme(user, "tranche__place__programme") | holds(user, "tranche__assignment__holder")
        )


class Recovery(Moving, models.Model):
    """The case of taking used money back after a breach: opened, heard, decided. Kronor.

    Only the decision makes a claim; until then nothing of the year's money has changed.
    """

    LIFECYCLE = RECOVERY
    LOCKS = ("tranche__year", "tranche__place", "tranche")
    READS = ("tranche__place__programme", "tranche__assignment__holder")

    tranche = models.ForeignKey("grants.Tranche", models.PROTECT, related_name="recoveries")
    status = models.CharField("status", max_length=20, choices=Status, default=Status.HEARING)
    breach = models.TextField("vad som har brustit")
    amount = models.DecimalField("belopp", **MONEY)
    legal_basis = models.CharField("rättslig grund", max_length=200)
    answer_due = models.DateField("sista dag att svara")
    opened_by = models.ForeignKey("actors.User", models.PROTECT, related_name="+")
    opened_on = models.DateField("inlett")
    answer = models.TextField("svar", blank=True)
    answered_by = models.ForeignKey("actors.User", models.PROTECT, null=True, related_name="+")
    answered_on = models.DateField("besvarat", null=True)
    decided_amount = models.DecimalField("beslutat belopp", null=True, **MONEY)
    reasons = models.TextField("skälen för beslutet", blank=True)
    decided_by = models.ForeignKey("actors.User", models.PROTECT, null=True, related_name="+")
    decided_on = models.DateField("beslutat den", null=True)
    claim = models.OneToOneField(
        "grants.RepaymentClaim", models.PROTECT, null=True, related_name="recovery", verbose_name="krav"
    )

    objects = RecoveryQuerySet.as_manager()

    class Meta:
        ordering = ["tranche", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["tranche"],
                condition=Q(status__in=LIVE),
                name="recovery_one_live_a_tranche",
                violation_error_message="Ett ärende om återkrav pågår redan för årsbeloppet.",
            ),
            constraints.known_status("recovery_known_status", Status),
            constraints.positive("recovery_amount_positive", "amount"),
            constraints.rule("recovery_has_basis", ~Q(legal_basis=""), "Ett återkrav har en rättslig grund."),
            constraints.together("recovery_answered", "answered_by", "answered_on"),
            constraints.together("recovery_decided", "decided_by", "decided_on", "decided_amount"),
            constraints.not_negative("recovery_decided_not_negative", "decided_amount"),
            constraints.at_most(
                "recovery_decided_at_most_asked",
                "decided_amount",
                "amount",
                "Beslutet kan inte avse mer än det belopp som aktören fått yttra sig över.",
            ),
            constraints.different_people(
                "recovery_four_eyes",
                "decided_by",
                "opened_by",
                "Den som inlett ärendet kan inte besluta om återkrav.",
            ),
            constraints.needs(
                "recovery_answered_has_who",
                [Status.ANSWERED],
                "answered_by",
                sentence="Ett svar har någon som lämnat det.",
            ),
            constraints.needs(
                "recovery_decided_has_who",
                [Status.DECIDED],
                "decided_by",
                sentence="Ett beslut har någon som fattat det.",
            ),
            constraints.rule(
                "recovery_claim_follows_decision",
                Q(claim__isnull=True) | Q(status=Status.DECIDED, decided_amount__gt=0),
                "Ett krav finns först när återkravet är beslutat.",
            ),
        ]

    def __str__(self) -> str:
        return f"ärende om återkrav {self.tranche.year} från {self.tranche.holder}"

    def get_absolute_url(self) -> str:
        return reverse("grants:recovery_detail", args=[self.pk])

    @property
    def year(self) -> ProgrammeYear:
        return self.tranche.year

    @property
    def programme(self) -> Programme:
        return self.tranche.programme

    @property
    def to_answer(self) -> LastDay:
        """The last day to answer, as set and as it holds."""
        return cast("LastDay", self.programme.definition.last_day("repayment", self.answer_due))

    @property
    def act_by(self) -> datetime.date:
        return self.to_answer.day

    @property
    def is_overdue(self) -> bool:
        return self.status == Status.HEARING and clock.today() > self.act_by

    @property
    def outcome(self) -> str:
        """What was decided, in a word: whole, part, nothing."""
        if self.decided_amount is None:
            return ""
        if self.decided_amount == self.amount:
            return "Helt"
        return "Delvis" if self.decided_amount else "Inget återkrävs"

    def subject(self) -> Subject:
        return for_place(
            self.tranche.place,
            self.tranche.holder,
            label=str(self),
            key=f"recovery:{self.pk}",
            url=self.get_absolute_url(),
            year=self.year,
        )
