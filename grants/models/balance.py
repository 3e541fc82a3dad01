"""The chain of amounts, for one tranche or the sum of many. All in kronor."""

from dataclasses import dataclass, fields
from decimal import Decimal

from digikoord.lib.money import ZERO


@dataclass(frozen=True)
class Balance:
    """ceiling ≥ granted ≥ requisitioned ≥ paid ≥ used; paid = used + repaid + waived when settled."""

    ceiling: Decimal = ZERO
    granted: Decimal = ZERO
    requisitioned: Decimal = ZERO
    paid: Decimal = ZERO
    used: Decimal = ZERO
    to_repay: Decimal = ZERO
    repaid: Decimal = ZERO
    waived: Decimal = ZERO

    def __add__(self, other):
        return Balance(*(getattr(self, name) + getattr(other, name) for name in AMOUNTS))

    @property
    def is_even(self):
        return self.paid == self.used + self.repaid + self.waived

    @property
    def left(self):
        """Granted and not yet requisitioned."""
        return self.granted - self.requisitioned


AMOUNTS = tuple(field.name for field in fields(Balance))


def total(balances):
    return sum(balances, start=Balance())
