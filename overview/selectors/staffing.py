"""How the function has been staffed: months, full-time equivalents and vacancies, by place and year.

A day counts by the ordinary coordinator's share of full time; by a deputy's where there is no
ordinary one. A month's part is its staffed days over its days.
"""

from __future__ import annotations

import calendar
import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from digikoord.lib import clock
from digikoord.lib.columns import Column
from grants.lifecycle.assignment import Status
from grants.models import Assignment, Coordinator, Function, Place

if TYPE_CHECKING:
    from actors.models import User
    from programmes.models import Programme


BOUND = (Status.IN_FORCE, Status.TRANSFERRED, Status.REVOKED, Status.CONCLUDED)
DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Vacancy:
    """Days without a coordinator, both ends counted; `ends` is None while it lasts."""

    starts: datetime.date
    ends: datetime.date | None
    days: int


@dataclass(frozen=True)
class Staffing:
    """A place's year. `months` and `full_time` have two decimals; `days` is when it was bound."""

    place: Place
    holder: str
    names: tuple[str, ...]
    days: int
    months: Decimal
    full_time: Decimal
    vacancies: tuple[Vacancy, ...]

    @property
    def vacant_days(self) -> int:
        return sum(row.days for row in self.vacancies)

    @property
    def open_vacancy(self) -> Vacancy | None:
        return next((row for row in self.vacancies if row.ends is None), None)


def staffing(user: User, programme: Programme, year: int, on: datetime.date | None = None) -> list[Staffing]:
    """A Staffing for each recipient place bound some day of the year, through `on` (default today)."""
    last = min(on or clock.today(), datetime.date(year, 12, 31))
    rows = Assignment.objects.visible_to(user).filter(
        place__programme=programme, place__part="recipient", status__in=BOUND
    )
    rows = rows.select_related("place__programme", "holder").order_by("place__code", "starts")
    bound = defaultdict(list)
    for row in rows.distinct():
        bound[row.place_id].append(row)
    serving = defaultdict(list)
    held = [row.pk for found in bound.values() for row in found]
    for one in Coordinator.objects.filter(assignment__in=held).order_by("starts", "pk"):
        serving[one.assignment_id].append(one)
    found = (_staffing(held_by, serving, year, last) for held_by in bound.values())
    return [row for row in found if row]


def _staffing(
    assignments: Sequence[Assignment],
    serving: Mapping[int, Sequence[Coordinator]],
    year: int,
    last: datetime.date,
) -> Staffing | None:
    days = [day for row in assignments for day in _days(row, year, last)]
    if not days:
        return None
    months, full_time = Decimal(0), Decimal(0)
    vacant: list[datetime.date] = []
    names: dict[str, None] = {}
    for day, assignment in days:
        one = _on_duty(serving[assignment.pk], day)
        if one is None:
            vacant.append(day)
            continue
        names[one.name] = None
        months += Decimal(1) / calendar.monthrange(day.year, day.month)[1]
        full_time += Decimal(one.share) / 100 / (366 if calendar.isleap(year) else 365)
    return Staffing(
        assignments[-1].place,
        str(days[-1][1].holder),
        tuple(names),
        len(days),
        months.quantize(Decimal("0.01")),
        full_time.quantize(Decimal("0.01")),
        tuple(_runs(vacant, last)),
    )


def _days(
    assignment: Assignment, year: int, last: datetime.date
) -> Iterator[tuple[datetime.date, Assignment]]:
    """(day, assignment) for each day of the year, through `last`, that the assignment binds."""
    day = max(assignment.starts, datetime.date(year, 1, 1))
    end = min(last, assignment.ends or last)
    while day <= end:
        yield day, assignment
        day += DAY


def _on_duty(appointments: Iterable[Coordinator], day: datetime.date) -> Coordinator | None:
    there = [row for row in appointments if row.serves_on(day)]
    ordinary = [row for row in there if row.function == Function.ORDINARY]
    return next(iter(ordinary or there), None)


def _runs(days: Sequence[datetime.date], last: datetime.date) -> Iterator[Vacancy]:
    """Consecutive days as vacancies; one that reaches `last` is not over."""
    start: datetime.date | None = None
    previous: datetime.date | None = None
    for day in [*days, None]:
        if start and (day is None or day != cast("datetime.date", previous) + DAY):
            yield Vacancy(
                start,
                None if previous == last else previous,
                (cast("datetime.date", previous) - start).days + 1,
            )
            start = None
        start, previous = start or day, day


COLUMNS = (
    Column("code", "Kod", value=lambda row: row.place.code),
    Column("place", "Plats", value=lambda row: row.place.name, link=lambda row: row.place.get_absolute_url()),
    Column("holder", "Aktör"),
    Column("names", "Namn", value=lambda row: ", ".join(row.names) or None),
    Column("months", "Bemannade månader", value=lambda row: f"{row.months}".replace(".", ",")),
    Column("full_time", "Årsarbetskrafter", value=lambda row: f"{row.full_time}".replace(".", ",")),
    Column("vacant", "Vakanta dagar", "int", value=lambda row: row.vacant_days, total=True),
    Column(
        "open",
        "Vakant sedan",
        "date",
        value=lambda row: row.open_vacancy and row.open_vacancy.starts,
    ),
)
