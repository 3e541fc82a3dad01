from django.db import models
from django.urls import reverse

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
