"""After the year: what was used is accepted, and what comes in or is waived lessens the claims."""

import datetime
from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction

from actors.models import User
from digikoord.lib import clock, lifecycle
from digikoord.lib.constraints import save
from digikoord.lib.money import ZERO, kr
from digikoord.lib.verdict import ALLOWED, Refused, Verdict, refused
from records.actions import audit

from .. import permissions
from ..events.repayment_claim import ClaimCredited, ClaimReceived, ClaimReversed, ClaimWaived
from ..events.tranche import TrancheAccountAccepted
from ..models import AccountLine, ClaimEntry, EntryKind, ReceiptCredit, RepaymentClaim, Tranche
from . import accounts_taken_back, claims, tranches

TOLD = {EntryKind.RECEIPT: ClaimReceived, EntryKind.WAIVER: ClaimWaived}


@transaction.atomic
def accept_account(tranche: Tranche, *, by: User, lines: Sequence[AccountLine]) -> Tranche:
    """Accept the account cost line by cost line; `lines` are AccountLine not yet saved. Kronor.

    Their sum is what was used. A line accepted at another amount than was reported says why. The remainder
    of the grant is given up, and what was paid and not used is claimed back.
    """
    tranche = Tranche.objects.locked(tranche)
    permissions.can_accept_account(by, tranche).require()
    used = sum((line.accepted for line in lines), start=ZERO)
    paid = tranches.balance(tranche).paid
    if tranche.used is not None:
        raise Refused("Den ekonomiska redovisningen är redan godtagen.")
    tranches.has_no_payment_under_way(tranche).require()
    if used > paid:
        raise Refused(f"Godtaget belopp, {kr(used)}, är högre än det utbetalda, {kr(paid)}.")
    if tranche.can("close"):
        tranches.shut(tranche, by=by, reason="Den ekonomiska redovisningen är godtagen.")
    lifecycle.can(tranche, "settle").require()
    number = accounts_taken_back.next_round(tranche)
    for line in lines:
        line.round = number
        line.tranche, line.accepted_by, line.accepted_on = tranche, by, clock.today()
        save(line)
    tranche.used, tranche.used_by, tranche.used_on = used, by, clock.today()
    tranche.used_reason = "\n".join(f"{line.name}: {line.reason}" for line in lines if line.reason)
    save(tranche)
    audit.record(TrancheAccountAccepted(used=used, paid=paid, reason=tranche.used_reason), tranche, by=by)
    if paid > used:
        claims.open_(tranche, by=by, amount=paid - used, due=tranche.year.repay_due)
    tranches.settle_if_even(tranche, by=by)
    return tranche


@transaction.atomic
def receive(
    claim: RepaymentClaim, *, by: User, amount: Decimal, on: datetime.date, note: str = ""
) -> ClaimEntry:
    """Register money repaid (kronor), on the day it came in."""
    claim = RepaymentClaim.objects.locked(claim)
    permissions.can_register_repayment(by, claim).require()
    if not claim.opened_on <= on <= clock.today():
        raise Refused(f"Dagen ligger mellan {claim.opened_on}, då kravet framställdes, och idag.")
    return _enter(claim, by, kind=EntryKind.RECEIPT, amount=amount, on=on, note=note)


@transaction.atomic
def waive(
    claim: RepaymentClaim, *, by: User, amount: Decimal, legal_basis: str, note: str = ""
) -> ClaimEntry:
    """Waive part or all of the claim (kronor), on a stated legal basis."""
    claim = RepaymentClaim.objects.locked(claim)
    permissions.can_waive(by, claim).require()
    return _enter(
        claim, by, kind=EntryKind.WAIVER, amount=amount, on=clock.today(), note=note, legal_basis=legal_basis
    )


def _enter(
    claim: RepaymentClaim,
    by: User,
    *,
    kind: EntryKind,
    amount: Decimal,
    on: datetime.date,
    note: str = "",
    legal_basis: str = "",
) -> ClaimEntry:
    lifecycle.can(claim, "close").require()
    if amount > claim.outstanding:
        raise Refused(f"Av kravet återstår {kr(claim.outstanding)}. Beloppet är högre.")
    entry = ClaimEntry(
        claim=claim,
        kind=kind,
        amount=amount,
        on=on,
        note=note,
        legal_basis=legal_basis,
        registered_by=by,
        registered_on=clock.today(),
    )
    save(entry)
    audit.record(TOLD[kind](amount=amount, note=note, legal_basis=legal_basis), claim, by=by, on=on)
    claims.close_if_met(claim, by=by)
    return entry


@transaction.atomic
def reverse(entry: ClaimEntry, *, by: User, reason: str) -> ClaimEntry:
    """Meet a mistaken receipt or waiver with a counter-entry. The claim asks for its amount again,
    and a year that was settled is so no longer.
    """
    claim = RepaymentClaim.objects.locked(entry.claim)
    entry = ClaimEntry.objects.get(pk=entry.pk)
    permissions.can_reverse(by, entry).require()
    is_reversible(entry).require()
    counter = ClaimEntry(
        claim=claim,
        kind=entry.kind,
        amount=-entry.amount,
        on=clock.today(),
        legal_basis=entry.legal_basis,
        note=reason,
        reverses=entry,
        registered_by=by,
        registered_on=clock.today(),
    )
    claims.reopen_if_closed(claim, by=by)
    save(counter)
    audit.record(ClaimReversed(kind=entry.kind, amount=entry.amount, reason=reason), claim, by=by)
    return counter


def is_reversible(entry: ClaimEntry) -> Verdict:
    """An entry is met by one counter-entry, and a counter-entry by none."""
    if entry.reverses_id or ClaimEntry.objects.filter(reverses=entry).exists():
        return refused("Posten är redan rättad.")
    return ALLOWED


def is_creditable(entry: ClaimEntry) -> Verdict:
    """Only money that came in, and stands, is credited to something."""
    if entry.kind != EntryKind.RECEIPT or entry.reverses_id or hasattr(entry, "reversed_by"):
        return refused("Bara en inbetalning som står kvar krediteras något.")
    return ALLOWED


@transaction.atomic
def credit(
    entry: ClaimEntry, *, by: User, credited_to: str, budget_year: int | None = None, note: str = ""
) -> ReceiptCredit:
    """Say what a repayment is credited to; what was said before stays written, and what is said last holds."""
    claim = RepaymentClaim.objects.locked(entry.claim)
    permissions.can_register_repayment(by, claim).require()
    entry = ClaimEntry.objects.get(pk=entry.pk)
    is_creditable(entry).require()
    row = ReceiptCredit(
        entry=entry, credited_to=credited_to, budget_year=budget_year, note=note, registered_by=by
    )
    save(row)
    audit.record(
        ClaimCredited(
            amount=entry.amount,
            received_on=entry.on,
            credited_to=credited_to,
            budget_year=budget_year,
            note=note,
        ),
        claim,
        by=by,
    )
    return row
