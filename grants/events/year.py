"""What the trail tells of years."""

from dataclasses import dataclass
from datetime import date

from records.happened import Happened, Named

from ..models.amendment import Day


@dataclass(frozen=True, kw_only=True)
class YearDayChanged(Happened):
    verb = "year.day_changed"
    words = {"day": dict(Day.choices)}

    day: str
    before: date | None
    after: date | None
    decision: Named
