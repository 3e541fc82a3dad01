"""The last day to act: as a decision names it, and as it holds where it falls on a free day."""

import datetime
from dataclasses import dataclass
from functools import cache

import holidays

LAW = "lag (1930:173) om beräkning av lagstadgad tid"


@cache
def _free_days(year: int) -> frozenset[datetime.date]:
    days = holidays.Sweden(  # type: ignore[attr-defined]  # the module finds its countries when they are asked for
        years=year, include_sundays=False, categories=("public", "de_facto")
    )
    return frozenset(days)


def is_working_day(day: datetime.date) -> bool:
    """Not a Saturday, Sunday, public holiday, midsommarafton, julafton or nyårsafton."""
    return day.weekday() < 5 and day not in _free_days(day.year)


@dataclass(frozen=True)
class LastDay:
    """`decided` as the decision says; `day`, the one that holds; `ground`, why a free day gives way to the next weekday,
    empty where it does not."""

    decided: datetime.date
    ground: str = LAW

    @property
    def day(self) -> datetime.date:
        return last_day_to_act(self.decided) if self.ground else self.decided

    @property
    def moved(self) -> bool:
        return self.day != self.decided


def working_days_between(first: datetime.date, last: datetime.date) -> int:
    """How many come after the first day, through the last."""
    coming = (first + datetime.timedelta(days=n) for n in range(1, (last - first).days + 1))
    return sum(is_working_day(day) for day in coming)


def last_day_to_act(day: datetime.date) -> datetime.date:
    """The day itself, or the next working day after it."""
    while day < datetime.date.max and not is_working_day(day):
        day += datetime.timedelta(days=1)
    return day


def last_working_day(day: datetime.date) -> datetime.date:
    """The day itself, or the nearest working day before it: what must be planned for a day that binds."""
    while not is_working_day(day):
        day -= datetime.timedelta(days=1)
    return day


def before_working_days(day: datetime.date, count: int) -> datetime.date:
    """The working day that is `count` working days before the day."""
    while count > 0:
        day -= datetime.timedelta(days=1)
        count -= is_working_day(day)
    return day


def after_working_days(day: datetime.date, count: int) -> datetime.date:
    """The working day that is `count` working days after the day."""
    while count > 0:
        day += datetime.timedelta(days=1)
        count -= is_working_day(day)
    return day
