"""A year's amount for a place: prepared by one, granted by another, closed and settled."""

from decimal import Decimal

from django.db import transaction

from actors.actions import audit, obligations
from digikoord.lib import calendar, clock, lifecycle
from digikoord.lib.constraints import save
from digikoord.lib.verdict import ALLOWED, Refused, refused

from .. import permissions
from ..duties import owe
from ..lifecycle import payment, requisition
from ..lifecycle.assignment import Status as AssignmentStatus
from ..lifecycle.tranche import Status
from ..models import Tranche
from ..models.budget_decision import awaits_condition
from . import registrations

# The moves that open a decided amount anew, and how the trail tells them
OPENING = {"send_back": "tranche.sent_back", "reopen": "tranche.reopened"}


@transaction.atomic
def prepare(tranche, *, by, amount):
    """Set the amount (kronor) that is to be decided."""
    tranche = Tranche.objects.locked(tranche)
    permissions.can_prepare(by, tranche).require()
    _require_in_force(tranche)
    lifecycle.advance(tranche, "prepare")
    tranche.amount = Decimal(amount)
    tranche.prepared_by, tranche.prepared_on = by, clock.today()
    save(tranche)
    audit.record("tranche.prepared", tranche, by=by, amount=tranche.amount)
    obligations.close("prepare", tranche)
    owe("grant", tranche)
    return tranche


@transaction.atomic
def prepare_many(tranches, *, by):
    """Prepare each at its ceiling: what the decision gives."""
    return [prepare(row, by=by, amount=row.ceiling) for row in in_order(tranches)]


@transaction.atomic
def send_back(tranche, *, by, reason):
    """The decision maker wants another amount."""
    tranche = Tranche.objects.locked(tranche)
    permissions.can_decide_grants(by, tranche).require()
    lifecycle.advance(tranche, "send_back")
    _forget_amount(tranche)
    save(tranche)
    audit.record("tranche.sent_back", tranche, by=by, reason=reason)
    obligations.void("grant", tranche, "Återsänt för ny beredning.")
    owe("prepare", tranche)
    return tranche


@transaction.atomic
def grant(tranche, *, by):
    """Decide exactly the prepared amount. The decider is never the person who prepared it."""
    tranche = Tranche.objects.locked(tranche)
    permissions.can_grant(by, tranche).require()
    _require_in_force(tranche)
    lifecycle.advance(tranche, "grant")
    tranche.granted_by, tranche.granted_on = by, clock.today()
    save(tranche)
    audit.record("tranche.granted", tranche, by=by, amount=tranche.amount, holder=tranche.holder)
    obligations.close("grant", tranche)
    owe("requisition", tranche, due=tranche.year.requisition_to)
    registrations.of_grant(tranche, by=by)
    return tranche


@transaction.atomic
def grant_many(tranches, *, by):
    """ "Bevilja enligt beslutet": all or none."""
    return [grant(row, by=by) for row in in_order(tranches)]


@transaction.atomic
def reopen(tranche, *, by, reason):
    """Take back a grant of which nothing has been requisitioned."""
    tranche = Tranche.objects.locked(tranche)
    permissions.can_reopen_tranche(by, tranche).require()
    if tranche.requisitions.filter(status__in=requisition.STANDING).exists():
        raise Refused("Medel har redan rekvirerats. Beloppet kan inte öppnas igen.")
    lifecycle.advance(tranche, "reopen")
    reset(tranche)
    audit.record("tranche.reopened", tranche, by=by, reason=reason)
    owe("prepare", tranche)
    return tranche


@transaction.atomic
def close(tranche, *, by, reason):
    """Give up what has not been requisitioned; with nothing paid, the year is settled too."""
    tranche = Tranche.objects.locked(tranche)
    permissions.can_close(by, tranche).require()
    shut(tranche, by=by, reason=reason)
    settle_if_even(tranche, by=by)
    return tranche


@transaction.atomic
def close_many(tranches, *, by, reason):
    """Close what was never requisitioned, now that the time for it is over: all or none."""
    found = []
    for row in in_order(tranches):
        requisition_time_is_over(row.year).require()
        found.append(close(row, by=by, reason=reason))
    return found


def requisition_time_is_over(year):
    """Whether the year's last day to requisition has passed (lag 1930:173 § 2)."""
    last = calendar.last_day_to_act(year.requisition_to)
    if clock.today() > last:
        return ALLOWED
    return refused(f"Aktörerna kan rekvirera till och med {last}. Stäng beloppen därefter.")


def shut(tranche, *, by, reason):
    """Close a locked tranche of which no requisition or payment is under way."""
    if tranche.requisitions.filter(status__in=requisition.UNDER_WAY).exists():
        raise Refused("En rekvisition är inte färdigbehandlad. Avsluta den först.")
    require_no_payment_under_way(tranche)
    lifecycle.advance(tranche, "close")
    tranche.closed_on = clock.today()
    save(tranche)
    audit.record("tranche.closed", tranche, by=by, reason=reason)
    obligations.void("requisition", tranche, "Årsbeloppet är stängt.")


