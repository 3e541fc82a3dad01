from django.db import models

from digikoord.lib import constraints


class BudgetAmount(models.Model):
    """A place's new ceiling (kronor) where the Riksdag's decision goes amount by amount."""

    decision = models.ForeignKey("grants.BudgetDecision", models.PROTECT, related_name="amounts")
    place = models.ForeignKey("grants.Place", models.PROTECT, related_name="+")
    ceiling = models.DecimalField("nytt högsta belopp", max_digits=14, decimal_places=2)

    class Meta:
        ordering = ["decision", "place"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "place"], name="budget_amount_once"),
            constraints.not_negative("budget_amount_not_negative", "ceiling"),
        ]

    def __str__(self) -> str:
        return f"{self.place}: {self.ceiling}"
