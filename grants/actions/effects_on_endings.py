"""An assignment or an offer ends: what becomes of it, of who keeps the function, and of its unpaid amounts."""

import datetime
from collections.abc import Callable, Iterator
from functools import partial

from actors.models import User
from digikoord.lib import clock, lifecycle
from programmes.programme_file import COORDINATOR

from ..lifecycle.tranche import Status
from ..models import Assignment, Tranche
from . import requisition_drafts, tranche_changes, tranches
from .effects import Effect, change

NO_HOLDER = "Uppdraget gäller inte längre."


def revoked(row: Assignment) -> None:
    lifecycle.advance(row, "revoke")
    row.ends = clock.today()


def revoking(assignment: Assignment) -> Iterator[Effect]:
    """Everything that revoking does today, in the order it is done."""
    yield of_assignment(assignment, revoked, "Upphör i dag.", ends=("appoint",))
    yield from of_coordinators(assignment, clock.today())
    yield from of_amounts(assignment, "Uppdraget är upphävt.")


def ending(assignment: Assignment, move: str, why: str) -> Iterator[Effect]:
    """An offer ends without having been accepted: `move` is decline, lapse or annul."""
    make = partial(lifecycle.advance, name=move)
    yield of_assignment(assignment, make, why, ends=("answer",))
    yield from of_amounts(assignment, why)


def concluding(assignment: Assignment) -> Iterator[Effect]:
    make = partial(lifecycle.advance, name="conclude")
    yield of_assignment(assignment, make, "Alla år är slutreglerade.", ends=("conclude",))


def of_assignment(
    assignment: Assignment,
    make: Callable[[Assignment], None],
    sentence: str,
    *,
    ends: tuple[str, ...] = (),
    owes: tuple[str, ...] = (),
) -> Effect:
    after, sets = change(assignment, make)
    what, who = assignment.get_instrument_display().capitalize(), f"{assignment.place}, {assignment.holder}"
    return Effect(
        what,
        who,
        _told(assignment),
        _told(after),
        sentence,
        key=assignment.subject().key,
        sets=sets,
        ends=ends,
        owes=owes,
    )


def _told(assignment: Assignment) -> str:
    until = f", till och med {assignment.ends}" if assignment.ends else ""
    return f"{assignment.get_status_display()}{until}"


def of_coordinators(assignment: Assignment, last_day: datetime.date) -> Iterator[Effect]:
    """Who keeps the function stops with the assignment."""
    open_rows = assignment.coordinators.overlapping(last_day, None).filter(starts__lte=last_day)
    for row in open_rows.exclude(ends=last_day).order_by("pk"):
        yield Effect(
            (assignment.keeps_function or COORDINATOR).one.capitalize(),
            row.name,
            row.ends,
            last_day,
            "Slutar med uppdraget.",
            "date",
            key=row.subject().key,
        )


def of_amounts(assignment: Assignment, why: str) -> Iterator[Effect]:
    """What is unpaid is cancelled, what is requisitioned or paid is left, and what is only begun falls away."""
    for row in amounts(assignment):
        if is_unpaid(row):
            act = partial(tranches.cancel, row, why=why)
            ends = tranche_changes.OF_AN_OPEN_YEAR
            yield tranche_changes.effect(row, tranche_changes.cancelled, "Ställs in.", act=act, ends=ends)
        elif row.status not in (Status.CANCELLED, Status.SETTLED):
            forget = partial(_forget_drafts, row) if requisition_drafts.drafts_of(row) else None
            yield tranche_changes.left(row, tranche_changes.why_untouched(row), act=forget)
        else:
            continue
        yield from requisition_drafts.effects(row, why)


def _forget_drafts(row: Tranche, *, by: User) -> None:
    requisition_drafts.fall_away(Tranche.objects.locked(row), why=NO_HOLDER)


def unpaid(assignment: Assignment) -> list[Tranche]:
    """The amounts that end with the holder: nothing of them is paid or requisitioned."""
    return [row for row in amounts(assignment) if is_unpaid(row)]


def is_unpaid(row: Tranche) -> bool:
    return bool(lifecycle.can(row, "cancel")) and not tranche_changes.is_claimed(row)


def amounts(*assignments: Assignment) -> list[Tranche]:
    """The amounts that they hold, by year, with what tells whether they are claimed."""
    rows = Tranche.objects.filter(assignment__in=assignments).order_by("year__year")
    rows = rows.select_related("year__programme", "place__programme", "assignment__holder")
    return list(rows.prefetch_related("requisitions"))


def restoring(assignment: Assignment) -> Iterator[Effect]:
    """The cancelled amounts come back, to open or to waiting for their condition."""
    for row in amounts(assignment):
        if row.status == Status.CANCELLED:
            act = partial(tranches.restore, row)
            yield tranche_changes.effect(row, tranche_changes.restored, "Återställs.", act=act)
