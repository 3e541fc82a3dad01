from django.db import models
from django.db.models import Q

from digikoord.lib import constraints

from .payment_account import Evidence


class AccountVerification(models.Model):
    """An account verified anew, with fresh evidence, by another person than the last. Append-only.

    Who verified it first stays on the account itself.
    """

    account = models.ForeignKey("grants.PaymentAccount", models.PROTECT, related_name="verifications")
    verified_by = models.ForeignKey("actors.User", models.PROTECT, related_name="+")
    verified_on = models.DateField("kontrollerad")
    evidence_kind = models.CharField("slag av underlag", max_length=20, choices=Evidence)
    evidence = models.CharField("hur den kontrollerats", max_length=200)

    class Meta:
        ordering = ["account", "pk"]
        constraints = [
            constraints.rule(
                "account_verification_known_evidence",
                Q(evidence_kind__in=Evidence.values) & ~Q(evidence=""),
                "Ange underlaget för kontrollen.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account}, kontrollerat på nytt {self.verified_on}"
