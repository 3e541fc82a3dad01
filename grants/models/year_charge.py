from django.db import models

from digikoord.lib import clock, constraints


class YearCharge(models.Model):
    """Which appropriation and budget year an ended year's money is charged to, where it is granted or paid later: a transfer
    is charged to the year in which it is paid (anslagsförordningen 12 § 1). Decided by another person than who grants,
    approves or releases it. Never changed."""

    tranche = models.ForeignKey("grants.Tranche", models.PROTECT, related_name="charges")
    budget_year = models.PositiveSmallIntegerField("budgetår")
    appropriation = models.CharField("anslag", max_length=200)
    reason = models.TextField("skäl")
    document = models.ForeignKey("records.Document", models.PROTECT, related_name="+")
    decided_by = models.ForeignKey("actors.User", models.PROTECT, related_name="+")
    decided_on = models.DateField("beslutat", default=clock.today)

    class Meta:
        ordering = ["tranche", "budget_year"]
        constraints = [
            models.UniqueConstraint(
                fields=["tranche", "budget_year"],
                name="year_charge_once",
                violation_error_message="Anslaget för det budgetåret är redan beslutat.",
            ),
            constraints.rule(
                "year_charge_has_appropriation",
                ~models.Q(appropriation=""),
                "Ange vilket anslag som belastas.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.appropriation}, budgetåret {self.budget_year}"
