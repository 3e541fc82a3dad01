"""A place's money of a year as the compilation tells it: what is not accepted yet is preliminary."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from digikoord.lib.money import ZERO

if TYPE_CHECKING:
    from grants.models import Tranche

    from ..models import ReportVersion


AMOUNTS = ("ceiling", "granted", "requisitioned", "paid", "used", "to_repay", "repaid", "waived")


@dataclass(frozen=True)
class Money:
    """Kronor; None is not known. `preliminary` is how much of `used` rests on a report whose account
    has not been accepted, and `waiting` on how many places."""

    ceiling: Decimal
    granted: Decimal
    requisitioned: Decimal
    paid: Decimal
    used: Decimal | None
    to_repay: Decimal | None
    repaid: Decimal
    waived: Decimal
    preliminary: Decimal = ZERO
    waiting: int = 0


def money(tranche: Tranche, version: ReportVersion | None) -> Money:
    """Of a tranche read `with_money`; `version` is the approved report's, or None."""
    balance = tranche.balance
    known = {name: getattr(balance, name) for name in AMOUNTS}
    if tranche.used is not None:
        return Money(**known)
    if version is None:
        return Money(**{**known, "used": None, "to_repay": None})
    return Money(
        **{**known, "used": version.used, "to_repay": balance.paid - version.used},
        preliminary=version.used,
        waiting=1,
    )


def total(rows: Iterable[Money]) -> Money:
    """The sum of what is known; None where nothing is."""
    rows = list(rows)
    # Only of no places at all would a sum be missing that a Money always has.
    amounts = cast("dict[str, Decimal]", {name: _sum(getattr(row, name) for row in rows) for name in AMOUNTS})
    return Money(
        **amounts,
        preliminary=sum((row.preliminary for row in rows), start=ZERO),
        waiting=sum(row.waiting for row in rows),
    )


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, start=ZERO) if known else None
