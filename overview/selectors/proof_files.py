"""Whether what was exchanged with the bank is still what it was: the bytes against their fingerprint, the lines of a
payment list or of what came from the bank against its bytes, and what the lines booked against the claims."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from digikoord.lib.verdict import Refused
from grants.bank import camt054, pain001
from grants.models import BankFile, FileKind, Outcome, PaymentBatch

from .proof_difference import Difference

if TYPE_CHECKING:
    from grants.models import BankFileLine, ClaimEntry
    from programmes.models import Programme


ENDS = (
    Outcome.MATCHED,
    Outcome.PROPOSED,
    Outcome.RETURNED,
    Outcome.SURPLUS,
    Outcome.FOREIGN,
    Outcome.KNOWN,
)


def altered(programme: Programme) -> tuple[int, list[Difference]]:
    """(how many files were compared, the differences found)"""
    batches = list(PaymentBatch.objects.filter(programme=programme).exclude(message_id=""))
    files: list[PaymentBatch | BankFile] = [
        *batches,
        *BankFile.objects.filter(programme=programme).iterator(),
    ]
    found = [
        Difference(str(row), row.get_absolute_url(), "filens innehåll är inte det som dess SHA-256 säger.")
        for row in files
        if hashlib.sha256(bytes(row.content or b"")).hexdigest() != row.sha256
    ]
    whole = [
        row for row in batches if hashlib.sha256(bytes(cast("bytes", row.content))).hexdigest() == row.sha256
    ]
    found += [
        Difference(str(row), row.get_absolute_url(), "raderna är inte de som står i betalningsfilen.")
        for row in whole
        if not _agree(row)
    ]
    lines, wrong = _lines_told(programme)
    return len(files) + lines, found + wrong


def _lines_told(programme: Programme) -> tuple[int, list[Difference]]:
    """(how many lines were compared, the differences). Money that came in is matched, waits, is surplus, has returned
    or is not ours; and what a line booked is what stands on its claim. No word of a line leaves but its number.
    """
    compared, found = 0, []
    for file in BankFile.objects.filter(programme=programme, kind=FileKind.DEPOSITS).iterator():
        rows = list(file.lines.filter(number__gt=0).order_by("number").select_related("entry", "meets"))
        compared += len(rows)
        told = [(row.number, row.amount, row.credit, row.on) for row in rows]
        if told != _in_the_file(file) and _has_numbers(file, rows):
            found.append(_wrong(file, "raderna är inte de som står i filen."))
        found += [_wrong(file, f"rad {row.number} {fault}") for row in rows if (fault := _fault(row))]
    return compared, found


def _has_numbers(file: BankFile, rows: Sequence[BankFileLine]) -> bool:
    """Files taken in before their lines had numbers held only some of them."""
    return bool(rows) or not file.lines.exists()


def _in_the_file(file: BankFile) -> list[tuple[int, Decimal, bool, datetime.date]] | None:
    try:
        lines = camt054.read(bytes(file.content)).lines
    except Refused:  # no such file at all
        return None
    return [(line.number, line.amount, line.credit, line.on) for line in lines]


def _fault(row: BankFileLine) -> str:
    """What is wrong with how a line ended; nothing where all is well."""
    entered = cast("ClaimEntry", row.entry).amount if row.entry_id else 0
    if entered != row.booked or (row.entry_id and cast("ClaimEntry", row.entry).claim_id != row.claim_id):
        return "har bokfört ett annat belopp än det som står på kravet."
    if row.outcome not in ENDS:
        return "har inte slutat på något av de sätt en rad kan sluta."
    if row.outcome != Outcome.MATCHED:
        return ""
    if row.meets_id and row.booked != -cast("BankFileLine", row.meets).booked:
        return "har tagit tillbaka ett annat belopp än det som var bokfört."
    if row.entry_id and not row.meets_id and row.booked != row.amount:
        return "är matchad, men inte hela beloppet är bokfört."
    return ""


def _wrong(file: BankFile, sentence: str) -> Difference:
    return Difference(str(file), file.get_absolute_url(), sentence)


def _agree(batch: PaymentBatch) -> bool:
    try:
        return pain001.read(bytes(cast("bytes", batch.content))) == _lines(batch)
    except Refused:  # no such file at all
        return False


def _lines(batch: PaymentBatch) -> dict[str, tuple[Decimal, str, str]]:
    rows = batch.lines.all()
    return {
        row.end_to_end: (row.amount, "".join(filter(str.isdecimal, row.account)), row.reference)
        for row in rows
    }
