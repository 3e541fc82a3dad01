from django.db import models

from digikoord.lib import constraints


class PaymentReturn(models.Model):
    """Money that was paid and came back: the attempt as it was, and what the bank said. Append-only. Kronor."""

    payment = models.ForeignKey("grants.Payment", models.PROTECT, related_name="returns")
    end_to_end = models.CharField("betalning", max_length=35, unique=True)
    amount = models.DecimalField("belopp", max_digits=14, decimal_places=2)
    account = models.ForeignKey("grants.PaymentAccount", models.PROTECT, related_name="+")
    batch = models.ForeignKey("grants.PaymentBatch", models.PROTECT, related_name="returns")
    value_date = models.DateField("valutadag")
    confirmed_by = models.ForeignKey("actors.User", models.PROTECT, null=True, related_name="+")
    settled_in = models.ForeignKey("grants.BankFile", models.PROTECT, null=True, related_name="+")
    on = models.DateField("kom tillbaka")
    reason = models.TextField("skäl")
    code = models.CharField("bankens kod", max_length=10, blank=True)
    evidence = models.CharField("underlag", max_length=200)
    file = models.ForeignKey("grants.BankFile", models.PROTECT, null=True, related_name="returns")
    registered_by = models.ForeignKey("actors.User", models.PROTECT, related_name="+")
    registered_on = models.DateField("registrerad")

    class Meta:
        ordering = ["payment", "pk"]
        constraints = [
            constraints.positive("payment_return_amount_positive", "amount"),
            constraints.in_order(
                "payment_return_after_payment",
                "value_date",
                "on",
                "Returen kan inte ha kommit före betalningens valutadag.",
            ),
            constraints.in_order(
                "payment_return_has_come", "on", "registered_on", "Returen kan inte ligga i framtiden."
            ),
        ]

    def __str__(self) -> str:
        return f"retur av {self.end_to_end}"
