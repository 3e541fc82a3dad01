from __future__ import annotations

from django.db import models
from django.urls import reverse

from digikoord.lib import clock


class LedgerCheckQuerySet(models.QuerySet["LedgerCheck"]):
    def last_balanced(self) -> LedgerCheck | None:
        """The latest run without a difference: the trail as it stood then must still be there."""
        return self.filter(differences=[]).first()


class LedgerCheck(models.Model):
    """One run of the check of a programme's books, and the trail as it stood: never changed afterwards."""

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="ledger_checks")
    at = models.DateTimeField("tidpunkt", default=clock.now)
    compared = models.PositiveIntegerField("jämförda uppgifter")
    differences = models.JSONField("avvikelser", default=list)
    trail_to = models.BigIntegerField("händelseloggen till och med", default=0)
    trail_count = models.PositiveIntegerField("antal händelser", default=0)
    trail_sha256 = models.CharField("händelseloggens SHA-256", max_length=64)

    objects = LedgerCheckQuerySet.as_manager()

    class Meta:
        db_table = "reporting_ledgercheck"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["programme", "-id"], name="ledger_check_latest")]

    def __str__(self) -> str:
        return f"kontroll av böckerna för {self.programme}"

    def get_absolute_url(self) -> str:
        return reverse("overview:ledger", args=[self.programme.code])

    @property
    def balances(self) -> bool:
        return not self.differences
