"""Who keeps the function: appointments that follow each other without overlapping."""

import datetime
from collections.abc import Iterator
from typing import Any, cast

from django.db import transaction

from actors.models import User
from digikoord.lib import clock, locks
from digikoord.lib.constraints import save
from digikoord.lib.verdict import Refused
from duties.actions import obligations
from duties.actions.obligations import owe
from programmes.programme_file.shape import Function as Keeps
from records.actions import audit
from records.models import Event

from .. import permissions
from ..events.coordinator import CoordinatorAppointed, CoordinatorEnded, CoordinatorResumed
from ..lifecycle.assignment import Status
from ..models import Assignment, Coordinator, Function


@transaction.atomic
def appoint(assignment: Assignment, *, by: User, **appointment: Any) -> Coordinator:  # fields of Coordinator
    """Appoint a coordinator; the fields are those of Coordinator."""
    assignment = Assignment.objects.locked(assignment)
    permissions.can_appoint(by, assignment).require()
    if not assignment.binding:
        raise Refused(
            f"{cast('Keeps', assignment.keeps_function).one.capitalize()} utses när uppdraget gäller."
        )
    row = Coordinator(assignment=assignment, appointed_by=by, **appointment)
    _require_within(assignment, row)
    _require_alone(row)
    save(row)
    keeps = cast("Keeps", assignment.keeps_function).one
    audit.record(
        CoordinatorAppointed(ends=row.ends, share=row.share, function=keeps), row, by=by, on=row.starts
    )
    if row.function == Function.ORDINARY and (row.ends is None or row.ends >= clock.today()):
        obligations.close("appoint", assignment)
        _owe_next(row)
    return row


@transaction.atomic
def end(coordinator: Coordinator, *, by: User, ends: datetime.date) -> Coordinator:
    """Set the appointment's last day. Without a next one, the function is vacant."""
    row = Coordinator.objects.locked(coordinator)
    permissions.can_appoint(by, row.assignment).require()
    if row.ends is not None and row.ends <= clock.today():
        raise Refused("Förordnandet har redan upphört.")
    row.ends = ends
    _require_within(row.assignment, row)
    _require_alone(row)
    save(row)
    audit.record(CoordinatorEnded(), row, by=by, on=ends)
    if row.assignment.status == Status.IN_FORCE:
        _owe_next(row)
    return row


def _owe_next(row: Coordinator) -> None:
    """An appointment that ends before the assignment does, with nobody after it, leaves a vacancy to fill."""
    last = row.assignment.ends
    if row.ends and (last is None or row.ends < last) and not _has_next(row):
        owe("appoint", row.assignment, due=row.ends)


@locks.part_of_act
def end_with(assignment: Assignment, *, by: User) -> None:
    """End the open appointments on the assignment's own last day, as a consequence of its end."""
    open_rows = assignment.coordinators.overlapping(cast("datetime.date", assignment.ends), None)
    for row in open_rows.filter(starts__lte=assignment.ends).exclude(ends=assignment.ends):
        before, row.ends = row.ends, assignment.ends
        save(row)
        audit.record(CoordinatorEnded(before=before, with_assignment=True), row, by=by, on=row.ends)


@locks.part_of_act
def reopen_with(assignment: Assignment, *, by: User) -> None:
    """Give back the last days that `end_with` took, when the assignment's end is undone."""
    for row, before in given_back(assignment):
        row.ends = before
        save(row)
        audit.record(CoordinatorResumed(ends=row.ends), row, by=by, on=clock.today())


def given_back(assignment: Assignment) -> Iterator[tuple[Coordinator, datetime.date | None]]:
    """(appointment, its last day again) of those that ended with the assignment."""
    rows = {row.subject().key: row for row in assignment.coordinators.all()}
    ended = Event.objects.filter(key__in=rows, verb=CoordinatorEnded.verb).order_by("pk")
    for key, event in {event.key: event for event in ended}.items():
        if event.facts.get("with_assignment"):
            before = event.facts.get("before")
            yield rows[key], before and datetime.date.fromisoformat(before)


def _require_within(assignment: Assignment, row: Coordinator) -> None:
    inside = row.starts >= assignment.starts and (
        assignment.ends is None or (row.ends or row.starts) <= assignment.ends
    )
    if not inside:
        raise Refused(
            f"Förordnandet ligger utanför uppdragets tid, {assignment.starts}–{assignment.ends or ''}.",
            field="starts" if row.starts < assignment.starts else "ends" if row.ends else "starts",
        )


def _require_alone(row: Coordinator) -> None:
    """No other ordinary appointment of the same function has a day in common with this one."""
    if row.function != Function.ORDINARY or (row.ends and row.ends < row.starts):
        return
    others = row.assignment.coordinators.filter(function=Function.ORDINARY).exclude(pk=row.pk)
    other = others.overlapping(row.starts, row.ends).first()
    if other:
        until = f"till {other.ends}" if other.ends else "tills vidare"
        raise Refused(
            f"{other.name} är {cast('Keeps', other.assignment.keeps_function).one} från {other.starts} {until}. "
            "Avsluta det förordnandet först, eller välj andra dagar.",
            field="starts",
        )


def _has_next(row: Coordinator) -> bool:
    after = cast("datetime.date", row.ends) + datetime.timedelta(days=1)
    return (
        row.assignment.coordinators.filter(function=Function.ORDINARY)
        .exclude(pk=row.pk)
        .overlapping(after, None)
        .exists()
    )
