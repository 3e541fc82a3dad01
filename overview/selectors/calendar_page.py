"""The programme's calendar: the duties that a person may read, and the days that are everybody's."""

from __future__ import annotations

import calendar as months
import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from django.urls import reverse

from digikoord.lib import calendar, clock
from duties.models import Obligation
from duties.selectors.duties import codes_read
from grants.selectors.years import days_of

if TYPE_CHECKING:
    from actors.models import User
    from programmes.models import Programme


@dataclass(frozen=True)
class Entry:
    """One line of a day: a duty, or a day of the programme's own (then nobody owes it)."""

    day: datetime.date
    due: datetime.date
    label: str
    who: str = ""
    place: str = ""
    url: str = ""
    outcome: str = ""
    kind: str = "common"

    @property
    def closed(self) -> bool:
        return bool(self.outcome)


@dataclass(frozen=True)
class Day:
    day: datetime.date
    entries: tuple[Entry, ...]
    in_month: bool

    @property
    def free(self) -> bool:
        return not calendar.is_working_day(self.day)

    @property
    def is_today(self) -> bool:
        return self.day == clock.today()


def entries_of(
    user: User, programme: Programme, *, closed: bool = False, kind: str = "", county: str = ""
) -> list[Entry]:
    """In order of day. Three questions whatever the data."""
    rows = Obligation.objects.visible_to(user, codes_read(user)).filter(programme=programme.code)
    rows = rows.filter(act_by__isnull=False).select_related("debtor")
    rows = rows if closed else rows.open()
    rows = rows.filter(kind=kind) if kind else rows
    rows = rows.filter(place=county) if county else rows
    found = [_of_duty(row) for row in rows]
    if not kind and not county:
        found += _common(programme)
    return sorted(found, key=lambda row: (row.day, row.label, row.place))


def _of_duty(row: Obligation) -> Entry:
    url = reverse("duties:duty_detail", args=[row.pk])
    act_by, due = cast("datetime.date", row.act_by), cast("datetime.date", row.due)
    return Entry(act_by, due, row.label, str(row.debtor), row.place_label, url, row.outcome, row.kind)


def _common(programme: Programme) -> Iterator[Entry]:
    for year in programme.years.order_by("year"):
        for day in days_of(year):
            url = reverse("grants:year_detail", args=[programme.code, year.year])
            yield Entry(
                cast("datetime.date", day.day),
                cast("datetime.date", day.due),
                f"{year}: {day.label}",
                url=url,
            )


def month(entries: Iterable[Entry], first: datetime.date) -> list[list[Day]]:
    """The month's weeks, Monday first: a Day for each day shown."""
    by_day: dict[datetime.date, list[Entry]] = {}
    for row in entries:
        by_day.setdefault(row.day, []).append(row)
    weeks = months.Calendar().monthdatescalendar(first.year, first.month)
    return [
        [Day(day, tuple(by_day.get(day, ())), day.month == first.month) for day in week] for week in weeks
    ]
