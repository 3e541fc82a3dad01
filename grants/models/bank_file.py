from django.db import models
from django.db.models import Q
from django.urls import reverse

from digikoord.lib import constraints

from ..subject import for_programme
from .scope import reads_programme


class FileKind(models.TextChoices):
    ANSWER = "answer", "svar på betalningsfil (pain.002)"
    DEPOSITS = "deposits", "inbetalningar (camt.054)"


class Outcome(models.TextChoices):
    """What a line of the bank's file did here. The first three are what the bank says of a payment."""

    ACCEPTED = "accepted", "Mottagen av banken"
    PAID = "paid", "Betald"
    FAILED = "failed", "Avvisad"
    UNCHANGED = "unchanged", "Inget nytt"
    BOOKED = "booked", "Bokförd på krav"
    LEFT = "left", "Lämnad för hand"


class BankFileQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(reads_programme(user, "programme"))


class BankFile(models.Model):
    """A file from the bank, kept as it came. It is taken in once: its identity and its bytes say so."""

    programme = models.ForeignKey("grants.Programme", models.PROTECT, related_name="bank_files")
    kind = models.CharField("slag", max_length=20, choices=FileKind)
    batch = models.ForeignKey("grants.PaymentBatch", models.PROTECT, null=True, related_name="answers")
    message_id = models.CharField("meddelande", max_length=140)
    name = models.CharField("filnamn", max_length=120)
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

    def __str__(self):
        return f"{self.get_kind_display()} {self.message_id}"

    def get_absolute_url(self):
        return reverse("grants:bank_file_detail", args=[self.pk])

    def subject(self):
        return for_programme(
            self.programme, label=str(self)[:200], key=f"bank_file:{self.pk}", url=self.get_absolute_url()
        )


class BankFileLine(models.Model):
    """What the file says of one payment or one deposit, and what it did here. Amount in kronor.

    `reference` is the payment's end-to-end identity, or the deposit's OCR.
    """

    programme = models.ForeignKey("grants.Programme", models.PROTECT, related_name="+")
    file = models.ForeignKey("grants.BankFile", models.PROTECT, related_name="lines")
    reference = models.CharField("referens", max_length=140, blank=True)
    bank_reference = models.CharField("bankens referens", max_length=140, blank=True)
    code = models.CharField("bankens kod", max_length=10, blank=True)
    amount = models.DecimalField("belopp", max_digits=14, decimal_places=2)
    on = models.DateField("dag", null=True)
    payer = models.CharField("inbetalare", max_length=140, blank=True)
    outcome = models.CharField("utfall", max_length=20, choices=Outcome)
    reason = models.TextField("skäl", blank=True)
    payment = models.ForeignKey("grants.Payment", models.PROTECT, null=True, related_name="answers")
    entry = models.OneToOneField("grants.ClaimEntry", models.PROTECT, null=True, related_name="bank_line")
    handled_by = models.ForeignKey("actors.User", models.PROTECT, null=True, related_name="+")
    handled_on = models.DateField("utredd", null=True)
    handled_note = models.CharField("hur den utretts", max_length=200, blank=True)

    class Meta:
        ordering = ["file", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "bank_reference"],
                condition=~Q(bank_reference=""),
                name="bank_line_deposit_once",
                violation_error_message="Inbetalningen är redan inläst.",
            ),
            constraints.rule("bank_line_known_outcome", Q(outcome__in=Outcome.values), "Okänt utfall."),
            constraints.rule(
                "bank_line_booked_has_entry",
                Q(outcome=Outcome.BOOKED, entry__isnull=False)
                | (~Q(outcome=Outcome.BOOKED) & Q(entry__isnull=True)),
                "En bokförd inbetalning hör till ett krav.",
            ),
            constraints.together("bank_line_handled", "handled_by", "handled_on"),
        ]

    def __str__(self):
        return self.reference or self.bank_reference

    @property
    def waits(self):
        """Left for somebody to look into, and nobody has."""
        return self.outcome == Outcome.LEFT and self.handled_by_id is None
