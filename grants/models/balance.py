"""The chain of amounts, for one tranche or the sum of many. All in kronor."""

from __future__ import annotations

from collections.abc import Iterable
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

    def __add__(self, other: Balance) -> Balance:
        return Balance(*(getattr(self, name) + getattr(other, name) for name in AMOUNTS))

    @property
    def is_even(self) -> bool:
        return self.paid == self.used + self.repaid + self.waived

    @property
    def left(self) -> Decimal:
        """Granted and not yet requisitioned."""
        return self.granted - self.requisitioned


AMOUNTS = tuple(field.name for field in fields(Balance))


def total(balances: Iterable[Balance]) -> Balance:
    return sum(balances, start=Balance())