def require_no_payment_under_way(tranche):
    """What is used and left is known when no money is on its way, out or back."""
    if tranche.requisitions.filter(payments__status__in=payment.UNDER_WAY).exists():
        raise Refused("En utbetalning är inte färdig. Slutför eller makulera den först.")


def settle_if_even(tranche, *, by):
    """Settle a locked, closed tranche when paid = used + repaid + waived, to the öre."""
    if not balance(tranche).is_even:
        return
    lifecycle.advance(tranche, "settle")
    tranche.settled_on = clock.today()
    save(tranche)
    audit.record("tranche.settled", tranche, by=by)
    _owe_conclusion(tranche.assignment)


def _owe_conclusion(assignment):
    """When the last year is settled, the assignment is to be concluded."""
    left = assignment.tranches.exclude(status__in=(Status.SETTLED, Status.CANCELLED))
    if assignment.status == AssignmentStatus.IN_FORCE and not left.exists():
        later = assignment.ends and assignment.ends > clock.today()
        owe("conclude", assignment, due=assignment.ends if later else None)


def balance(tranche):
    """What has been paid, used, repaid and waived of the tranche."""
    return Tranche.objects.with_money().get(pk=tranche.pk).balance


def cancel_unpaid(assignment, *, by, why):
    """Cancel what the holder has not been paid or requisitioned, and only that."""
    for tranche in unpaid(assignment):
        cancel(tranche, by=by, why=why)


def unpaid(assignment):
    """The amounts that end with the holder: nothing of them is paid or requisitioned."""
    rows = assignment.tranches.exclude(requisitions__status__in=requisition.STANDING)
    rows = rows.select_related("year", "place").order_by("year__year")
    return [row for row in rows if lifecycle.can(row, "cancel")]


def cancel(tranche, *, by, why):
    """Cancel one unpaid tranche, as a consequence of an act already permitted."""
    tranche = Tranche.objects.locked(tranche)
    lifecycle.advance(tranche, "cancel")
    save(tranche)
    audit.record("tranche.cancelled", tranche, by=by, reason=why)
    for kind in ("prepare", "grant", "requisition"):
        obligations.void(kind, tranche, why)


def restore_cancelled(assignment, *, by):
    """Bring back cancelled amounts, to open or to waiting for their condition."""
    for row in assignment.tranches.filter(status=Status.CANCELLED):
        restore(row, by=by)


def restore(tranche, *, by):
    """Bring one cancelled amount back, to open or to waiting for its condition."""
    tranche = Tranche.objects.locked(tranche)
    lifecycle.advance(tranche, "restore_conditional" if awaits_condition(tranche.year) else "restore")
    reset(tranche)
    audit.record("tranche.restored", tranche, by=by, status=tranche.status)


def change_ceiling(tranche, *, by, ceiling, decision):
    """Give an amount of which nothing is requisitioned a new ceiling (kronor), as a government decision says.

    What was prepared or granted is opened by it, and decided anew.
    """
    tranche = Tranche.objects.locked(tranche)
    if _claimed(tranche):
        raise Refused(f"Medel har redan rekvirerats av {tranche}. Beloppet kan inte ändras.")
    for move, verb in OPENING.items():
        if lifecycle.can(tranche, move):
            lifecycle.advance(tranche, move)
            audit.record(verb, tranche, by=by, reason=f"Högsta beloppet är ändrat genom {decision}.")
            break
    before, tranche.ceiling = tranche.ceiling, ceiling
    tranche.decided_ceiling = ceiling
    reset(tranche)
    audit.record("tranche.ceiling_changed", tranche, by=by, before=before, ceiling=ceiling, decision=decision)
    if tranche.status == Status.OPEN and tranche.assignment.status == AssignmentStatus.IN_FORCE:
        owe("prepare", tranche)
    return tranche


def reset(tranche):
    """Forget amount and decision of an undecided tranche; the trail remembers them."""
    _forget_amount(tranche)
    tranche.granted_by = tranche.granted_on = None
    save(tranche)
    for kind in ("grant", "requisition"):
        obligations.void(kind, tranche, "Beloppet bereds på nytt.")


def in_order(tranches):
    """The rows by year, place and key, so that mass acts lock in one order."""
    return sorted(tranches, key=lambda row: (row.year_id, row.place_id, row.pk))


def _claimed(tranche):
    return tranche.requisitions.filter(status__in=requisition.STANDING).exists()


def _forget_amount(tranche):
    tranche.amount = tranche.prepared_by = tranche.prepared_on = None


def _require_in_force(tranche):
    binding = tranche.assignment.binding
    if not binding:
        raise Refused(f"{binding.reason} Medel beviljas bara när uppdraget gäller.")
