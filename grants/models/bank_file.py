from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from actors.models import User
from actors.subject import Subject
from digikoord.lib import constraints
from programmes.models.scope import reads_programme
from programmes.subject import for_programme


class FileKind(models.TextChoices):
    ANSWER = "answer", "svar på betalningsfil (pain.002)"
    DEPOSITS = "deposits", "pengar in och ut (camt.054)"


class BankFileQuerySet(models.QuerySet["BankFile"]):
    def visible_to(self, user: User) -> BankFileQuerySet:
        return self.filter(reads_programme(user, "programme"))


class BankFile(models.Model):
    """A file from the bank, kept as it came. It is taken in once: its identity and its bytes say so."""

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="bank_files")
    kind = models.CharField("slag", max_length=20, choices=FileKind)
    batch = models.ForeignKey("grants.PaymentBatch", models.PROTECT, null=True, related_name="answers")
    message_id = models.CharField("meddelande", max_length=140)
    name = models.CharField("filnamn", max_length=120)
    bank = models.CharField("bankens BIC", max_length=11, blank=True)
    content = models.BinaryField("innehåll")
    sha256 = models.CharField("SHA-256", max_length=64)
    imported_by = models.ForeignKey("actors.User", models.PROTECT, related_name="+")
    imported_on = models.DateField("inläst")

    objects = BankFileQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "kind", "message_id"],
                name="bank_file_message_once",
                violation_error_message="Meddelandet är redan inläst.",
            ),
            models.UniqueConstraint(
                fields=["programme", "sha256"],
                name="bank_file_bytes_once",
                violation_error_message="Filen är redan inläst.",
            ),
            constraints.rule(
                "bank_file_answer_has_batch",
                Q(kind=FileKind.DEPOSITS, batch__isnull=True) | Q(kind=FileKind.ANSWER, batch__isnull=False),
                "Ett svar hör till en betalningslista.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.message_id}"

    def get_absolute_url(self) -> str:
        return reverse("grants:bank_file_detail", args=[self.pk])

    def subject(self) -> Subject:
        return for_programme(
            self.programme, label=str(self)[:200], key=f"bank_file:{self.pk}", url=self.get_absolute_url()
        )
