"""An actor asks to be paid what it has been granted; the ministry approves or returns."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import partial
from typing import cast

from django.db import transaction

from actors.models import User
from digikoord.lib import clock, lifecycle, locks
from digikoord.lib.constraints import save
from digikoord.lib.money import kr
from digikoord.lib.verdict import ALLOWED, Refused, Verdict, refused
from duties.actions import obligations
from duties.actions.obligations import owe
from duties.selectors.extended import last_day
from records.actions import audit

from .. import books, permissions
from ..events.requisition import (
    RequisitionApproved,
    RequisitionCancelled,
    RequisitionReturned,
    RequisitionSubmitted,
    RequisitionWithdrawn,
    RequisitionWritten,
)
from ..lifecycle import requisition as table
from ..lifecycle.assignment import Status as AssignmentStatus
from ..lifecycle.tranche import Status as TrancheStatus
from ..models import Requisition, Tranche
from . import (
    effects,
    missing_people,
    payments,
    registered,
    requisition_drafts,
    tranche_changes,
    tranches,
)
from .effects import Effect


@transaction.atomic
def write(tranche: Tranche, *, by: User, amount: Decimal, reference: str = "") -> Requisition:
    """Write a draft requisition of the amount (kronor). It is not received until submitted."""
    tranche = Tranche.objects.locked(tranche)
    permissions.can_write_requisition(by, tranche).require()
    is_open(tranche).require()
    row = Requisition(tranche=tranche, amount=amount, reference=reference, written_by=by)
    row.written_for = tranche.holder
    require_room(row)
    save(row)
    audit.record(RequisitionWritten(amount=row.amount), row, by=by)
    owe("submit_requisition", row)
    return row


@transaction.atomic
def submit(
    requisition: Requisition, *, by: User, amount: Decimal | None = None, reference: str | None = None
) -> Requisition:
    """Submit, or submit again after a return; amount and reference may be changed at the same time."""
    row = Requisition.objects.locked(requisition)
    permissions.can_submit_requisition(by, row).require()
    lifecycle.advance(row, "submit")
    row.amount = row.amount if amount is None else amount
    row.reference = row.reference if reference is None else reference
    is_open(row.tranche).require()
    require_room(row)
    row.submitted_by, row.submitted_on = by, clock.today()
    row.received_late = is_late(row.tranche)
    save(row)
    audit.record(RequisitionSubmitted(amount=row.amount, late=row.received_late), row, by=by)
    obligations.close("requisition", row.tranche)
    for kind in ("submit_requisition", "correct_requisition"):
        obligations.close(kind, row)
    owe("approve_requisition", row)
    drop_drafts_without_room(row)
    missing_people.look(row)
    registered.of_requisition(row, by=by)
    return row


@locks.part_of_act
def drop_drafts_without_room(received: Requisition) -> None:
    """The other drafts of the amount fall away where what has just been received leaves them nothing to ask for."""
    tranche = received.tranche
    if not room(tranche) or not tranche.programme.definition.programme.several_requisitions:
        why = "Årsbeloppet är rekvirerat genom en annan rekvisition."
        requisition_drafts.fall_away(tranche, why=why, besides=received.pk)


@transaction.atomic
def return_(requisition: Requisition, *, by: User, reason: str) -> Requisition:
    """Send it back to the actor, with the reason."""
    row = Requisition.objects.locked(requisition)
    permissions.can_return_requisition(by, row).require()
    lifecycle.advance(row, "return")
    row.returned_reason = reason
    save(row)
    audit.record(RequisitionReturned(reason=reason), row, by=by)
    obligations.close("approve_requisition", row)
    owe("correct_requisition", row)
    missing_people.look(row)
    return row


@transaction.atomic
def withdraw(requisition: Requisition, *, by: User) -> Requisition:
    """Take back what has not been approved."""
    row = Requisition.objects.locked(requisition)
    permissions.can_withdraw_requisition(by, row).require()
    lifecycle.advance(row, "withdraw")
    save(row)
    audit.record(RequisitionWithdrawn(amount=row.amount), row, by=by)
    for kind in ("submit_requisition", "approve_requisition", "correct_requisition"):
        obligations.void(kind, row, "Rekvisitionen är återtagen.")
    missing_people.look(row)
    _owe_again(row.tranche)
    return row


def _owe_again(tranche: Tranche) -> None:
    """The amount is to be requisitioned again, where it still can be and nothing else of it is asked for."""
    if can_be_requisitioned(tranche) and not tranche_changes.is_claimed(tranche):
        owe("requisition", tranche, due=tranche.year.requisition_to)


@transaction.atomic
def approve(requisition: Requisition, *, by: User) -> Requisition:
    """Approve for payment; a payment of the same amount is prepared."""
    row = Requisition.objects.locked(requisition)
    permissions.can_approve(by, row).require()
    lifecycle.advance(row, "approve")
    is_open(row.tranche).require()
    row.approved_by, row.approved_on = by, clock.today()
    save(row)
    audit.record(RequisitionApproved(amount=row.amount), row, by=by)
    obligations.close("approve_requisition", row)
    missing_people.look(row)
    payments.prepare(row, by=by)
    return row


@transaction.atomic
def approve_many(requisitions: Iterable[Requisition], *, by: User) -> list[Requisition]:
    """Approve all or none."""
    rows = sorted(requisitions, key=lambda row: (row.tranche.year_id, row.tranche.place_id, row.pk))
    return [approve(row, by=by) for row in rows]


@transaction.atomic
def cancel(requisition: Requisition, *, by: User, reason: str, seen: str | None = None) -> Requisition:
    """Cancel an approved requisition whose payment has been cancelled, or a returned one that the actor does not correct.

    `seen` is the seal of the effects that were read.
    """
    row = Requisition.objects.locked(requisition)
    permissions.can_handle_requisitions(by, row).require()
    has_no_payment(row).require()
    lifecycle.can(row, "cancel").require()
    effects.require_seen(cancelling(row), seen)
    lifecycle.advance(row, "cancel")
    save(row)
    audit.record(RequisitionCancelled(reason=reason, amount=row.amount), row, by=by)
    obligations.void("correct_requisition", row, "Rekvisitionen är makulerad.")
    if row.tranche.status == TrancheStatus.CLOSED:  # a return of what was paid, in a year that is over
        _end_year(row.tranche, by)
    else:
        _owe_again(row.tranche)
    return row


def _end_year(tranche: Tranche, by: User) -> None:
    tranche = Tranche.objects.locked(tranche)
    if not tranche_changes.is_claimed(tranche):
        tranches.settle_if_even(tranche, by=by)
        books.account_taken_back(tranche, by=by)


def cancelling(row: Requisition) -> Iterator[Effect]:
    """What cancelling the requisition does: it no longer stands, and its money can be asked for again."""
    make = partial(lifecycle.advance, name="cancel")
    after, sets = effects.change(row, make)
    what, who = f"Rekvisition {row.year} på {kr(row.amount)}", f"{row.tranche.place}, {row.tranche.holder}"
    others = [
        one for one in row.tranche.requisitions.all() if one.pk != row.pk and one.status in table.RECEIVED
    ]
    key, status = row.subject().key, row.get_status_display()
    ends = ("correct_requisition",)
    yield effects.Effect(
        what, who, status, after.get_status_display(), "Makuleras.", key=key, sets=sets, ends=ends
    )
    if can_be_requisitioned(row.tranche) and not others:
        now = tranche_changes.told(row.tranche)
        again = "Kan rekvireras på nytt."
        key, owes = row.tranche.subject().key, ("requisition",)
        yield effects.Effect(f"Årsbelopp {row.year}", who, now, now, again, key=key, owes=owes)
    elif row.tranche.status == TrancheStatus.CLOSED and not others and tranches.balance(row.tranche).is_even:
        ended, sets = effects.change(row.tranche, tranche_changes.settled)
        key = row.tranche.subject().key
        before, then = tranche_changes.told(row.tranche), tranche_changes.told(ended)
        yield effects.Effect(f"Årsbelopp {row.year}", who, before, then, "Slutregleras.", key=key, sets=sets)


def has_no_payment(row: Requisition) -> Verdict:
    """A requisition can be cancelled once its payment has been."""
    if row.payments.exclude(status="cancelled").exists():
        return refused("Makulera utbetalningen först.")
    return ALLOWED


def is_late(tranche: Tranche) -> bool:
    """Whether today is past the last day to requisition (lag 1930:173 § 2), the year's or one given by extension."""
    return clock.today() > last_day("requisition", tranche, tranche.year.to_requisition).day


