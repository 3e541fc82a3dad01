"""A year's amount for a place: prepared by one, granted by another, closed and settled."""

import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import cast

from django.db import transaction

from actors.models import User
from digikoord.lib import clock, lifecycle, locks
from digikoord.lib.constraints import save
from digikoord.lib.verdict import ALLOWED, Refused, Verdict, refused
from duties.actions import obligations
from duties.actions.obligations import owe
from records.actions import audit

from .. import permissions
from ..events.tranche import (
    TrancheCancelled,
    TrancheCeilingChanged,
    TrancheClosed,
    TrancheGranted,
    TranchePrepared,
    TrancheReopened,
    TrancheRestored,
    TrancheSentBack,
    TrancheSettled,
)
from ..lifecycle import payment, requisition
from ..models import Assignment, GovernmentDecision, ProgrammeYear, Tranche
from ..models.balance import Balance
from . import charges, effects, registered, requisition_drafts, tranche_changes, true_days


@transaction.atomic
def prepare(tranche: Tranche, *, by: User, amount: Decimal, on: datetime.date | None = None) -> Tranche:
    """Set the amount (kronor) that is to be decided; `on` is the day it was done, if that was before today."""
    tranche = Tranche.objects.locked(tranche)
    permissions.can_prepare(by, tranche).require()
    _require_in_force(tranche)
    lifecycle.advance(tranche, "prepare")
    on = true_days.day_of(on, true_days.of_assignment(tranche.assignment), row=tranche)
    tranche.amount = Decimal(amount)
    tranche.prepared_by, tranche.prepared_on = by, on
    save(tranche)
    audit.record(TranchePrepared(amount=tranche.amount), tranche, by=by, on=on)
    obligations.close("prepare", tranche)
    owe("grant", tranche)
    charges.look(tranche)
    return tranche


@transaction.atomic
def prepare_many(tranches: Iterable[Tranche], *, by: User, on: datetime.date | None = None) -> list[Tranche]:
    """Prepare each at its ceiling: what the decision gives."""
    return [prepare(row, by=by, amount=row.ceiling, on=on) for row in in_order(tranches)]


@transaction.atomic
def send_back(tranche: Tranche, *, by: User, reason: str) -> Tranche:
    """The decision maker wants another amount."""
    tranche = Tranche.objects.locked(tranche)
    permissions.can_decide_grants(by, tranche).require()
    lifecycle.advance(tranche, "send_back")
    tranche_changes.forget(tranche)
    save(tranche)
    audit.record(TrancheSentBack(reason=reason), tranche, by=by)
    obligations.void("grant", tranche, "Återsänt för ny beredning.")
    owe("prepare", tranche)
    charges.look(tranche)
    return tranche


@transaction.atomic
def grant(tranche: Tranche, *, by: User, on: datetime.date | None = None) -> Tranche:
    """Decide exactly the prepared amount. The decider is never the person who prepared it. `on` is the day of the
    decision, if that was before today."""
    tranche = Tranche.objects.locked(tranche)
    _require_in_force(tranche)  # before what an ended year asks for: that would be done in vain
    permissions.can_grant(by, tranche).require()
    lifecycle.advance(tranche, "grant")
    on = true_days.day_of(on, true_days.of_assignment(tranche.assignment), row=tranche)
    tranche.granted_by, tranche.granted_on = by, on
    save(tranche)
    audit.record(
        TrancheGranted(amount=cast("Decimal", tranche.amount), holder=tranche.holder), tranche, by=by, on=on
    )
    obligations.close("grant", tranche)
    owe("requisition", tranche, due=tranche.year.requisition_to)
    registered.of_grant(tranche, by=by)
    return tranche


@transaction.atomic
def grant_many(tranches: Iterable[Tranche], *, by: User, on: datetime.date | None = None) -> list[Tranche]:
    """ "Bevilja enligt beslutet": all or none."""
    return [grant(row, by=by, on=on) for row in in_order(tranches)]


