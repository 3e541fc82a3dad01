"""An actor asks to be paid what it has been granted; the ministry approves or returns."""

from django.db import transaction

from actors.actions import audit, obligations
from digikoord.lib import clock, lifecycle
from digikoord.lib.constraints import save
from digikoord.lib.money import kr
from digikoord.lib.verdict import ALLOWED, Refused, refused

from .. import books, permissions
from ..duties import owe
from ..lifecycle import requisition as table
from ..lifecycle.assignment import Status as AssignmentStatus
from ..lifecycle.tranche import Status as TrancheStatus
from ..models import Requisition, Tranche
from ..selectors.extended import last_day
from . import missing_people, payments, registrations, tranches


@transaction.atomic
def write(tranche, *, by, amount, reference=""):
    """Write a draft requisition of the amount (kronor). It is not received until submitted."""
    tranche = Tranche.objects.locked(tranche)
    permissions.can_write_requisition(by, tranche).require()
    is_open(tranche).require()
    row = Requisition(tranche=tranche, amount=amount, reference=reference, written_by=by)
    require_room(row)
    save(row)
    audit.record("requisition.written", row, by=by, amount=row.amount)
    owe("submit_requisition", row)
    return row


@transaction.atomic
def submit(requisition, *, by, amount=None, reference=None):
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
    audit.record("requisition.submitted", row, by=by, amount=row.amount, late=row.received_late)
    obligations.close("requisition", row.tranche)
    for kind in ("submit_requisition", "correct_requisition"):
        obligations.close(kind, row)
    owe("approve_requisition", row)
    missing_people.look(row)
    registrations.of_requisition(row, by=by)
    return row


@transaction.atomic
def return_(requisition, *, by, reason):
    """Send it back to the actor, with the reason."""
    row = Requisition.objects.locked(requisition)
    permissions.can_handle_requisitions(by, row).require()
    lifecycle.advance(row, "return")
    row.returned_reason = reason
    save(row)
    audit.record("requisition.returned", row, by=by, reason=reason)
    obligations.close("approve_requisition", row)
    owe("correct_requisition", row)
    missing_people.look(row)
    return row


@transaction.atomic
def withdraw(requisition, *, by):
    """Take back what has not been approved."""
    row = Requisition.objects.locked(requisition)
    permissions.can_withdraw_requisition(by, row).require()
    lifecycle.advance(row, "withdraw")
    save(row)
    audit.record("requisition.withdrawn", row, by=by, amount=row.amount)
    for kind in ("submit_requisition", "approve_requisition", "correct_requisition"):
        obligations.void(kind, row, "Rekvisitionen är återtagen.")
    missing_people.look(row)
    owe("requisition", row.tranche, due=row.tranche.year.requisition_to)
    return row


@transaction.atomic
def approve(requisition, *, by):
    """Approve for payment; a payment of the same amount is prepared."""
    row = Requisition.objects.locked(requisition)
    permissions.can_approve(by, row).require()
    lifecycle.advance(row, "approve")
    is_open(row.tranche).require()
    row.approved_by, row.approved_on = by, clock.today()
    save(row)
    audit.record("requisition.approved", row, by=by, amount=row.amount)
    obligations.close("approve_requisition", row)
    missing_people.look(row)
    payments.prepare(row, by=by)
    return row


@transaction.atomic
def approve_many(requisitions, *, by):
    """Approve all or none."""
    rows = sorted(requisitions, key=lambda row: (row.tranche.year_id, row.tranche.place_id, row.pk))
    return [approve(row, by=by) for row in rows]


@transaction.atomic
def cancel(requisition, *, by, reason):
    """Cancel an approved requisition whose payment has been cancelled."""
    row = Requisition.objects.locked(requisition)
    permissions.can_handle_requisitions(by, row).require()
    has_no_payment(row).require()
    lifecycle.advance(row, "cancel")
    save(row)
    audit.record("requisition.cancelled", row, by=by, reason=reason, amount=row.amount)
    if row.tranche.status == TrancheStatus.CLOSED:  # a return of what was paid, in a year that is over
        _end_year(row.tranche, by)
    else:
        owe("requisition", row.tranche, due=row.tranche.year.requisition_to)
    return row


def _end_year(tranche, by):
    tranche = Tranche.objects.locked(tranche)
    if not tranche.requisitions.filter(status__in=table.STANDING).exists():
        tranches.settle_if_even(tranche, by=by)
        books.account_taken_back(tranche, by=by)


def has_no_payment(row):
    """A requisition can be cancelled once its payment has been."""
    if row.payments.exclude(status="cancelled").exists():
        return refused("Makulera utbetalningen först.")
    return ALLOWED


def is_late(tranche):
    """Whether today is past the last day to requisition (lag 1930:173 § 2), the year's or one given by extension."""
    return clock.today() > last_day("requisition", tranche, tranche.year.requisition_to)


def room(tranche, *, besides=None):
    """What is left to requisition, in kronor."""
    claims = tranche.requisitions.filter(status__in=table.STANDING)
    return (tranche.amount or 0) - sum(row.amount for row in claims.exclude(pk=besides))


def require_room(row):
    """No more than is left, and once a year where the programme says so."""
    left = room(row.tranche, besides=row.pk)
    if row.amount > left:
        raise Refused(f"Av årsbeloppet finns {kr(left)} kvar att rekvirera.")
    others = row.tranche.requisitions.exclude(pk=row.pk).filter(status__in=table.STANDING)
    if others.exists() and not row.programme.definition.programme.several_requisitions:
        raise Refused("Årets medel har redan rekvirerats. Programmet betalar en gång om året.")


def is_open(tranche):
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
