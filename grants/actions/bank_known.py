"""Whether a line of the bank's file has been taken in before, under this name or another."""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q

from programmes.models import Programme

from ..bank.notice import OWN, SHARED, Line
from ..models import BankFileLine, BankReference, Outcome
from ..models.bank_outcome import BOOKED

AT_ONCE = 5_000  # names asked for in one question
READ = ("line__claim__tranche", "line__entry", "line__meets__claim__tranche", "line__meets__entry")
OTHER_AMOUNT = "Samma transaktion har redan lästs in med ett annat belopp."
NOT_BOOKED = "PDNG"  # the code of a line that the bank has told of before it booked it
MAYBE = "Kan vara samma transaktion som en som redan är inläst, under en annan referens."


@dataclass(frozen=True)
class Former:
    """A row taken in before, or earlier in this file (then `entry` is the one it is a part of), and its own name."""

    row: BankFileLine
    own: str
    entry: int = 0


@dataclass(frozen=True)
class Found:
    """The row that a line says again; or, without one, why somebody should look whether it does."""

    row: BankFileLine | None = None
    doubt: str = ""


NEW = Found()


class Known:
    """Every row that shares a name with a line of the file, whatever the name is called there."""

    def __init__(self, programme: Programme, lines: Sequence[Line]) -> None:
        self.by_value: defaultdict[str, list[tuple[Former, str]]] = defaultdict(list)
        self.rows: dict[int, BankFileLine] = {}
        self.consumed: set[tuple[int, int]] = set()
        values = sorted({value for line in lines for value, _weight in line.references})
        for start in range(0, len(values), AT_ONCE):
            self._read(programme, values[start : start + AT_ONCE])

    def _read(self, programme: Programme, values: Sequence[str]) -> None:
        # The same account is notified of to every programme it serves: what another has used is used.
        elsewhere = Q(programme__disburser=programme.disburser_id, line__outcome__in=BOOKED)
        names = BankReference.objects.filter(Q(programme=programme) | elsewhere, value__in=values)
        rows = list(names.exclude(line__outcome=Outcome.FOREIGN).select_related(*READ))
        lines = BankFileLine.objects.filter(outcome=Outcome.MATCHED, meets__references__value__in=values)
        met = set(lines.values_list("meets", flat=True))
        own = {row.line_id: row.value for row in rows if row.weight == OWN}
        for name in rows:
            row = name.line.meets if name.line.outcome == Outcome.KNOWN else name.line
            if row is not None:
                row.taken_back = row.pk in met
                former = Former(self.rows.setdefault(row.pk, row), own.get(name.line_id, ""))
                self.by_value[name.value].append((former, name.weight))

    def add(self, row: BankFileLine, line: Line) -> None:
        """A line of this file is known from now on."""
        for value, weight in line.references:
            self.by_value[value].append((Former(row, line.own, line.entry), weight))

    def of(self, line: Line) -> Found:
        """What is known of the line."""
        doubts = []
        for value, weight in line.references:
            for former, theirs in self.by_value[value]:
                if (former.row.credit, former.row.reversal) != (line.credit, line.reversal):
                    continue
                found = self._compare(line, former, {weight, theirs})
                if found.row is not None:
                    return found
                doubts.append(found.doubt)
        return Found(doubt=next(filter(None, doubts), ""))

    def _compare(self, line: Line, former: Former, weights: set[str]) -> Found:
        """Whether it is the former one: the same amount under the bank's own name of it; or the same amount, day,
        payer and OCR under any name at all.
        """
        row, certain = former.row, weights == {OWN}
        if row.amount != line.amount:
            return Found(doubt=OTHER_AMOUNT) if certain else NEW
        if certain:
            return Found(row)
        shared, apart = weights == {SHARED}, bool(former.own and line.own and former.own != line.own)
        if row.on == line.on and _alike(row, line, exactly=shared):
            if not shared:
                return Found(row)
            return self._one_of_many(line, former, apart)
        # What the payer calls every instalment alike is no name where the bank tells them apart on their days.
        return NEW if shared or SHARED in weights or (apart and row.on != line.on) else Found(doubt=MAYBE)

    def _one_of_many(self, line: Line, former: Former, apart: bool) -> Found:
        """Several parts of an entry have its name: each answers to one part of an entry before, and none to its fellow."""
        answered = (id(former.row), line.entry)
        if former.entry == line.entry or answered in self.consumed:
            return NEW
        if apart:
            return Found(doubt=MAYBE)
        self.consumed.add(answered)
        return Found(former.row)

    def alike(
        self, programme: Programme, lines: Sequence[Line]
    ) -> tuple[dict[tuple[str, Decimal], list[BankFileLine]], set[tuple[str, Decimal, datetime.date | None]]]:
        """({(OCR, amount): the rows booked under it that nothing has taken back}, {(OCR, amount, day)} of what has been
        told of as taken back), for lines that take back.
        """
        booked, told = defaultdict(list), set()
        references = sorted({line.ocr for line in lines if line.reversal and line.ocr})
        taken = Exists(BankFileLine.objects.filter(meets=OuterRef("pk"), outcome=Outcome.MATCHED))
        for start in range(0, len(references), AT_ONCE):
            some = references[start : start + AT_ONCE]
            rows = BankFileLine.objects.filter(programme=programme, reference__in=some)
            told |= set(rows.filter(reversal=True).values_list("reference", "amount", "on"))
            rows = rows.filter(~taken, credit=True, reversal=False, entry__isnull=False)
            for row in rows.select_related("claim__tranche", "entry"):
                row = self.rows.setdefault(row.pk, row)
                booked[row.reference, row.amount].append(row)
        return booked, told

    def reversed_by(self, line: Line) -> list[BankFileLine]:
        """The rows that the line may take back: of the same amount, in the other direction or booked before it."""
        found = {}
        for value, weight in line.references:
            for former, theirs in self.by_value[value]:
                row = former.row
                if row.credit and not row.reversal and row.amount == line.amount:
                    named = weight != SHARED or theirs != SHARED or _alike(row, line, exactly=True)
                    if named:
                        found[id(row)] = row
        return list(found.values())


def waits_for_the_bank(row: BankFileLine) -> bool:
    """Told of before the bank had booked it."""
    return row.outcome == Outcome.PROPOSED and row.waits and row.code == NOT_BOOKED


def _alike(row: BankFileLine, line: Line, *, exactly: bool) -> bool:
    """The same payer and OCR. What one of the files leaves out tells nothing, unless it must be exactly."""
    pairs = ((row.payer, line.party[:140]), (row.reference, line.ocr))
    return all(one.casefold() == other.casefold() or not (exactly or (one and other)) for one, other in pairs)