@transaction.atomic
def reopen(tranche: Tranche, *, by: User, reason: str, seen: str | None = None) -> Tranche:
    """Take back a grant of which nothing has been requisitioned. What somebody has only begun to write falls away.

    `seen` is the seal of the effects that were read.
    """
    tranche = Tranche.objects.locked(tranche)
    permissions.can_reopen_tranche(by, tranche).require()
    is_unclaimed(tranche).require()
    lifecycle.can(tranche, "reopen").require()
    effects.require_seen(tranche_changes.reopening(tranche), seen)
    tranche_changes.opened(tranche, "reopen")
    save(tranche)
    audit.record(TrancheReopened(reason=reason), tranche, by=by)
    why = "Årsbeloppet har öppnats igen och bereds på nytt."
    requisition_drafts.fall_away(tranche, why=why)
    void_decided(tranche)
    owe("prepare", tranche)
    return tranche


def is_unclaimed(tranche: Tranche) -> Verdict:
    """Whether nothing of the amount has been requisitioned: what is asked for has been received, and stands."""
    rows = [row for row in tranche.requisitions.all() if row.status in requisition.RECEIVED]
    if not rows:
        return ALLOWED
    if all(row.status == requisition.Status.RETURNED for row in rows):
        return refused(
            "En rekvisition har kommit in och är återsänd till aktören. "
            "Makulera den först, om aktören inte rättar den."
        )
    return refused("Medel har redan rekvirerats. Beloppet kan inte öppnas igen.")


@transaction.atomic
def close(tranche: Tranche, *, by: User, reason: str, seen: str | None = None) -> Tranche:
    """Give up what has not been requisitioned; with nothing paid, the year is settled too.

    `seen` is the seal of the effects that were read.
    """
    tranche = Tranche.objects.locked(tranche)
    permissions.can_close(by, tranche).require()
    is_at_rest(tranche).require()
    lifecycle.can(tranche, "close").require()
    effects.require_seen(tranche_changes.closing(tranche), seen)
    shut(tranche, by=by, reason=reason)
    settle_if_even(tranche, by=by)
    return tranche


@transaction.atomic
def close_many(tranches: Iterable[Tranche], *, by: User, reason: str) -> list[Tranche]:
    """Close what was never requisitioned, now that the time for it is over: all or none."""
    found = []
    for row in in_order(tranches):
        requisition_time_is_over(row.year).require()
        found.append(close(row, by=by, reason=reason))
    return found


def requisition_time_is_over(year: ProgrammeYear) -> Verdict:
    """Whether the year's last day to requisition has passed (lag 1930:173 § 2)."""
    last = year.to_requisition.day
    if clock.today() > last:
        return ALLOWED
    return refused(f"Aktörerna kan rekvirera till och med {last}. Stäng beloppen därefter.")


def is_at_rest(tranche: Tranche) -> Verdict:
    """Whether no requisition or payment of the amount is under way. A draft is not: nobody has received it."""
    if tranche.requisitions.filter(status__in=requisition.UNDER_WAY).exists():
        return refused(
            "En rekvisition är inte färdigbehandlad. Avsluta den först: attestera eller skicka tillbaka den, "
            "eller makulera den som är återsänd."
        )
    return has_no_payment_under_way(tranche)


def has_no_payment_under_way(tranche: Tranche) -> Verdict:
    """What is used and left is known when no money is on its way, out or back."""
    if tranche.requisitions.filter(payments__status__in=payment.UNDER_WAY).exists():
        return refused("En utbetalning är inte färdig. Slutför eller makulera den först.")
    return ALLOWED


@locks.part_of_act
def shut(tranche: Tranche, *, by: User, reason: str) -> None:
    """Close a locked tranche of which no requisition or payment is under way. Drafts fall away."""
    is_at_rest(tranche).require()
    tranche_changes.closed(tranche)
    save(tranche)
    audit.record(TrancheClosed(reason=reason), tranche, by=by)
    obligations.void("requisition", tranche, "Årsbeloppet är stängt.")
    requisition_drafts.fall_away(tranche, why=tranche_changes.CLOSED)


