"""The approved financial accounts, added up by place and by cost line. Kronor; None where nothing is told."""

from dataclasses import dataclass
from decimal import Decimal

from ..reading import Cost, total


@dataclass(frozen=True)
class PlaceCost:
    name: str
    apart: bool
    grant: Decimal | None
    own: Decimal | None
    other: Decimal | None


def by_place(seats):
    return tuple(
        PlaceCost(seat.name, seat.apart, sums.grant, sums.own, sums.other)
        for seat in seats
        for sums in [_account(seat).total if _account(seat) else Cost("", None, None, None)]
    )


def by_line(definition, seats):
    costs = [cost for seat in seats if _account(seat) for cost in _account(seat).costs]
    return tuple(
        _named(line.name, [row for row in costs if row.name == line.name]) for line in definition.cost_lines
    )


def together(seats):
    return total(by_place(seats))


def _named(name, costs):
    sums = total(costs)
    return Cost(name, sums.grant, sums.own, sums.other)


def _account(seat):
    return seat.section("account")
