"""Whether every report can be approved before the compilation is due: by place, and the compiler's own steps."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from actors.roles import Role
from digikoord.lib import calendar, clock
from duties.models import Obligation

from ..lifecycle.activity_report import Status
from ..models import CompilationVersion
from ..plan import LABELS, plan
from .readiness import MISSING, NOTHING_TO_REPORT, Reporting, reporting

if TYPE_CHECKING:
    from grants.models import ProgrammeYear

    from ..models import ActivityReport
    from ..plan import Plan


MOVES = {
    MISSING: "report",
    Status.RETURNED.value: "supplement",
    Status.SUBMITTED.value: "review",
    Status.REVIEWED.value: "approve_report",
}
# The programme file's handling days that are left after each move
LEFT = {
    "report": ("activity_report", "approval"),
    "supplement": ("activity_report", "approval"),
    "review": ("approval",),
}


@dataclass(frozen=True)
class Path:
    """One place's way to an approved report. `duty` is the next move, `earliest` when it can be approved."""

    row: Reporting
    duty: Obligation | None
    earliest: datetime.date | None
    due: datetime.date

    @property
    def slack(self) -> int | None:
        """Calendar days to spare before the compilation's day; negative: they are missing."""
        return (self.due - self.earliest).days if self.earliest else None

    @property
    def possible(self) -> bool:
        return self.slack is None or self.slack >= 0

    @property
    def whose(self) -> str:
        return f"{self.duty.debtor}, {Role(self.duty.role).label}" if self.duty else ""

    @property
    def verdict(self) -> str:
        if self.row.approved:
            return "Godkänd"
        if self.earliest is None:
            return self.row.label
        if self.possible:
            return "Hinner"
        return "Hinner inte utan kortare handläggning"


@dataclass(frozen=True)
class OwnStep:
    """A step of the plan: done, or the last day for it."""

    label: str
    latest: datetime.date
    done_on: datetime.date | None

    @property
    def passed(self) -> bool:
        return self.done_on is None and self.latest < clock.today()


@dataclass(frozen=True)
class CriticalPath:
    paths: tuple[Path, ...]
    secretariat: Path | None
    steps: tuple[OwnStep, ...]
    due: datetime.date
    working_days: int

    @property
    def late(self) -> list[Path]:
        return [path for path in self.paths if not path.possible]

    @property
    def counts(self) -> list[tuple[str, str, int]]:
        """(state, label, how many) of the actors' reports, those that occur."""
        states = {path.row.state: path.row.label for path in self.paths}
        return [
            (state, label, sum(path.row.state == state for path in self.paths))
            for state, label in states.items()
        ]

    @property
    def approved(self) -> int:
        return sum(path.row.approved for path in self.paths)


def critical_path(year: ProgrammeYear) -> CriticalPath:
    """The year's reports on their way to the compilation, those in trouble first."""
    duties = {
        (duty.place, duty.kind): duty
        for duty in Obligation.objects.open()
        .filter(programme=year.programme.code, year=year.year, kind__in=MOVES.values())
        .select_related("debtor")
    }
    planned = plan(year)
    due = planned.due
    paths = [
        _path(row, duties, due, year.programme.definition.handling_days)
        for row in reporting(year, versions=None)
    ]
    actors = [path for path in paths if not path.row.place.is_secretariat]
    return CriticalPath(
        tuple(
            sorted(
                actors, key=lambda path: (path.row.approved, path.slack if path.slack is not None else 999)
            )
        ),
        next((path for path in paths if path.row.place.is_secretariat), None),
        _own_steps(year, planned, actors),
        due,
        calendar.working_days_between(clock.today(), due),
    )


def _path(
    row: Reporting,
    duties: Mapping[tuple[str, str], Obligation],
    due: datetime.date,
    handling: Mapping[str, int],
) -> Path:
    if row.state in (Status.APPROVED, NOTHING_TO_REPORT):
        return Path(row, None, None, due)
    kind = MOVES[row.state]
    duty = duties.get((row.place.code, kind))
    begins = clock.today()
    if kind in ("review", "approve_report") and duty and duty.due:
        begins = max(begins, duty.due)  # its own handling days run already
    days = sum(handling.get(service, 5) for service in LEFT.get(kind, ()))
    return Path(row, duty, calendar.after_working_days(begins, days), due)


def _own_steps(year: ProgrammeYear, planned: Plan, actors: Sequence[Path]) -> tuple[OwnStep, ...]:
    """The plan's steps, each with the day it was done on: of the reports, when the last was approved."""
    version = CompilationVersion.objects.filter(compilation__year=year).defer("pdf", "data").last()
    approved = [
        cast("datetime.date", cast("ActivityReport", path.row.report).approved_on)
        for path in actors
        if path.row.approved
    ]
    all_approved = max(approved, default=None) if len(approved) == len(actors) else None
    done = {
        "review": all_approved,
        "approve_report": all_approved,
        "compile": version.frozen_on if version else None,
        "establish": version.established_on if version else None,
        "deliver": version.delivered_on if version else None,
    }
    return tuple(
        OwnStep(label, cast("datetime.date", planned.last(kind)), done[kind])
        for kind, label in LABELS.items()
    )
