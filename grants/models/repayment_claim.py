from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, cast

from django.db import models
from django.db.models import DecimalField, Exists, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse

from actors.models import User
from actors.subject import Subject
from digikoord.lib import constraints
from digikoord.lib.calendar import LastDay
from digikoord.lib.lifecycle import Moving
from digikoord.lib.locks import Locking
from digikoord.lib.money import ZERO
from programmes.models import Programme
from programmes.models.scope import holds, reads_programme

from ..lifecycle.repayment_claim import REPAYMENT_CLAIM, Status
from ..subject import for_place
from .claim_entry import ClaimDeferral, ClaimInterest, InterestKind

if TYPE_CHECKING:
    from .payment_account import PaymentAccount
    from .programme_year import ProgrammeYear


class ClaimKind(models.TextChoices):
    UNSPENT = "unspent", "Oförbrukade medel"
    RECOVERY = "recovery", "Återkrav"


class RepaymentClaimQuerySet(Locking["RepaymentClaim"]):
    def visible_to(self, user: User) -> RepaymentClaimQuerySet:
        return self.filter(
            reads_programme(user, "tranche__place__programme") | holds(user, "tranche__assignment__holder")
        )

    def with_state(self) -> RepaymentClaimQuerySet:
        """Adds what has come in or been waived and what is left of the capital, whether it has been deferred,
        and the interest that is unpaid.
        """
        met = Coalesce(Sum("entries__amount"), ZERO)
        deferrals = ClaimDeferral.objects.filter(claim=OuterRef("pk"))
        charged, received = (_interest(kind) for kind in (InterestKind.CHARGED, InterestKind.RECEIVED))
        return self.annotate(  # type: ignore[no-redef]  # declared on the class for whoever reads the rows
            paid_in=met,
            left=F("amount") - met,
            deferred=Exists(deferrals),
            interest_due=charged - received,
        )


def _interest(kind: InterestKind) -> Coalesce:
    """The claim's interest of the kind, kronor."""
    rows = ClaimInterest.objects.filter(claim=OuterRef("pk"), kind=kind).order_by().values("claim")
    total = Subquery(rows.annotate(total=Sum("amount")).values("total"), output_field=DecimalField())
    return Coalesce(total, ZERO)


class RepaymentClaim(Moving, models.Model):
    """Money to be repaid: what was paid and not used, or what a decision takes back. Amount in kronor."""

    LIFECYCLE = REPAYMENT_CLAIM
    LOCKS = ("tranche__year", "tranche__place", "tranche")
    READS = ("tranche__place__programme", "tranche__assignment__holder")

    tranche = models.ForeignKey("grants.Tranche", models.PROTECT, related_name="claims")
    kind = models.CharField("slag", max_length=20, choices=ClaimKind, default=ClaimKind.UNSPENT)
    amount = models.DecimalField("belopp", max_digits=14, decimal_places=2)
    due = models.DateField("sista betalningsdag")
    reference = models.CharField("OCR", max_length=25)
    status = models.CharField("status", max_length=20, choices=Status, default=Status.OPEN)
    opened_by = models.ForeignKey("actors.User", models.PROTECT, related_name="+")
    opened_on = models.DateField("framställt")
    closed_on = models.DateField("reglerat", null=True)

    objects = RepaymentClaimQuerySet.as_manager()

    if TYPE_CHECKING:  # on rows read `with_state`
        paid_in: Decimal
        left: Decimal
        deferred: bool
        interest_due: Decimal

    class Meta:
        ordering = ["tranche", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["tranche"],
                condition=Q(kind=ClaimKind.UNSPENT, amount__gt=0),
                name="claim_unspent_once_a_tranche",
                violation_error_message="Årsbeloppet har redan ett krav på oförbrukade medel.",
            ),
            models.UniqueConstraint(fields=["reference"], name="claim_reference_once"),
            constraints.known_status("claim_known_status", Status),
            constraints.rule("claim_known_kind", Q(kind__in=ClaimKind.values), "Okänt slag."),
            # An open claim asks for something; one that proved mistaken is adjusted to zero, and closed by it.
            constraints.rule(
                "claim_amount_positive",
                Q(amount__gt=0) | Q(amount=0, status=Status.CLOSED),
                "Beloppet måste vara större än noll.",
            ),
        ]

    def __str__(self) -> str:
        what = "återkrav" if self.kind == ClaimKind.RECOVERY else "återbetalning"
        return f"{what} {self.tranche.year} från {self.tranche.holder}"

    def get_absolute_url(self) -> str:
        return reverse("grants:repayment_claim_detail", args=[self.pk])

    @property
    def year(self) -> ProgrammeYear:
        return self.tranche.year

    @property
    def programme(self) -> Programme:
        return self.tranche.programme

    @property
    def to_pay(self) -> LastDay:
        """The last day to pay, as claimed and as it holds."""
        return cast("LastDay", self.programme.definition.last_day("repayment", self.due))

    @property
    def settled(self) -> Decimal:
        """What has been received and waived; read anew from the rows unless they were prefetched."""
        return sum((row.amount for row in self.entries.all()), start=ZERO)

    @property
    def outstanding(self) -> Decimal:
        return self.amount - self.settled

    @property
    def pay_to(self) -> PaymentAccount | None:
        """The checked account of the authority that is repaid, or None while nobody has entered one."""
        accounts = self.programme.disburser.payment_accounts.live().filter(verified_on__isnull=False)
        return accounts.first()

    @property
    def interest_left(self) -> Decimal:
        """Interest charged and not yet paid, kronor; never part of what settles the claim."""
        signs: dict[str, int] = {InterestKind.CHARGED: 1, InterestKind.RECEIVED: -1}
        return sum((signs[row.kind] * row.amount for row in self.interest.all()), start=ZERO)

    def subject(self) -> Subject:
        return for_place(
            self.tranche.place,
            self.tranche.holder,
            label=str(self),
            key=f"claim:{self.pk}",
            url=self.get_absolute_url(),
            year=self.year,
        )
