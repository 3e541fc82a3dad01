from django.db import models
from django.db.models import Q

from digikoord.lib import constraints

from ..four_eyes import SIDES, Side, Step


class PaymentStep(models.Model):
    """Who took which step of which attempt of a payment. Append-only: what an attempt was stays when the next begins.

    `end_to_end` is the attempt's identity at the bank. That nobody stands on both sides of one requisition's payments
    is held by PostgreSQL (an exclusion constraint, so two transactions at once cannot break it together).
    """

    requisition = models.ForeignKey("grants.Requisition", models.PROTECT, related_name="steps")
    payment = models.ForeignKey("grants.Payment", models.PROTECT, related_name="steps")
    end_to_end = models.CharField("försök", max_length=35)
    step = models.CharField("steg", max_length=20, choices=Step)
    side = models.CharField("sida", max_length=20, choices=Side)
    person = models.ForeignKey("actors.User", models.PROTECT, related_name="+")
    account = models.ForeignKey("grants.PaymentAccount", models.PROTECT, null=True, related_name="+")
    on = models.DateField("dag")

    class Meta:
        ordering = ["payment", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["payment", "end_to_end", "step", "person"],
                condition=Q(account__isnull=True),
                name="payment_step_once",
            ),
            models.UniqueConstraint(
                fields=["payment", "end_to_end", "step", "person", "account"],
                name="payment_step_once_an_account",
            ),
            constraints.rule(
                "payment_step_on_its_side",
                Q(
                    *(Q(side=side, step__in=[step for step in Step if SIDES[step] == side]) for side in Side),
                    _connector=Q.OR,
                ),
                "Steget hör inte till sidan.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} har {self.get_step_display()}, {self.end_to_end}"
