from django.db import models
from django.urls import reverse

from digikoord.lib import constraints

from ..subject import for_programme
from .scope import reads_programme


class PaymentBatchQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(reads_programme(user, "programme"))


class PaymentBatch(models.Model):
    """Released payments handed over together, as a payment list for the economy system."""

    programme = models.ForeignKey("grants.Programme", models.PROTECT, related_name="batches")
    number = models.PositiveIntegerField("nummer")
    created_by = models.ForeignKey("actors.User", models.PROTECT, related_name="+")
    created_on = models.DateField("skapad")

    objects = PaymentBatchQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "-number"]
        constraints = [models.UniqueConstraint(fields=["programme", "number"], name="batch_number_once")]

    def __str__(self):
        return f"betalningslista {self.number}"

    def get_absolute_url(self):
        return reverse("grants:payment_batch_detail", args=[self.pk])

    def subject(self):
        return for_programme(
            self.programme, label=str(self), key=f"batch:{self.pk}", url=self.get_absolute_url()
        )


class PaymentBatchLine(models.Model):
    """A payment as it stood on the list: what was handed over never changes. Amount in kronor."""

    batch = models.ForeignKey("grants.PaymentBatch", models.PROTECT, related_name="lines")
    payment = models.ForeignKey("grants.Payment", models.PROTECT, related_name="lines")
    end_to_end = models.CharField("betalning", max_length=35, unique=True)
    holder = models.CharField("mottagare", max_length=120)
    org_nr = models.CharField("organisationsnummer", max_length=11, blank=True)
    account = models.CharField("konto", max_length=40)
    reference = models.CharField("meddelande", max_length=60)
    amount = models.DecimalField("belopp", max_digits=14, decimal_places=2)

    class Meta:
        ordering = ["batch", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "payment"], name="batch_line_once"),
            constraints.positive("batch_line_amount_positive", "amount"),
        ]

    def __str__(self):
        return self.end_to_end
