"""The approved financial accounts, added up by place and by cost line. Kronor; None where nothing is told."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from ..reading import Cost, total

if TYPE_CHECKING:
    from programmes.programme_file.shape import ProgrammeFile

    from ..reading import Section
    from .compiled import Seat, Terms


@dataclass(frozen=True)
class PlaceCost:
    name: str
    apart: bool
    grant: Decimal | None
    own: Decimal | None
    other: Decimal | None


def by_place(seats: "Iterable[Seat]") -> tuple[PlaceCost, ...]:
    return tuple(
        PlaceCost(seat.name, seat.apart, sums.grant, sums.own, sums.other)
        for seat in seats
        for account in [_account(seat)]
        for sums in [cast("Cost", account.total) if account else Cost("", None, None, None)]
    )


def by_line(definition: "ProgrammeFile | Terms", seats: "Iterable[Seat]") -> tuple[Cost, ...]:
    costs = [cost for seat in seats if (account := _account(seat)) for cost in account.costs]
    return tuple(
        _named(line.name, [row for row in costs if row.name == line.name]) for line in definition.cost_lines
    )


def together(seats: "Iterable[Seat]") -> Cost:
    return total(by_place(seats))


def _named(name: str, costs: list[Cost]) -> Cost:
    sums = total(costs)
    return Cost(name, sums.grant, sums.own, sums.other)


def _account(seat: "Seat") -> "Section | None":
    return seat.section("account")
