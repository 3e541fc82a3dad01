"""What happens to a claim's amounts: rows that are added and never changed. Kronor."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.db import models
from django.db.models import Q

from digikoord.lib import constraints
from digikoord.lib.calendar import LastDay

from .kronor import MONEY

if TYPE_CHECKING:
    from .receipt_credit import ReceiptCredit


class EntryKind(models.TextChoices):
    RECEIPT = "receipt", "inbetalt"
    WAIVER = "waiver", "eftergivet"


class ClaimEntry(models.Model):
    """A receipt or a waiver that lessens a claim's capital; a mistaken one is met by a counter-entry below zero."""

    claim = models.ForeignKey("grants.RepaymentClaim", models.PROTECT, related_name="entries")
    kind = models.CharField("slag", max_length=20, choices=EntryKind)
    amount = models.DecimalField("belopp", **MONEY)
    on = models.DateField("dag")
    legal_basis = models.CharField("rättslig grund", max_length=200, blank=True)
    note = models.CharField("anteckning", max_length=200, blank=True)
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="reversed_by", verbose_name="rättar"
    )
    registered_by = models.ForeignKey("actors.User", models.PROTECT, related_name="+")
    registered_on = models.DateField("registrerad")

    class Meta:
        ordering = ["claim", "on", "pk"]
        constraints = [
            constraints.rule(
                "claim_entry_amount_signed",
                Q(reverses__isnull=True, amount__gt=0) | Q(reverses__isnull=False, amount__lt=0),
                "Beloppet måste vara större än noll.",
            ),
            constraints.rule("claim_entry_known_kind", Q(kind__in=EntryKind.values), "Okänt slag."),
            constraints.rule(
                "claim_entry_waiver_has_basis",
                ~Q(kind=EntryKind.WAIVER) | ~Q(legal_basis=""),
                "En eftergift har en rättslig grund.",
            ),
            constraints.rule(
                "claim_entry_reversal_has_reason",
                Q(reverses__isnull=True) | ~Q(note=""),
                "Ange skäl för rättelsen.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount}"

    @property
    def credited(self) -> ReceiptCredit | None:
        """What was last said that it is credited to, or None."""
        return max(self.credits.all(), key=lambda row: row.pk, default=None)


class InterestKind(models.TextChoices):
    CHARGED = "charged", "påförd"
    RECEIVED = "received", "inbetald"


class ClaimInterest(models.Model):
    """Interest charged on a claim or paid, as somebody computed it; apart from the capital that settles the year."""

    claim = models.ForeignKey("grants.RepaymentClaim", models.PROTECT, related_name="interest")
    kind = models.CharField("slag", max_length=20, choices=InterestKind)
    amount = models.DecimalField("belopp", **MONEY)
    on = models.DateField("dag")
    legal_basis = models.CharField("rättslig grund", max_length=200, blank=True)
    note = models.CharField("anteckning", max_length=200, blank=True)
    registered_by = models.ForeignKey("actors.User", models.PROTECT, related_name="+")
    registered_on = models.DateField("registrerad")

    class Meta:
        ordering = ["claim", "on", "pk"]
        constraints = [
            constraints.positive("claim_interest_amount_positive", "amount"),
            constraints.rule("claim_interest_known_kind", Q(kind__in=InterestKind.values), "Okänt slag."),
            constraints.rule(
                "claim_interest_charged_has_basis",
                ~Q(kind=InterestKind.CHARGED) | ~Q(legal_basis=""),
                "Påförd ränta har en rättslig grund.",
            ),
        ]

    def __str__(self) -> str:
        return f"ränta, {self.get_kind_display()} {self.amount}"


class ClaimDeferral(models.Model):
    """A new last day for a claim (anstånd), and who decided it on what basis."""

    claim = models.ForeignKey("grants.RepaymentClaim", models.PROTECT, related_name="deferrals")
    before = models.DateField("tidigare sista dag")
    due = models.DateField("ny sista dag")
    legal_basis = models.CharField("rättslig grund", max_length=200)
    reason = models.TextField("skäl")
    decided_by = models.ForeignKey("actors.User", models.PROTECT, related_name="+")
    decided_on = models.DateField("beslutat")

    class Meta:
        ordering = ["claim", "pk"]
        constraints = [
            constraints.rule(
                "claim_deferral_is_later",
                Q(due__gt=models.F("before")),
                "Den nya dagen ligger efter den tidigare.",
            ),
            constraints.rule(
                "claim_deferral_has_basis", ~Q(legal_basis=""), "Ett anstånd har en rättslig grund."
            ),
        ]

    def __str__(self) -> str:
        return f"anstånd till {self.due}"

    @property
    def last(self) -> LastDay:
        """The new last day, as it holds."""
        return cast("LastDay", self.claim.programme.definition.last_day("repayment", self.due))
