from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from actors.models import User
from actors.subject import Subject
from digikoord.lib import constraints
from programmes.models.scope import reads_programme
from programmes.subject import for_programme


class PaymentBatchQuerySet(models.QuerySet["PaymentBatch"]):
    def visible_to(self, user: User) -> PaymentBatchQuerySet:
        return self.filter(reads_programme(user, "programme"))


class PaymentBatch(models.Model):
    """Released payments handed over together: as a list for the economy system, and as a file for the bank.

    `content` is the file (pain.001), made once; `sha256` is of its bytes. Handing it out is logged each time.
    """

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="batches")
    number = models.PositiveIntegerField("nummer")
    created_by = models.ForeignKey("actors.User", models.PROTECT, related_name="+")
    created_on = models.DateField("skapad")
    execute_on = models.DateField("betalas den", null=True)
    message_id = models.CharField("meddelande", max_length=35, blank=True)
    content = models.BinaryField("betalningsfil", null=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    handed_out_by = models.ForeignKey("actors.User", models.PROTECT, null=True, related_name="+")
    handed_out_on = models.DateField("hämtad", null=True)

    objects = PaymentBatchQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="batch_number_once"),
            models.UniqueConstraint(
                fields=["message_id"], condition=~Q(message_id=""), name="batch_message_once"
            ),
            constraints.together("batch_handed_out", "handed_out_by", "handed_out_on"),
        ]

    def __str__(self) -> str:
        return f"betalningslista {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("grants:payment_batch_detail", args=[self.pk])

    def subject(self) -> Subject:
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

    def __str__(self) -> str:
        return self.end_to_end
