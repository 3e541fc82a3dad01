"""The ledger: what was given, asked for, paid, used and repaid, by year and part. Kronor."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Sum

from actors.models import Actor
from grants.lifecycle.payment import Status
from grants.models import Payment, Tranche
from grants.models.balance import Balance, total

from . import history

if TYPE_CHECKING:
    from actors.models import User
    from grants.models import Place
    from programmes.models import Programme


PARTS = {"actors": "recipient", "secretariat": "secretariat"}


@dataclass(frozen=True)
class Row:
    """One place in one year, with its holder and its chain of amounts."""

    tranche: Tranche
    holder: Actor
    balance: Balance

    @property
    def place(self) -> Place:
        return self.tranche.place


@dataclass(frozen=True)
class Year:
    """A year's rows, and their sums."""

    year: int
    rows: tuple[Row, ...]

    def part(self, name: str) -> Balance:
        """The sum for "actors" or "secretariat"."""
        return total(row.balance for row in self.rows if row.place.part == PARTS[name])

    @property
    def actors(self) -> Balance:
        return self.part("actors")

    @property
    def secretariat(self) -> Balance:
        return self.part("secretariat")

    @property
    def total(self) -> Balance:
        return total(row.balance for row in self.rows)


def ledger(
    programme: Programme,
    *,
    user: User | None = None,
    year: int | None = None,
    on: datetime.date | None = None,
) -> list[Year]:
    """The programme's years. `user` limits it to what they may read; `on` tells how it was that day."""
    rows = Tranche.objects.visible_to(user) if user else Tranche.objects.all()
    rows = rows.filter(place__programme=programme).with_money()
    rows = rows.filter(year__year=year) if year else rows
    rows = rows.select_related("year", "place__programme", "place__county", "assignment__holder")
    by_year: dict[int, list[Row]] = {}
    for row in rows.order_by("year__year", "place__part", "place__code"):
        by_year.setdefault(row.year.year, []).append(Row(row, row.holder, row.balance))
    if on:
        by_year = {year: _as_of(found, programme, on) for year, found in by_year.items()}
    return [Year(number, tuple(found)) for number, found in by_year.items()]


def _as_of(rows: Iterable[Row], programme: Programme, on: datetime.date) -> list[Row]:
    """The rows as they were: those that were there, with that day's holder and amounts."""
    told = history.on_day(programme, on)
    holders = history.holders(told)
    return [
        Row(row.tranche, holders[was.holder], was.balance)
        for row in rows
        if (was := told.years.get((row.place.code, row.tranche.year.year)))
    ]


def as_json(programme: Programme, years: Sequence[Year]) -> dict[str, object]:
    """The ledger as plain data: amounts as text with two decimals. What is charged to which budget year is told where
    something was paid after its year had ended."""
    shown = {row.year for row in years}
    sums = {year: found for year, found in charged(programme).items() if year in shown}
    told: dict[str, object] = {
        "programme": programme.code,
        "years": {
            str(row.year): {name: _texts(getattr(row, name)) for name in ("actors", "secretariat", "total")}
            for row in years
        },
    }
    if any(year != budget_year for year, found in sums.items() for budget_year in found):
        told["charged"] = {
            str(year): {str(budget_year): f"{value:.2f}" for budget_year, value in found.items()}
            for year, found in sums.items()
        }
    return told


def charged(programme: Programme, user: User | None = None) -> dict[int, dict[int, Decimal]]:
    """{year granted: {budget year charged: kronor}} of what has been paid: a transfer is charged to the year in which it is
    paid (anslagsförordningen 12 § 1). One question."""
    rows = Payment.objects.filter(status=Status.PAID, requisition__tranche__place__programme=programme)
    if user:
        rows = rows.filter(requisition__tranche__in=Tranche.objects.visible_to(user))
    found: dict[int, dict[int, Decimal]] = {}
    year = "requisition__tranche__year__year"
    for granted, budget_year, value in (
        rows.order_by(year, "charged_year").values_list(year, "charged_year").annotate(Sum("amount"))
    ):
        found.setdefault(granted, {})[budget_year] = value
    return found


def _texts(balance: Balance) -> dict[str, str]:
    return {name: f"{value:.2f}" for name, value in asdict(balance).items()}
