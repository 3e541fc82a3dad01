"""The lines of the bank's files: who may read which, and how many ended as what."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import models
from django.db.models import Case, Count, DecimalField, F, Sum, Value, When

from digikoord.lib.money import ZERO
from programmes.models import Programme

from ..models import BankFile, BankFileLine, Outcome
from ..models.bank_line import BankFileLineQuerySet
from ..models.bank_outcome import WAITS

READ = ("claim__tranche__year", "claim__tranche__assignment__holder", "payment", "entry", "handled_by")


@dataclass
class Summary:
    """How many lines of a file ended as an outcome, and what they come to in and out, kronor."""

    outcome: str
    label: str
    count: int
    came_in: Decimal = ZERO
    went_out: Decimal = ZERO


def readable_lines(file: BankFile, pays: bool) -> BankFileLineQuerySet:
    """The file's lines: payers read all of them, others those that concern something of ours. Those that wait first."""
    rows = file.lines.all() if pays else file.lines.related()
    waits = Case(When(WAITS, then=Value(0)), default=Value(1))
    return (
        rows.select_related(*READ, "meets")
        .annotate(waiting_first=waits)
        .order_by("waiting_first", "number", "pk")
    )


def waiting_lines(programme: Programme) -> BankFileLineQuerySet:
    rows = BankFileLine.objects.waiting().filter(programme=programme)
    return rows.select_related("file", "claim__tranche__year", "claim__tranche__assignment__holder").order_by(
        "on", "pk"
    )


def outcomes_of(lines: models.QuerySet[BankFileLine]) -> list[Summary]:
    """A Summary of each outcome that any of the lines has, in the order of the outcomes."""
    money = {"output_field": DecimalField(max_digits=16, decimal_places=2)}
    sums = (
        lines.order_by()
        .values("outcome")
        .annotate(
            count=Count("pk"),
            came_in=Sum(Case(When(credit=True, then=F("amount")), default=Value(ZERO), **money)),
            went_out=Sum(Case(When(credit=False, then=F("amount")), default=Value(ZERO), **money)),
        )
    )
    found = {row["outcome"]: row for row in sums}
    return [
        Summary(outcome, outcome.label, row["count"], row["came_in"], row["went_out"])
        for outcome in Outcome
        if (row := found.get(outcome))
    ]
