"""The ledger's rows added up by place, by actor, or by year. Kronor."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grants.models.balance import Balance, total

if TYPE_CHECKING:
    from .ledger import Row, Year


@dataclass(frozen=True)
class Group:
    """One line of a table: its name, where that leads, and what asks for just its rows."""

    label: str
    url: str
    note: str
    balance: Balance
    query: dict[str, object]


def by_place(rows: Iterable[Row]) -> list[Group]:
    """One for each place, with whoever has held it."""
    return [
        Group(
            found[0].place.name,
            found[0].place.get_absolute_url(),
            ", ".join(dict.fromkeys(str(row.holder) for row in found)),
            total(row.balance for row in found),
            {"plats": code},
        )
        for code, found in _gathered(rows, lambda row: row.place.code)
    ]


def by_actor(rows: Iterable[Row]) -> list[Group]:
    """One for each legal person, with the places it has held."""
    return [
        Group(
            str(found[0].holder),
            "",
            ", ".join(dict.fromkeys(row.place.name for row in found)),
            total(row.balance for row in found),
            {"aktor": code},
        )
        for code, found in _gathered(rows, lambda row: row.holder.code)
    ]


def by_year(years: Sequence[Year], secretariat: object) -> list[Group]:
    """The actors', the secretariat's and the whole of each year; last of all years together."""
    groups = []
    for year in years:
        whole: dict[str, object] = {"ar": year.year}
        groups.append(Group(str(year.year), "", "Aktörer", year.actors, {**whole, "del": "recipient"}))
        if secretariat:
            groups.append(Group("", "", "Sekretariatet", year.secretariat, {**whole, "del": "secretariat"}))
        groups.append(Group("", "", "Totalt", year.total, whole))
    everything = total(year.total for year in years)
    return [*groups, Group("Alla år", "", "Totalt", everything, {})]


def _gathered(rows: Iterable[Row], key: Callable[[Row], str]) -> Iterable[tuple[str, list[Row]]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return found.items()
