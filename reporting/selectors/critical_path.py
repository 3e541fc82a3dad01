"""Whether every report can be approved before the compilation is due: by place, and the compiler's own steps."""

import datetime
from dataclasses import dataclass

from actors.models import Obligation
from actors.roles import Role
from digikoord.lib import calendar, clock

from ..lifecycle.activity_report import Status
from ..models import CompilationVersion
from .readiness import MISSING, NOTHING_TO_REPORT, Reporting, reporting

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
    def slack(self):
        """Calendar days to spare before the compilation's day; negative: they are missing."""
        return (self.due - self.earliest).days if self.earliest else None

    @property
    def possible(self):
        return self.slack is None or self.slack >= 0

    @property
    def whose(self):
        return f"{self.duty.debtor}, {Role(self.duty.role).label}" if self.duty else ""

    @property
    def verdict(self):
        if self.row.approved:
            return "Godkänd"
        if self.earliest is None:
            return self.row.label
        if self.possible:
            return "Hinner"
        return "Hinner inte utan kortare handläggning"


@dataclass(frozen=True)
class OwnStep:
    """A step of the compiler's own: done, or the last day for it, counted back from the day."""

    label: str
    latest: datetime.date
    done_on: datetime.date | None

    @property
    def passed(self):
        return self.done_on is None and self.latest < clock.today()


@dataclass(frozen=True)
class CriticalPath:
    paths: tuple
    secretariat: Path | None
    steps: tuple
    due: datetime.date
    working_days: int

    @property
    def late(self):
        return [path for path in self.paths if not path.possible]

    @property
    def counts(self):
        """(state, label, how many) of the actors' reports, those that occur."""
        states = {path.row.state: path.row.label for path in self.paths}
        return [
            (state, label, sum(path.row.state == state for path in self.paths))
            for state, label in states.items()
        ]

    @property
    def approved(self):
        return sum(path.row.approved for path in self.paths)


def critical_path(year):
    """The year's reports on their way to the compilation, those in trouble first."""
    duties = {
        (duty.place, duty.kind): duty
        for duty in Obligation.objects.open()
        .filter(programme=year.programme.code, year=year.year, kind__in=MOVES.values())
        .select_related("debtor")
    }
    due = calendar.last_working_day(year.compilation_due)
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
        _own_steps(year, due),
        due,
        _working_days_left(due),
    )


def _path(row, duties, due, handling):
    if row.state in (Status.APPROVED, NOTHING_TO_REPORT):
        return Path(row, None, None, due)
    kind = MOVES[row.state]
    duty = duties.get((row.place.code, kind))
    begins = clock.today()
    if kind in ("review", "approve_report") and duty and duty.due:
        begins = max(begins, duty.due)  # its own handling days run already
    days = sum(handling.get(service, 5) for service in LEFT.get(kind, ()))
    return Path(row, duty, calendar.after_working_days(begins, days), due)


def _own_steps(year, due):
    """Freeze, establish, deliver: the last of them on the day, the handling days before it between the first two."""
    days = year.programme.definition.handling_days.get("compilation", 5)
    version = CompilationVersion.objects.filter(compilation__year=year).defer("pdf", "data").last()
    return (
        OwnStep("Frys", calendar.before_working_days(due, days), version and version.frozen_on),
        OwnStep("Fastställ", due, version and version.established_on),
        OwnStep("Överlämna", due, version and version.delivered_on),
    )


def _working_days_left(due):
    days = (due - clock.today()).days
    coming = (clock.today() + datetime.timedelta(days=n) for n in range(1, days + 1))
    return sum(calendar.is_working_day(day) for day in coming)
