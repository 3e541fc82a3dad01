"""What the trail tells of coordinators."""

from dataclasses import dataclass
from datetime import date

from records.happened import Happened


@dataclass(frozen=True, kw_only=True)
class CoordinatorAppointed(Happened):
    verb = "coordinator.appointed"

    ends: date | None
    share: int
    function: str


@dataclass(frozen=True, kw_only=True)
class CoordinatorEnded(Happened):
    verb = "coordinator.ended"

    before: date | None = None
    with_assignment: bool | None = None


@dataclass(frozen=True, kw_only=True)
class CoordinatorResumed(Happened):
    verb = "coordinator.resumed"

    ends: date | None
