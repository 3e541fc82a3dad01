from django.db import models

from digikoord.lib import clock, constraints


class ReceiptCredit(models.Model):
    """What a repayment is credited to, as somebody with the paper in hand says it: no source we have tells which appropriation
    or income heading that is. Never changed: what is said last holds."""

    entry = models.ForeignKey("grants.ClaimEntry", models.PROTECT, related_name="credits")
    credited_to = models.CharField("krediteras", max_length=200)
    budget_year = models.PositiveSmallIntegerField("budgetår", null=True)
    note = models.CharField("anteckning", max_length=200, blank=True)
    registered_by = models.ForeignKey("actors.User", models.PROTECT, related_name="+")
    registered_on = models.DateField("registrerad", default=clock.today)

    class Meta:
        ordering = ["entry", "pk"]
        constraints = [
            constraints.rule(
                "receipt_credit_names_something",
                ~models.Q(credited_to=""),
                "Ange vad återbetalningen krediteras.",
            ),
            constraints.rule(
                "receipt_credit_year",
                models.Q(budget_year__isnull=True) | models.Q(budget_year__range=(1900, 2199)),
                "Budgetåret är ett år mellan 1900 och 2199.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.credited_to}, budgetåret {self.budget_year}" if self.budget_year else self.credited_to
