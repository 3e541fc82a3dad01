"""A decision moves a year's days, or the last day of the open offers, and the open duties with them."""

import copy
import datetime
from collections.abc import Iterator, Sequence
from functools import partial
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from actors.models import User
from digikoord.lib.calendar import LastDay
from digikoord.lib.constraints import save
from duties.actions import obligations
from duties.actions.obligations import owe
from duties.models import Obligation
from records.actions import audit

from ..events.assignment import AssignmentAnswerDaySet
from ..events.year import YearDayChanged
from ..lifecycle.assignment import Status
from ..models import Amendment, Assignment, GovernmentDecision, ProgrammeYear, RepaymentClaim
from ..models.amendment import Day
from .effects import Effect

# The duties that follow a year's day; a repayment's own day follows it too
MOVING: dict[str, tuple[str, ...]] = {
    Day.REQUISITION_TO: ("requisition",),
    Day.REPORT_DUE: ("report",),
    Day.REPAY_DUE: ("repay",),
    Day.COMPILATION_DUE: ("deliver",),
}


def on_days(decision: GovernmentDecision, rows: Sequence[Amendment]) -> Iterator[Effect]:
    """One effect a day; a year's days are moved together, by the first of them."""
    waiting = {row.year_id: [other for other in rows if other.year_id == row.year_id] for row in rows}
    for row in rows:
        if row.field == Day.ANSWER_DUE:
            yield from _answer_days(decision, row)
            continue
        before, together = getattr(row.year, row.field), waiting.pop(row.year_id, [])
        duties = obligations.owed_on(decision.programme.code, MOVING.get(row.field, ()), before).count()
        if together:
            duties += sum(
                obligations.owed_on(decision.programme.code, (kind,), was).count()
                for kind, was, _ in _planned(cast("ProgrammeYear", row.year), together)
            )
        yield Effect(
            row.get_field_display(),
            str(row.year),
            before,
            row.day,
            "Oförändrat." if before == row.day and not duties else _moved(duties),
            "date",
            partial(_move_days, cast("ProgrammeYear", row.year), together, decision) if together else None,
        )


def _planned(
    year: ProgrammeYear, rows: Sequence[Amendment]
) -> list[tuple[str, datetime.date, datetime.date]]:
    """(kind of duty, its day, its new day) of what is planned back from the year's days and moves with them."""
    changed, days_of = copy.copy(year), import_string(settings.DAYS_OF_A_YEAR)
    for row in rows:
        setattr(changed, row.field, row.day)
    before, after = days_of(year), days_of(changed)
    return [(kind, day, after[kind]) for kind, day in before.items() if after[kind] != day]


def _moved(duties: int) -> str:
    return {0: "Ingen öppen skyldighet påverkas.", 1: "En öppen skyldighet flyttas."}.get(
        duties, f"{duties} öppna skyldigheter flyttas."
    )


def _move_days(
    year: ProgrammeYear, rows: Sequence[Amendment], decision: GovernmentDecision, *, by: User
) -> None:
    year = ProgrammeYear.objects.select_for_update(of=("self",)).get(pk=year.pk)
    before = {row.field: getattr(year, row.field) for row in rows}
    planned = _planned(year, rows)
    for row in rows:
        setattr(year, row.field, row.day)
    save(year)
    for row in rows:
        if before[row.field] != row.day:
            _move_day(year, row, before=before[row.field], decision=decision, by=by)
    for kind, was, day in planned:
        obligations.move(decision.programme.code, (kind,), before=was, due=day)


def _move_day(
    year: ProgrammeYear, row: Amendment, *, before: datetime.date, decision: GovernmentDecision, by: User
) -> None:
    obligations.move(
        decision.programme.code, MOVING.get(row.field, ()), before=before, due=cast("datetime.date", row.day)
    )
    if row.field == Day.COMPILATION_DUE:
        waiting = Obligation.objects.open().filter(programme=decision.programme.code, year=year.year)
        last = decision.programme.definition.last_day
        held, holds = (cast("LastDay", last("compilation", day)).day for day in (before, row.day))
        waiting.filter(limit=held).update(limit=holds)
    if row.field == Day.REPAY_DUE:
        open_claims = RepaymentClaim.objects.filter(tranche__year=year, due=before, closed_on__isnull=True)
        open_claims.update(due=row.day)
    audit.record(
        YearDayChanged(day=row.field, before=before, after=row.day, decision=decision),
        year,
        by=by,
    )


def _answer_days(decision: GovernmentDecision, row: Amendment) -> Iterator[Effect]:
    offered = Assignment.objects.filter(place__programme=decision.programme, status=Status.OFFERED)
    for one in offered.select_related("place__programme", "holder").order_by("place__code"):
        if one.answer_due != row.day:
            act = partial(_set_answer_day, one, cast("datetime.date", row.day))
            who = f"{one.place}, {one.holder}"
            yield Effect("Sista svarsdag", who, one.answer_due, row.day, "Påminns på nytt.", "date", act)


def _set_answer_day(assignment: Assignment, day: datetime.date, *, by: User) -> None:
    row = Assignment.objects.locked(assignment)
    row.answer_due = day
    save(row)
    audit.record(AssignmentAnswerDaySet(due=day), row, by=by)
    owe("answer", row, due=day)
