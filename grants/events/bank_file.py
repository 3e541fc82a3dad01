"""What the trail tells of bank files."""

from dataclasses import dataclass
from decimal import Decimal

from records.happened import Happened


@dataclass(frozen=True, kw_only=True)
class BankFileAnswerTakenIn(Happened):
    verb = "bank_file.answer_taken_in"

    batch: int
    counts: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class BankFileDepositHandled(Happened):
    verb = "bank_file.deposit_handled"
    is_retired = True

    how: str | None = None
    amount: Decimal | None = None
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class BankFileDepositsTakenIn(Happened):
    verb = "bank_file.deposits_taken_in"

    counts: str
    left: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class BankFileLineSetAside(Happened):
    verb = "bank_file.line_set_aside"

    number: int


@dataclass(frozen=True, kw_only=True)
class BankFileLineSettled(Happened):
    verb = "bank_file.line_settled"

    number: int
    amount: Decimal
    how: str
    note: str | None = None
    evidence: str | None = None
