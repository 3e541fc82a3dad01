"""From the day that the reports are due to the day that the compilation is handed over: one plan, reckoned backwards.

Readiness, duties and letters all read it here. The steps are given the programme file's working days; where there are fewer
between the two days, each is shortened in the same proportion [D].
"""

import datetime
from dataclasses import dataclass
from typing import Protocol, cast

from digikoord.lib import calendar, clock
from grants.models import ProgrammeYear
from programmes.models import Matter

# What is done between the two days, in order, and the service whose handling days it is given
STEPS = (
    ("review", "activity_report"),
    ("approve_report", "approval"),
    ("check_facts", "supplement"),
    ("establish", "compilation"),
)
LABELS = {
    "review": "Granska redovisningarna",
    "approve_report": "Godkänn dem och skicka sidorna för faktagranskning",
    "compile": "Ta emot svaren på faktagranskningen och frys",
    "establish": "Fastställ",
    "deliver": "Överlämna",
}
# Duties whose day is that of another step: what is asked for again, and what is objected to, must still be frozen
SAME = {
    "supplement": "check_facts",
    "compile": "check_facts",
    "handle_objection": "check_facts",
    "deliver": "establish",
}
OWN = ("review", "approve_report", "compile", "handle_objection", "establish")
LEFT_TO_REVIEW = 2  # calendar days that a reviewer keeps when the plan's own days have passed


class PlannedMatter(Matter, Protocol):
    """What belongs to a year, which has a plan."""

    @property
    def year(self) -> ProgrammeYear: ...


@dataclass(frozen=True)
class Plan:
    """The last day of each step, and the day of it all, which is a working day."""

    days: dict[str, datetime.date]
    due: datetime.date

    def last(self, kind: str) -> datetime.date | None:
        """The last day of a duty of the kind; None where the plan has none."""
        return self.days.get(SAME.get(kind, kind))

    def within(self, kind: str, day: datetime.date) -> datetime.date:
        """The handling day `day`, made earlier where the plan asks for it: by its own day, or where that has passed by the
        days that are left. Where all has passed, the handling day itself."""
        today = clock.today()
        latest = calendar.last_working_day(self.due - datetime.timedelta(days=LEFT_TO_REVIEW))
        for limit in (self.last(kind), latest, self.due):
            if limit and limit > today:
                return min(day, limit)
        return min(day, self.due) if today <= self.due else day


def plan(year: ProgrammeYear) -> Plan:
    """The year's plan; its programme must be loaded."""
    definition = year.programme.definition
    due = calendar.last_working_day(year.to_compile.day)
    spans = [definition.handling_days.get(service, 5) for _, service in STEPS]
    room = calendar.working_days_between(year.to_report.day, due)
    asked = sum(spans)
    days, left = {}, asked
    for (kind, _), span in zip(STEPS, spans, strict=True):
        left -= span
        days[kind] = calendar.before_working_days(due, left if asked <= room else left * room // asked)
    return Plan(days, due)


def handled(row: Matter, service: str) -> datetime.date:
    """The handling day of what is asked for today: so many working days as the programme file gives the service."""
    days = row.programme.definition.handling_days.get(service, 5)
    return calendar.after_working_days(clock.today(), days)


def planned(kind: str, row: PlannedMatter, service: str) -> datetime.date | None:
    """The last day of a duty of the kind that is asked for today: its handling day, within the plan of the row's year. None
    where the plan has none."""
    found = plan(row.year)
    return found.within(kind, handled(row, service)) if found.last(kind) else None


def days_of(year: ProgrammeYear) -> dict[str, datetime.date]:
    """{kind of duty: its day} of what the authority does itself: it moves when a decision moves the year's own days. A day
    that an actor has been told stays."""
    found = plan(year)
    return {kind: cast("datetime.date", found.last(kind)) for kind in OWN}