def room(tranche: Tranche, *, besides: int | None = None) -> Decimal | int:
    """What is left to requisition, in kronor. A draft takes nothing: nobody has received it."""
    claims = tranche.requisitions.filter(status__in=table.RECEIVED)
    asked: Decimal | int = sum(row.amount for row in claims.exclude(pk=cast("int", besides)))
    return (tranche.amount or 0) - asked


def require_room(row: Requisition) -> None:
    """No more than is left, and once a year where the programme says so."""
    left = room(row.tranche, besides=row.pk)
    if row.amount > left:
        raise Refused(f"Av årsbeloppet finns {kr(left)} kvar att rekvirera.")
    others = row.tranche.requisitions.exclude(pk=row.pk).filter(status__in=table.RECEIVED)
    if others.exists() and not row.programme.definition.programme.several_requisitions:
        raise Refused("Årets medel har redan rekvirerats. Programmet betalar en gång om året.")


def can_be_requisitioned(tranche: Tranche) -> bool:
    """Whether the amount is granted to somebody who can ask for it, be it now or later."""
    held = tranche.assignment.status in (AssignmentStatus.IN_FORCE, AssignmentStatus.TRANSFERRED)
    return tranche.status == TrancheStatus.GRANTED and held


def is_open(tranche: Tranche) -> Verdict:
    """Whether the tranche's money can be requisitioned now."""
    if tranche.status != TrancheStatus.GRANTED:
        status = tranche.get_status_display().lower()
        return refused(f"Årsbeloppet är {status}. Bara beviljade medel kan rekvireras.")
    if tranche.assignment.status not in (AssignmentStatus.IN_FORCE, AssignmentStatus.TRANSFERRED):
        return refused(f"{tranche.holder} har inget gällande uppdrag.")
    opens = tranche.year.requisition_from
    if opens and clock.today() < opens:
        return refused(f"Rekvisition kan göras från och med {opens}.")
    return ALLOWED
