from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, cast

from django.db import models
from django.db.models import OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse

from actors.models import Actor, User
from actors.subject import Subject
from digikoord.lib import constraints
from digikoord.lib.lifecycle import Moving
from digikoord.lib.locks import Locking
from digikoord.lib.money import ZERO, rounded
from programmes.models import Programme
from programmes.models.scope import holds, reads_programme

from ..lifecycle import payment
from ..lifecycle.requisition import RECEIVED
from ..lifecycle.tranche import DECIDED, TRANCHE, Status
from ..subject import for_place
from .balance import Balance
from .claim_entry import ClaimEntry, EntryKind
from .kronor import MONEY
from .payment import Payment
from .repayment_claim import RepaymentClaim
from .requisition import Requisition


def _total(rows: models.QuerySet[models.Model], owner: str) -> Coalesce:
    """The sum of the rows' amounts by their tranche, zero where there are none."""
    summed = rows.order_by().values(owner).annotate(total=Sum("amount")).values("total")
    return Coalesce(Subquery(summed, output_field=models.DecimalField(**MONEY)), ZERO)


class TrancheQuerySet(Locking["Tranche"]):
    def visible_to(self, user: User) -> TrancheQuerySet:
        return self.filter(reads_programme(user, "place__programme") | holds(user, "assignment__holder"))

    def with_money(self) -> TrancheQuerySet:
        """Adds the amounts that `balance` reads, summed from the rows. How it was on an earlier day
        is told by the trail."""
        own = OuterRef("pk")
        claims = Requisition.objects.claiming().filter(tranche=own)
        standing = Requisition.objects.filter(tranche=own, status__in=RECEIVED)
        payments = Payment.objects.filter(requisition__tranche=own, status=payment.Status.PAID)
        repayable = RepaymentClaim.objects.filter(tranche=own)
        entries = ClaimEntry.objects.filter(claim__tranche=own)
        receipts, waivers = (entries.filter(kind=kind) for kind in EntryKind)
        return self.annotate(  # type: ignore[no-redef]  # declared on the class for whoever reads the rows
            requisitioned=_total(claims, "tranche"),
            standing=_total(standing, "tranche"),
            paid=_total(payments, "requisition__tranche"),
            claimed=_total(repayable, "tranche"),
            repaid=_total(receipts, "claim__tranche"),
            waived=_total(waivers, "claim__tranche"),
        )


class Tranche(Moving, models.Model):
    """A place's money of one year. All amounts in kronor with öre."""

    LIFECYCLE = TRANCHE
    LOCKS = ("year", "place")
    READS = ("place__programme", "assignment__holder")

    year = models.ForeignKey("grants.ProgrammeYear", models.PROTECT, related_name="tranches")
    place = models.ForeignKey("grants.Place", models.PROTECT, related_name="tranches")
    assignment = models.ForeignKey("grants.Assignment", models.PROTECT, related_name="tranches")
    ceiling = models.DecimalField("högsta belopp", **MONEY)
    decided_ceiling = models.DecimalField("högsta belopp enligt regeringens beslut", **MONEY)
    amount = models.DecimalField("belopp", null=True, blank=True, **MONEY)
    status = models.CharField("status", max_length=20, choices=Status)
    prepared_by = models.ForeignKey("actors.User", models.PROTECT, null=True, related_name="+")
    prepared_on = models.DateField("berett", null=True)
    granted_by = models.ForeignKey("actors.User", models.PROTECT, null=True, related_name="+")
    granted_on = models.DateField("beviljat", null=True)
    used = models.DecimalField("använt enligt godtagen redovisning", null=True, **MONEY)
    used_reason = models.TextField("skäl för avvikelse", blank=True)
    used_by = models.ForeignKey("actors.User", models.PROTECT, null=True, related_name="+")
    used_on = models.DateField("redovisningen godtagen", null=True)
    closed_on = models.DateField("stängt", null=True)
    settled_on = models.DateField("slutreglerat", null=True)

    objects = TrancheQuerySet.as_manager()

    if TYPE_CHECKING:  # on rows read `with_money`
        requisitioned: Decimal
        standing: Decimal
        paid: Decimal
        claimed: Decimal
        repaid: Decimal
        waived: Decimal

    class Meta:
        ordering = ["year", "place"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "year"],
                name="tranche_once_a_place_and_year",
                violation_error_message="Platsen har redan ett årsbelopp för året.",
            ),
            constraints.known_status("tranche_known_status", Status),
            constraints.not_negative("tranche_ceiling_not_negative", "ceiling"),
            constraints.at_most(
                "tranche_ceiling_at_most_decided",
                "ceiling",
                "decided_ceiling",
                "Högsta beloppet är högre än vad regeringen har beslutat.",
            ),
            constraints.positive("tranche_amount_positive", "amount"),
            constraints.at_most(
                "tranche_granted_at_most_ceiling",
                "amount",
                "ceiling",
                "Beloppet är högre än det högsta beloppet enligt beslutet.",
            ),
            constraints.together("tranche_prepared", "prepared_by", "prepared_on", "amount"),
            constraints.together("tranche_granted", "granted_by", "granted_on"),
            constraints.different_people(
                "tranche_four_eyes",
                "granted_by",
                "prepared_by",
                "Den som berett beloppet kan inte bevilja det.",
            ),
            constraints.needs(
                "tranche_prepared_has_who",
                [Status.PREPARED, *DECIDED],
                "prepared_by",
                sentence="Ett berett belopp har någon som berett det.",
            ),
            constraints.needs(
                "tranche_granted_has_who",
                DECIDED,
                "granted_by",
                sentence="Ett beviljat belopp har någon som beviljat det.",
            ),
            constraints.rule(
                "tranche_undecided_has_no_decider",
                Q(granted_by__isnull=True) | Q(status__in=[*DECIDED, Status.CANCELLED]),
                "Ett belopp som inte är beviljat har ingen som beviljat det.",
            ),
            constraints.not_negative("tranche_used_not_negative", "used"),
            constraints.at_most(
                "tranche_used_at_most_granted",
                "used",
                "amount",
                "Använt belopp kan inte vara högre än det beviljade.",
            ),
            constraints.together("tranche_used", "used", "used_by", "used_on"),
        ]

    def __str__(self) -> str:
        return f"årsbeloppet {self.year} för {self.place}"

    def get_absolute_url(self) -> str:
        return reverse("grants:tranche_detail", args=[self.pk])

    @property
    def programme(self) -> Programme:
        return self.place.programme

    @property
    def holder(self) -> Actor:
        return self.assignment.holder

    @property
    def balance(self) -> Balance:
        """The chain of amounts; only on rows read `with_money`. To the öre: SQLite sums with decimals of its own."""
        amounts = {
            "ceiling": ZERO if self.status == Status.CANCELLED else self.ceiling,
            "granted": cast("Decimal", self.amount) if self.status in DECIDED else ZERO,
            "requisitioned": self.requisitioned,
            "paid": self.paid,
            "used": self.used or ZERO,
            "to_repay": self.claimed - self.repaid - self.waived,
            "repaid": self.repaid,
            "waived": self.waived,
        }
        return Balance(**{name: rounded(amount) for name, amount in amounts.items()})

    def subject(self) -> Subject:
        return for_place(
            self.place,
            self.holder,
            label=str(self),
            key=f"tranche:{self.pk}",
            url=self.get_absolute_url(),
            year=self.year,
        )