@locks.part_of_act
def settle_if_even(tranche: Tranche, *, by: User) -> None:
    """Settle a locked, closed tranche when paid = used + repaid + waived, to the öre."""
    if not balance(tranche).is_even:
        return
    tranche_changes.settled(tranche)
    save(tranche)
    audit.record(TrancheSettled(), tranche, by=by)
    _owe_conclusion(tranche.assignment)


def _owe_conclusion(assignment: Assignment) -> None:
    """When the last year is settled, the assignment is to be concluded."""
    if tranche_changes.is_last(assignment):
        later = assignment.ends and assignment.ends > clock.today()
        owe("conclude", assignment, due=assignment.ends if later else None)


def balance(tranche: Tranche) -> Balance:
    """What has been paid, used, repaid and waived of the tranche."""
    return Tranche.objects.with_money().get(pk=tranche.pk).balance


@locks.part_of_act
def cancel(tranche: Tranche, *, by: User, why: str) -> None:
    """Cancel one unpaid tranche, as a consequence of an act already permitted. Drafts fall away."""
    tranche = Tranche.objects.locked(tranche)
    tranche_changes.cancelled(tranche)
    save(tranche)
    audit.record(TrancheCancelled(reason=why), tranche, by=by)
    requisition_drafts.fall_away(tranche, why=why)
    for kind in tranche_changes.OF_AN_OPEN_YEAR:
        obligations.void(kind, tranche, why)


@locks.part_of_act
def restore(tranche: Tranche, *, by: User) -> None:
    """Bring one cancelled amount back, to open or to waiting for its condition."""
    tranche = Tranche.objects.locked(tranche)
    tranche_changes.restored(tranche)
    save(tranche)
    audit.record(TrancheRestored(status=tranche.status), tranche, by=by)
    void_decided(tranche)


@locks.part_of_act
def change_ceiling(tranche: Tranche, *, by: User, ceiling: Decimal, decision: GovernmentDecision) -> Tranche:
    """Give an amount of which nothing is requisitioned a new ceiling (kronor), as a government decision says.

    What was prepared or granted is opened by it, and decided anew; what was only begun to be written falls away.
    """
    tranche = Tranche.objects.locked(tranche)
    if not is_unclaimed(tranche):
        raise Refused(f"{tranche}: {is_unclaimed(tranche).reason}")
    before = tranche.ceiling
    opened = tranche_changes.OPENING.get(tranche_changes.opening_move(tranche) or "")
    tranche_changes.with_ceiling(tranche, ceiling)
    if opened:
        audit.record(opened(reason=f"Högsta beloppet är ändrat genom {decision}."), tranche, by=by)
    save(tranche)
    audit.record(TrancheCeilingChanged(before=before, ceiling=ceiling, decision=decision), tranche, by=by)
    requisition_drafts.fall_away(tranche, why=tranche_changes.CUT)
    void_decided(tranche)
    if tranche_changes.is_preparable(tranche):
        owe("prepare", tranche)
    return tranche


@locks.part_of_act
def void_decided(tranche: Tranche) -> None:
    """Nobody grants or requisitions an amount that is prepared anew; the trail remembers what it was."""
    for kind in tranche_changes.OF_A_DECIDED_YEAR:
        obligations.void(kind, tranche, "Beloppet bereds på nytt.")


def in_order(tranches: Iterable[Tranche]) -> list[Tranche]:
    """The rows by year, place and key, so that mass acts lock in one order."""
    return sorted(tranches, key=lambda row: (row.year_id, row.place_id, row.pk))


def _require_in_force(tranche: Tranche) -> None:
    binding = tranche.assignment.binding
    if not binding:
        raise Refused(f"{binding.reason} Medel beviljas bara när uppdraget gäller.")
