"""The lines of the bank's files: what each said, and what it became here. Kronor."""

from __future__ import annotations

import re
from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from digikoord.lib import constraints
from digikoord.lib.money import ZERO

from .bank_outcome import BOOKED, EVIDENT, WAITS, Handled, Outcome
from .kronor import MONEY

AMOUNT = re.compile(r"[0-9]{1,10}(\.[0-9]{1,2})?")


# What has a relation to something of ours; the rest is read by payers only
RELATED = Q(payment__isnull=False) | Q(entry__isnull=False) | Q(claim__isnull=False)


class BankFileLineQuerySet(models.QuerySet["BankFileLine"]):
    def waiting(self) -> BankFileLineQuerySet:
        return self.filter(WAITS)

    def search(self, words: str) -> BankFileLineQuerySet:
        """Those of which the words stand in the reference, the message or the party's name, or are the amount."""
        found = Q(reference__icontains=words) | Q(payer__icontains=words) | Q(message__icontains=words)
        amount = words.replace("\u00a0", "").replace(" ", "").replace(",", ".")
        if AMOUNT.fullmatch(amount):
            found |= Q(amount=Decimal(amount))
        return self.filter(found)

    def related(self) -> BankFileLineQuerySet:
        """Those that others than payers may read."""
        return self.filter(RELATED).exclude(outcome=Outcome.FOREIGN)


class BankFileLine(models.Model):
    """What the file says of one payment, or of one sum that came in or went out, and what it became here.

    `reference` is the payment's end-to-end identity, or the OCR. `booked` is what the line changed on its claim:
    kronor that came in, or below zero those that were taken back.
    """

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="+")
    file = models.ForeignKey("grants.BankFile", models.PROTECT, related_name="lines")
    number = models.PositiveIntegerField("rad", default=0)
    credit = models.BooleanField("pengar in", default=True)
    reversal = models.BooleanField("återtagen post", default=False)
    reference = models.CharField("referens", max_length=140, blank=True)
    bank_reference = models.CharField("bankens referens", max_length=140, blank=True)
    end_to_end = models.CharField("avsändarens identitet", max_length=35, blank=True)
    message = models.CharField("meddelande", max_length=500, blank=True)
    code = models.CharField("bankens kod", max_length=10, blank=True)
    amount = models.DecimalField("belopp", **MONEY)
    on = models.DateField("dag", null=True)
    payer = models.CharField("motpart", max_length=140, blank=True)
    outcome = models.CharField("utfall", max_length=20, choices=Outcome)
    reason = models.TextField("skäl", blank=True)
    booked = models.DecimalField("bokfört", default=ZERO, **MONEY)
    payment = models.ForeignKey("grants.Payment", models.PROTECT, null=True, related_name="answers")
    claim = models.ForeignKey("grants.RepaymentClaim", models.PROTECT, null=True, related_name="bank_lines")
    entry = models.OneToOneField("grants.ClaimEntry", models.PROTECT, null=True, related_name="bank_line")
    meets = models.ForeignKey("self", models.PROTECT, null=True, related_name="met_by")
    handled_as = models.CharField("hur den utretts", max_length=20, choices=Handled, blank=True)
    handled_by = models.ForeignKey("actors.User", models.PROTECT, null=True, related_name="+")
    handled_on = models.DateField("utredd", null=True)
    handled_note = models.CharField("vad som gjordes", max_length=200, blank=True)
    handled_evidence = models.CharField("underlag", max_length=200, blank=True)

    objects = BankFileLineQuerySet.as_manager()

    class Meta:
        ordering = ["file", "number", "pk"]
        indexes = [models.Index(fields=["programme", "outcome", "amount"], name="bank_line_outcome")]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "bank_reference", "credit", "reversal"],
                condition=~Q(bank_reference="") & Q(outcome__in=BOOKED),
                name="bank_line_deposit_once",
                violation_error_message="Inbetalningen är redan inläst.",
            ),
            models.UniqueConstraint(
                fields=["file", "number"], condition=Q(number__gt=0), name="bank_line_number_once"
            ),
            models.UniqueConstraint(
                fields=["meets"],
                condition=Q(outcome=Outcome.MATCHED),
                name="bank_line_met_once",
                violation_error_message="Raden är redan återtagen.",
            ),
            constraints.rule("bank_line_known_outcome", Q(outcome__in=Outcome.values), "Okänt utfall."),
            constraints.rule(
                "bank_line_known_handling", Q(handled_as__in=["", *Handled.values]), "Okänt sätt att reda ut."
            ),
            constraints.positive("bank_line_amount_positive", "amount"),
            constraints.rule(
                "bank_line_booked_has_entry",
                (Q(entry__isnull=True) & Q(booked=0))
                | (Q(entry__isnull=False) & Q(outcome__in=BOOKED) & ~Q(booked=0)),
                "En bokförd inbetalning hör till ett krav.",
            ),
            constraints.rule(
                "bank_line_matched_to_something",
                ~Q(outcome=Outcome.MATCHED)
                | Q(entry__isnull=False)
                | Q(payment__isnull=False)
                | Q(meets__isnull=False)
                | Q(handled_by__isnull=False),
                "En matchad rad hör till ett krav, en utbetalning eller en annan rad.",
            ),
            constraints.rule(
                "bank_line_booked_within",
                Q(booked__lte=F("amount")) & (~Q(outcome=Outcome.SURPLUS) | Q(booked__lt=F("amount"))),
                "Mer kan inte bokföras än vad som kom in.",
            ),
            constraints.rule(
                "bank_line_return_has_payment",
                ~Q(outcome=Outcome.RETURNED) | Q(payment__isnull=False),
                "En retur hör till en utbetalning.",
            ),
            constraints.together("bank_line_handled", "handled_by", "handled_on"),
            constraints.rule(
                "bank_line_handled_as_something",
                Q(handled_by__isnull=False) | Q(handled_as=""),
                "Hur raden utretts hör ihop med vem som gjorde det.",
            ),
            constraints.rule(
                "bank_line_money_has_evidence",
                ~Q(handled_as__in=EVIDENT) | (~Q(handled_note="") & ~Q(handled_evidence="")),
                "Ange vad som gjordes och underlaget för det.",
            ),
        ]

    def __str__(self) -> str:
        return self.reference or self.bank_reference

    taken_back = False  # whether another line is known to have taken it back: set by whoever has asked

    @property
    def waits(self) -> bool:
        """Left for somebody to look into, and nobody has."""
        return self.outcome in (Outcome.PROPOSED, Outcome.SURPLUS) and self.handled_by_id is None

    @property
    def surplus(self) -> Decimal:
        """What came in above its claim, kronor."""
        return self.amount - self.booked if self.outcome == Outcome.SURPLUS else ZERO

    @property
    def direction(self) -> str:
        told = "in" if self.credit else "ut"
        return f"{told}, återtagen post" if self.reversal else told
