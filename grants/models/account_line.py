from django.db import models
from django.db.models import F, Q

from digikoord.lib import constraints

from .kronor import MONEY


class AccountLine(models.Model):
    """What was accepted of one cost line, beside what was reported; the sum of a tranche's lines is what it used.

    A line without `reported` is a later correction (an adjusted claim, a decided recovery): it may be negative,
    and what was accepted first stays as it was. Kronor; never changed or deleted.
    """

    tranche = models.ForeignKey("grants.Tranche", models.PROTECT, related_name="account_lines")
    code = models.CharField("kostnadsslag, kod", max_length=60, blank=True)
    name = models.CharField("kostnadsslag", max_length=120)
    reported = models.DecimalField("redovisat", null=True, **MONEY)
    accepted = models.DecimalField("godtaget", **MONEY)
    reason = models.TextField("skäl", blank=True)
    accepted_by = models.ForeignKey("actors.User", models.PROTECT, related_name="+")
    accepted_on = models.DateField("godtaget den")
    # Which acceptance it belongs to: a payment that came back takes the first one back, and another follows
    round = models.PositiveSmallIntegerField("godtagande", default=1)

    class Meta:
        ordering = ["tranche", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["tranche", "code", "round"],
                condition=Q(reported__isnull=False),
                name="account_line_once",
                violation_error_message="Kostnadsslaget är redan godtaget.",
            ),
            constraints.not_negative("account_line_reported", "reported"),
            constraints.rule(
                "account_line_accepted",
                Q(reported__isnull=True) | Q(accepted__gte=0),
                "Godtaget belopp får inte vara negativt.",
            ),
            constraints.rule(
                "account_line_differs_with_reason",
                Q(reported__isnull=False, reported=F("accepted")) | ~Q(reason=""),
                "Ange skäl när det godtagna beloppet skiljer sig från det redovisade.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.accepted}"

    @property
    def is_correction(self) -> bool:
        return self.reported is None
