"""The last day to act, by lag (1930:173) om beräkning av lagstadgad tid, § 2."""

import datetime
from functools import cache

import holidays


@cache
def _free_days(year):
    return frozenset(holidays.Sweden(years=year, include_sundays=False, categories=("public", "de_facto")))


def is_working_day(day):
    """Not a Saturday, Sunday, public holiday, midsommarafton, julafton or nyårsafton."""
    return day.weekday() < 5 and day not in _free_days(day.year)


def last_day_to_act(day):
    """The day itself, or the next working day after it."""
    while not is_working_day(day):
        day += datetime.timedelta(days=1)
    return day


def last_working_day(day):
    """The day itself, or the nearest working day before it: what must be planned for a day that binds."""
    while not is_working_day(day):
        day -= datetime.timedelta(days=1)
    return day


def before_working_days(day, count):
    """The working day that is `count` working days before the day."""
    while count > 0:
        day -= datetime.timedelta(days=1)
        count -= is_working_day(day)
    return day


def after_working_days(day, count):
    """The working day that is `count` working days after the day."""
    while count > 0:
        day += datetime.timedelta(days=1)
        count -= is_working_day(day)
    return day
