"""What the reports say together: per sub-goal, and per indicator. What is missing is never counted as zero."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from ..content import MOVEMENTS, indicators

if TYPE_CHECKING:
    from programmes.programme_file.shape import Indicator, ProgrammeFile

    from ..reading import Section
    from .compiled import Seat, Terms


class Reported(Protocol):
    """A place with what its approved report says."""

    @property
    def name(self) -> str: ...

    def section(self, form: str) -> Section | None: ...


@dataclass(frozen=True)
class Deed:
    """An initiative as it stands under a sub-goal, with whose it is. `picked` of the good examples that are told of."""

    code: str
    number: int
    place: str
    title: str
    activity: str
    result: str
    effect: str
    good_example: bool
    picked: bool


@dataclass(frozen=True)
class Sum:
    """An indicator over all places. `total` is None where it is not summed, or nobody answered."""

    code: str
    name: str
    unit: str
    kind: str
    summed: bool
    answers: int
    total: Decimal | None


@dataclass(frozen=True)
class Goal:
    """`movements` is how many places assessed each of −2 … +2, in that order."""

    code: str
    name: str
    deeds: tuple[Deed, ...]
    movements: tuple[int, ...]
    sums: tuple[Sum, ...]

    @property
    def marked(self) -> list[Deed]:
        """Those that the actors call good examples."""
        return [row for row in self.deeds if row.good_example]

    @property
    def examples(self) -> list[Deed]:
        """Those of them that are told of."""
        return [row for row in self.deeds if row.picked]

    @property
    def places(self) -> int:
        return len({row.place for row in self.deeds})


@dataclass(frozen=True)
class IndicatorTable:
    """Some indicators, place by place; a missing value is None."""

    title: str
    sums: tuple[Sum, ...]
    rows: tuple[tuple[str, tuple[Decimal | None, ...]], ...]


def goals(
    definition: ProgrammeFile | Terms,
    year: int,
    seats: Sequence[Seat],
    picked: Collection[tuple[str, int]] | None,
) -> tuple[Goal, ...]:
    asked = indicators(definition, year)
    return tuple(
        Goal(
            goal.code,
            goal.name,
            deeds=_deeds(seats, goal.code, picked),
            movements=_movements(seats, goal.code),
            sums=tuple(_sum(row, seats) for row in asked if row.sub_goal == goal.code and _answered(seats)),
        )
        for goal in definition.sub_goals
    )


def indicator_tables(
    definition: ProgrammeFile | Terms, year: int, seats: Sequence[Reported]
) -> tuple[IndicatorTable, ...]:
    """One table per sub-goal and one for the rest; none where the year does not ask."""
    if not _answered(seats):
        return ()
    asked = indicators(definition, year)
    groups = [
        (goal.name, [row for row in asked if row.sub_goal == goal.code]) for goal in definition.sub_goals
    ]
    groups.append(("Övergripande", [row for row in asked if not row.sub_goal]))
    return tuple(
        IndicatorTable(
            title,
            sums=tuple(_sum(row, seats) for row in rows),
            rows=tuple((seat.name, tuple(_value(seat, row.code) for row in rows)) for seat in seats),
        )
        for title, rows in groups
        if rows
    )


def _answered(seats: Sequence[Reported]) -> bool:
    return any(seat.section("results") for seat in seats)


def _deeds(seats: Sequence[Seat], goal: str, picked: Collection[tuple[str, int]] | None) -> tuple[Deed, ...]:
    return tuple(
        Deed(
            seat.code,
            row.number,
            seat.name,
            row.title,
            row.told("activity"),
            row.told("result"),
            row.told("effect"),
            good_example=row.good_example,
            picked=row.good_example and (picked is None or (seat.code, row.number) in picked),
        )
        for seat in seats
        if (section := seat.section("initiatives"))
        for row in section.initiatives
        if row.goal == goal
    )


def _movements(seats: Sequence[Reported], goal: str) -> tuple[int, ...]:
    told = [
        row.movement
        for seat in seats
        if (section := seat.section("results"))
        for row in section.results
        if row.goal == goal
    ]
    return tuple(told.count(sign) for sign in MOVEMENTS.values())


def _value(seat: Reported, code: str) -> Decimal | None:
    section = seat.section("results")
    figures = section.figures if section else ()
    return next((row.value for row in figures if row.code == code), None)


def _sum(indicator: Indicator, seats: Sequence[Reported]) -> Sum:
    values = [value for seat in seats if (value := _value(seat, indicator.code)) is not None]
    return Sum(
        indicator.code,
        indicator.name,
        indicator.unit,
        indicator.kind,
        indicator.summed,
        answers=len(values),
        total=sum(values, start=Decimal(0)) if indicator.summed and values else None,
    )
