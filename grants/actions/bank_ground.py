"""What the lines of one file from the bank may be about, read once for all of them."""

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from programmes.models import Programme

from ..bank.notice import Line
from ..models import BankFileLine, ClaimEntry, EntryKind, Outcome, PaymentBatchLine, RepaymentClaim
from .bank_known import AT_ONCE

# (claim's key, amount, day)
Named: TypeAlias = tuple[int, Decimal, datetime.date | None]

WORDS = re.compile(r"[A-Za-z0-9-]+")
LINE_READ = (
    "batch",
    "payment__requisition__tranche__year",
    "payment__requisition__tranche__place__programme__disburser",
    "payment__requisition__tranche__assignment__holder",
)


@dataclass
class Ground:
    """claims     {OCR: claim}, exactly
    payments   {end-to-end identity: the line of a payment list}
    batches    {(message, amount): the lines of that list on that amount}
    typed      (claim's key, amount, day) of each receipt somebody has typed by hand
    nameless   the same of each row taken in that the bank had given no name
    named      the same of those that have one
    back       the end-to-end identities whose money has come back in a file
    """

    claims: dict[str, RepaymentClaim]
    payments: dict[str, PaymentBatchLine]
    batches: dict[tuple[str, Decimal], list[PaymentBatchLine]]
    typed: set[Named]
    nameless: set[Named]
    named: set[Named]
    back: set[str]


def read(programme: Programme, lines: Sequence[Line]) -> Ground:
    """Ground for the lines, in a number of questions that does not follow theirs (but by thousands)."""
    claims = _claims(programme, {line.ocr for line in lines if line.ocr})
    keys = {row.pk for row in claims.values()}
    entries = ClaimEntry.objects.filter(claim__in=keys, kind=EntryKind.RECEIPT, bank_line=None)
    typed = entries.filter(reverses=None, reversed_by=None).values_list("claim", "amount", "on")
    earlier = BankFileLine.objects.filter(claim__in=keys, credit=True, entry__reversed_by=None)
    before = set(earlier.exclude(outcome=Outcome.KNOWN).values_list("claim", "amount", "on", "references"))
    payments, batches = _payments(programme, lines)
    named = {*payments, *(row.end_to_end for part in batches.values() for row in part)}
    back = BankFileLine.objects.filter(
        programme=programme, outcome=Outcome.RETURNED, credit=True, number__gt=0
    )
    return Ground(
        claims=claims,
        payments=payments,
        batches=batches,
        typed=set(typed),
        nameless={row[:3] for row in before if row[3] is None},
        named={row[:3] for row in before if row[3] is not None},
        back=set(back.filter(reference__in=named).values_list("reference", flat=True)),
    )


def chunks(values: Iterable[str]) -> Iterator[list[str]]:
    values = sorted(values)
    return (values[start : start + AT_ONCE] for start in range(0, len(values), AT_ONCE))


def _claims(programme: Programme, references: Iterable[str]) -> dict[str, RepaymentClaim]:
    rows = RepaymentClaim.objects.filter(tranche__place__programme=programme)
    rows = rows.select_related("tranche__year", "tranche__place")
    return {row.reference: row for part in chunks(references) for row in rows.filter(reference__in=part)}


def _payments(
    programme: Programme, lines: Sequence[Line]
) -> tuple[dict[str, PaymentBatchLine], dict[tuple[str, Decimal], list[PaymentBatchLine]]]:
    """The lines of our payment lists that the file names: as identities, or in what it says of a return."""
    named = {line.end_to_end for line in lines if line.end_to_end}
    named |= {word for line in lines if line.returned for word in WORDS.findall(line.text)}
    messages = {name for line in lines for name in line.instruction}
    rows = PaymentBatchLine.objects.filter(batch__programme=programme).select_related(*LINE_READ)
    rows = rows.defer("batch__content")
    payments = {row.end_to_end: row for part in chunks(named) for row in rows.filter(end_to_end__in=part)}
    batches: dict[tuple[str, Decimal], list[PaymentBatchLine]] = {}
    for part in chunks(messages):
        for row in rows.filter(batch__message_id__in=part):
            batches.setdefault((row.batch.message_id, row.amount), []).append(row)
    return payments, batches
