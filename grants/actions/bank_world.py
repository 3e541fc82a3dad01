"""What the lines of a file from the bank are held against."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from programmes.models import Programme

from ..bank.notice import Line
from ..models import BankFileLine
from . import bank_accounts, bank_ground
from .bank_known import Known


@dataclass
class World:
    """What the lines are held against: own accounts, what is known of them, and what they may be about."""

    own: bank_accounts.Own
    known: Known
    ground: bank_ground.Ground
    booked: dict[tuple[str, Decimal], list[BankFileLine]]
    told: set[tuple[str, Decimal, datetime.date | None]]

    def alike(self, line: Line) -> list[BankFileLine]:
        """The rows that a line takes back by its OCR and amount, where it has no name in common with any. None where
        the same has been told of before: which of them is then for somebody to say.
        """
        known = (line.ocr, line.amount, line.on) in self.told
        return [] if known else self.booked.get((line.ocr, line.amount), [])

    def may_take_back(self, line: Line) -> list[BankFileLine]:
        return [*self.known.reversed_by(line), *self.alike(line)]

    def booked_now(self, line: Line, row: BankFileLine) -> None:
        self.booked.setdefault((line.ocr, line.amount), []).append(row)


def of(programme: Programme, lines: Sequence[Line]) -> World:
    known = Known(programme, lines)
    booked, told = known.alike(programme, lines)
    return World(bank_accounts.own(programme), known, bank_ground.read(programme, lines), booked, told)
