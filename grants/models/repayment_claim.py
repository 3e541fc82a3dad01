from django.db import models
from django.db.models import Q, Sum
from django.urls import reverse

from digikoord.lib import constraints, lifecycle
from digikoord.lib.locks import Locking
from digikoord.lib.money import ZERO

from ..lifecycle.repayment_claim import REPAYMENT_CLAIM, Status
from ..subject import for_place
from .scope import holds, reads_programme


class RepaymentClaimQuerySet(Locking):
    def visible_to(self, user):
        return self.filter(
            reads_programme(user, "tranche__place__programme") | holds(user, "tranche__assignment__holder")
        )


class RepaymentClaim(models.Model):
    """Money paid and not used, to be repaid. Amount in kronor."""

    LIFECYCLE = REPAYMENT_CLAIM
    LOCKS = ("tranche__year", "tranche__place", "tranche")

    tranche = models.ForeignKey("grants.Tranche", models.PROTECT, related_name="claims")
    amount = models.DecimalField("belopp", max_digits=14, decimal_places=2)
    due = models.DateField("sista betalningsdag")
    reference = models.CharField("OCR", max_length=25)
    status = models.CharField("status", max_length=20, choices=Status, default=Status.OPEN)
    opened_by = models.ForeignKey("actors.User", models.PROTECT, related_name="+")
    opened_on = models.DateField("framställt")
    closed_on = models.DateField("reglerat", null=True)

    objects = RepaymentClaimQuerySet.as_manager()

    class Meta:
        ordering = ["tranche", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["tranche"],
                name="claim_once_a_tranche",
                violation_error_message="Årsbeloppet har redan ett återbetalningskrav.",
            ),
            models.UniqueConstraint(fields=["reference"], name="claim_reference_once"),
            constraints.known_status("claim_known_status", Status),
            constraints.positive("claim_amount_positive", "amount"),
        ]

    def __str__(self):
        return f"återbetalning {self.tranche.year} från {self.tranche.holder}"

    def get_absolute_url(self):
        return reverse("grants:repayment_claim_detail", args=[self.pk])

    @property
    def year(self):
        return self.tranche.year

    @property
    def programme(self):
        return self.tranche.programme

    @property
    def settled(self):
        """What has been received and waived."""
        return self.entries.aggregate(total=Sum("amount"))["total"] or ZERO

    @property
    def outstanding(self):
        return self.amount - self.settled

    def subject(self):
        return for_place(
            self.tranche.place,
            self.tranche.holder,
            label=str(self),
            key=f"claim:{self.pk}",
            url=self.get_absolute_url(),
            year=self.year,
        )

    def can(self, name):
        return lifecycle.can(self, name)


class EntryKind(models.TextChoices):
    RECEIPT = "receipt", "inbetalt"
    WAIVER = "waiver", "eftergivet"


class ClaimEntry(models.Model):
    """A receipt or a waiver that lessens a claim. Amount in kronor; never changed or deleted."""

    claim = models.ForeignKey("grants.RepaymentClaim", models.PROTECT, related_name="entries")
    kind = models.CharField("slag", max_length=20, choices=EntryKind)
    amount = models.DecimalField("belopp", max_digits=14, decimal_places=2)
    on = models.DateField("dag")
    legal_basis = models.CharField("rättslig grund", max_length=200, blank=True)
    note = models.CharField("anteckning", max_length=200, blank=True)
    registered_by = models.ForeignKey("actors.User", models.PROTECT, related_name="+")
    registered_on = models.DateField("registrerad")

    class Meta:
        ordering = ["claim", "on", "pk"]
        constraints = [
            constraints.positive("claim_entry_amount_positive", "amount"),
            constraints.rule("claim_entry_known_kind", Q(kind__in=EntryKind.values), "Okänt slag."),
            constraints.rule(
                "claim_entry_waiver_has_basis",
                ~Q(kind=EntryKind.WAIVER) | ~Q(legal_basis=""),
                "En eftergift har en rättslig grund.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.amount}"
