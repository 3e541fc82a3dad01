"""A year beside the one before it. What either year lacks is missing, never zero; a context indicator is never summed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, TypedDict, cast

if TYPE_CHECKING:
    from ..reading import Cost
    from .accounts import PlaceCost
    from .goals import Goal, IndicatorTable
    from .matrix import PartyExtents
    from .money import Money
    from .voices import Voice


MONEY = (
    ("granted", "Beviljat"),
    ("requisitioned", "Rekvirerat"),
    ("paid", "Utbetalt"),
    ("used", "Använt"),
    ("to_repay", "Att återbetala"),
)
GROUPS = {
    "key": "Nyckeltal",
    "money": "Medlen, kronor",
    "goal": "Insatser per delmål",
    "indicator": "Indikatorer, summor",
}


class Facts(TypedDict):
    """What `compilation.derived` computes, but for the changes."""

    count: int
    approved: int
    initiatives: int
    money: Money
    money_of_all: Money
    goals: tuple[Goal, ...]
    indicators: tuple[IndicatorTable, ...]
    full_time: Decimal | None
    examples: int
    cooperation: tuple[Voice, ...]
    cooperation_matrix: tuple[PartyExtents, ...]
    lessons: tuple[tuple[str, tuple[Voice, ...]], ...]
    accounts: tuple[PlaceCost, ...]
    accounts_total: Cost
    cost_lines: tuple[Cost, ...]


class Derived(Facts):
    """All that follows from the seats."""

    changes: tuple[Change, ...]


@dataclass(frozen=True)
class YearFigure:
    """`group` is a key of GROUPS; `key` tells the same figure of two years apart from others."""

    group: str
    key: str
    label: str
    value: Decimal | None


@dataclass(frozen=True)
class Before:
    """The figures of the year before: of its latest established version (`version`), else (null) of the reports approved."""

    year: int
    version: int | None
    figures: tuple[YearFigure, ...]


@dataclass(frozen=True)
class Change:
    """A figure of the two years; `difference` is null where either is missing."""

    group: str
    key: str
    label: str
    before: Decimal | None
    now: Decimal | None
    difference: Decimal | None


def figures(facts: Facts, asked: tuple[str, ...]) -> tuple[YearFigure, ...]:
    """A year's figures that can be compared. `facts` is what `compilation.derived` gives, `asked` the year's forms."""
    rows = [
        YearFigure("key", "approved", "Godkända redovisningar", Decimal(facts["approved"])),
        YearFigure("key", "initiatives", "Insatser", _if("initiatives" in asked, facts["initiatives"])),
        YearFigure("key", "examples", "Goda exempel", _if("initiatives" in asked, facts["examples"])),
        YearFigure("key", "full_time", "Årsarbetskrafter", facts["full_time"]),
    ]
    rows += [YearFigure("money", key, label, getattr(facts["money_of_all"], key)) for key, label in MONEY]
    rows += [
        YearFigure(
            "goal", goal.code, f"{goal.name} ({goal.code})", _if("initiatives" in asked, len(goal.deeds))
        )
        for goal in facts["goals"]
    ]
    rows += [
        YearFigure("indicator", row.code, f"{row.code} {row.name} ({row.unit})", row.total)
        for table in facts["indicators"]
        for row in table.sums
        if row.summed
    ]
    return tuple(rows)


def changes(before: Before | None, now: Iterable[YearFigure]) -> tuple[Change, ...]:
    """The figures of both years, side by side; nothing where there is no year before. `now` are figures."""
    if before is None:
        return ()
    known = {(row.group, row.key): row for row in before.figures}
    current = {(row.group, row.key): row for row in now}
    keys = sorted({**current, **known}, key=lambda key: list(GROUPS).index(key[0]))
    return tuple(_change(known.get(key), current.get(key)) for key in keys)


def _change(before: YearFigure | None, now: YearFigure | None) -> Change:
    row = cast("YearFigure", now or before)
    was, is_ = before.value if before else None, now.value if now else None
    difference = is_ - was if was is not None and is_ is not None else None
    return Change(row.group, row.key, row.label, was, is_, difference)


def _if(asked: bool, count: int) -> Decimal | None:
    """The count as a figure, None where the year did not ask."""
    return Decimal(count) if asked else None
