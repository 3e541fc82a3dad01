"""What a bank notifies of: sums of money that came in or went out, and what each is called."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

BOOKED = "BOOK"
# How much a reference says: the bank's own name of this very transaction; what the payer called it; what a whole
# entry, or every day's first entry, is called alike.
OWN, GIVEN, SHARED = "own", "given", "shared"


@dataclass(frozen=True)
class Account:
    """The account a line is of, as the file writes it. An IBAN is told apart: it is no giro number."""

    number: str = ""
    scheme: str = ""
    iban: str = ""

    def __bool__(self) -> bool:
        return bool(self.number or self.iban)


@dataclass(frozen=True)
class Line:
    """One sum of money that came in (`credit`) or went out, kronor; `number` is its place in the file.

    references   {value: OWN, GIVEN or SHARED}: every name it has, at the bank or with who paid
    entry        which entry it is a part of, counted from one
    code         the bank's reason, where it is a payment that came back
    twice        it stands word for word twice in its own entry
    """

    number: int
    entry: int
    account: Account
    amount: Decimal
    credit: bool
    reversal: bool
    status: str
    on: datetime.date
    ocr: str = ""
    text: str = ""
    party: str = ""
    references: tuple[tuple[str, str], ...] = ()
    end_to_end: str = ""
    instruction: tuple[str, ...] = ()
    returned: bool = False
    code: str = ""
    twice: bool = False

    @property
    def own(self) -> str:
        """The bank's own name of it; empty where it has none."""
        return next((value for value, weight in self.references if weight == OWN), "")

    @property
    def is_booked(self) -> bool:
        return self.status == BOOKED


@dataclass(frozen=True)
class Notification:
    message_id: str
    bank: str
    lines: tuple[Line, ...]
