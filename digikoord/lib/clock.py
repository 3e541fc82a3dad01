"""What day it is. In rehearsal the day is set; nobody else may ask the system clock."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import timezone

# What everything made in a rehearsal bears
MARK = "ÖVNING – PÅHITTADE UPPGIFTER"
_standing: ContextVar[datetime.date | None] = ContextVar("standing", default=None)


def today() -> datetime.date:
    """The day in Europe/Stockholm, or the day the rehearsal stands at."""
    return _standing.get() or timezone.localdate()


def now() -> datetime.datetime:
    """An aware moment: the real time of day, on the day the clock stands at."""
    moment = timezone.localtime()
    day = _standing.get()
    if day is None:
        return moment
    # Through wall-clock time, so that a summer-time night gives a moment that exists.
    naive = datetime.datetime.combine(day, moment.time())
    return timezone.make_aware(naive)


@contextmanager
def standing_at(day: datetime.date | None) -> Iterator[None]:
    """Let the clock stand at `day` (None: run freely) for this thread of work."""
    token = _standing.set(day)
    try:
        yield
    finally:
        _standing.reset(token)


def in_rehearsal() -> bool:
    """Whether the clock is set, which only the rehearsal (and a test) does."""
    return _standing.get() is not None


def mark() -> str:
    """The mark that everything made in rehearsal bears; empty in real operation."""
    return MARK if in_rehearsal() else ""
