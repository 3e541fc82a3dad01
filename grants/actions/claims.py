"""A claim from its opening to its close: adjusted, deferred, with interest, met."""

import datetime
from decimal import Decimal

from django.db import transaction
from stdnum import luhn

from actors.models import User
from digikoord.lib import clock, lifecycle, locks
from digikoord.lib.constraints import save
from digikoord.lib.money import ZERO, kr
from digikoord.lib.verdict import Refused
from duties.actions import obligations
from duties.actions.obligations import owe
from records.actions import audit, registrations
from records.models import Direction

from .. import documents, permissions
from ..events.repayment_claim import (
    ClaimAdjusted,
    ClaimClosed,
    ClaimDeferred,
    ClaimInterestCharged,
    ClaimInterestReceived,
    ClaimOpened,
    ClaimReopened,
)
from ..models import ClaimDeferral, ClaimInterest, ClaimKind, InterestKind, RepaymentClaim, Tranche
from . import corrections, tranches


@locks.part_of_act
def open_(
    tranche: Tranche, *, by: User, amount: Decimal, due: datetime.date, kind: ClaimKind = ClaimKind.UNSPENT
) -> RepaymentClaim:
    """Claim the amount (kronor) of a locked tranche, as a consequence of an act already permitted."""
    claim = RepaymentClaim(
        tranche=tranche,
        kind=kind,
        amount=amount,
        due=max(due, clock.today()),
        reference=_reference(tranche),
        opened_by=by,
        opened_on=clock.today(),
    )
    save(claim)
    audit.record(ClaimOpened(amount=amount, due=claim.due), claim, by=by)
    owe("repay", claim, due=claim.due)
    _send(claim, by, f"Krav på återbetalning av {kr(amount)} för {tranche.year}")
    return claim


def _send(claim: RepaymentClaim, by: User, title: str) -> None:
    """The claim's letter as it now stands, registered."""
    letter = documents.claim_letter(claim)
    registrations.register(
        claim,
        by=by,
        direction=Direction.OUT,
        party=claim.tranche.holder,
        title=title,
        body=letter,
    )


def _reference(tranche: Tranche) -> str:
    """An OCR with its check digit (Luhn): year and amount, and a number from the second claim on."""
    earlier = tranche.claims.count()
    base = f"{tranche.year.year}{tranche.pk:06d}" + (f"{earlier:02d}" if earlier else "")
    return base + luhn.calc_check_digit(base)


@transaction.atomic
def adjust(claim: RepaymentClaim, *, by: User, amount: Decimal, reason: str) -> RepaymentClaim:
    """Ask for another amount (kronor). What is no longer asked for counts as used, and the other way round."""
    claim = RepaymentClaim.objects.locked(claim)
    permissions.can_adjust(by, claim).require()
    lifecycle.advance(claim, "adjust")
    before, amount = claim.amount, Decimal(amount)
    if amount == before:
        raise Refused(f"Kravet är redan {kr(before)}.")
    if amount < claim.settled:
        raise Refused(f"{kr(claim.settled)} är redan inbetalt eller eftergivet. Kravet kan inte bli lägre.")
    corrections.change_used(
        Tranche.objects.get(pk=claim.tranche_id),
        by=by,
        by_amount=before - amount,
        name="Justerat krav",
        reason=reason,
    )
    claim.amount = amount
    audit.record(ClaimAdjusted(before=before, amount=amount, reason=reason), claim, by=by)
    if not close_if_met(claim, by=by):
        save(claim)
    _send(claim, by, f"Ändrat krav: {kr(amount)} för {claim.year}")
    return claim


@locks.part_of_act
def ask_for_nothing(claim: RepaymentClaim, *, by: User, reason: str) -> None:
    """What was paid has come back: a locked claim of which nothing has come in is closed at nought, and says so."""
    if not claim.can("adjust"):
        return
    before, claim.amount = claim.amount, ZERO
    audit.record(ClaimAdjusted(before=before, amount=claim.amount, reason=reason), claim, by=by)
    lifecycle.advance(claim, "close")
    claim.closed_on = clock.today()
    save(claim)
    audit.record(ClaimClosed(amount=claim.amount), claim, by=by)
    obligations.void("repay", claim, reason)
    _send(claim, by, f"Kravet för {claim.year} är återtaget")


@transaction.atomic
def defer(
    claim: RepaymentClaim, *, by: User, due: datetime.date, legal_basis: str, reason: str
) -> ClaimDeferral:
    """Give the recipient a later last day (anstånd), on a stated legal basis."""
    claim = RepaymentClaim.objects.locked(claim)
    permissions.can_defer(by, claim).require()
    lifecycle.advance(claim, "defer")
    if due <= clock.today():
        raise Refused("Den nya dagen ligger efter idag.")
    row = ClaimDeferral(
        claim=claim,
        before=claim.due,
        due=due,
        legal_basis=legal_basis,
        reason=reason,
        decided_by=by,
        decided_on=clock.today(),
    )
    save(row)
    claim.due = due
    save(claim)
    audit.record(
        ClaimDeferred(before=row.before, due=due, legal_basis=legal_basis, reason=reason), claim, by=by
    )
    owe("repay", claim, due=due)
    _send(claim, by, f"Anstånd till {due} med återbetalning för {claim.year}")
    return row


@transaction.atomic
def charge_interest(
    claim: RepaymentClaim, *, by: User, amount: Decimal, legal_basis: str, note: str = ""
) -> ClaimInterest:
    """Charge interest (kronor) that somebody has computed. It never touches the claim's own amount."""
    claim = RepaymentClaim.objects.locked(claim)
    permissions.can_register_repayment(by, claim).require()
    row = _interest(
        claim,
        by,
        kind=InterestKind.CHARGED,
        amount=amount,
        on=clock.today(),
        legal_basis=legal_basis,
        note=note,
    )
    audit.record(ClaimInterestCharged(amount=amount, legal_basis=legal_basis, note=note), claim, by=by)
    return row


@transaction.atomic
def receive_interest(
    claim: RepaymentClaim, *, by: User, amount: Decimal, on: datetime.date, note: str = ""
) -> ClaimInterest:
    """Register interest paid (kronor), on the day it came in."""
    claim = RepaymentClaim.objects.locked(claim)
    permissions.can_register_repayment(by, claim).require()
    if not claim.opened_on <= on <= clock.today():
        raise Refused(f"Dagen ligger mellan {claim.opened_on}, då kravet framställdes, och idag.")
    if amount > claim.interest_left:
        raise Refused(f"Av räntan återstår {kr(claim.interest_left)}. Beloppet är högre.")
    row = _interest(claim, by, kind=InterestKind.RECEIVED, amount=amount, on=on, note=note)
    audit.record(ClaimInterestReceived(amount=amount, note=note), claim, by=by, on=on)
    return row


def _interest(
    claim: RepaymentClaim, by: User, *, kind: InterestKind, amount: Decimal, on: datetime.date, **fields: str
) -> ClaimInterest:
    row = ClaimInterest(
        claim=claim,
        kind=kind,
        amount=amount,
        on=on,
        registered_by=by,
        registered_on=clock.today(),
        **fields,
    )
    return save(row)


@locks.part_of_act
def close_if_met(claim: RepaymentClaim, *, by: User) -> bool:
    """Close a locked claim when all of it is in or waived, and settle its year when that is even."""
    if claim.outstanding:
        return False
    lifecycle.advance(claim, "close")
    claim.closed_on = clock.today()
    save(claim)
    audit.record(ClaimClosed(amount=claim.amount), claim, by=by)
    obligations.close("repay", claim)
    tranches.settle_if_even(Tranche.objects.locked(claim.tranche), by=by)
    return True


@locks.part_of_act
def reopen_if_closed(claim: RepaymentClaim, *, by: User) -> None:
    """A locked claim asks for money again; its settled year comes back with it."""
    if not claim.can("reopen"):
        return
    lifecycle.advance(claim, "reopen")
    claim.closed_on = None
    save(claim)
    audit.record(ClaimReopened(), claim, by=by)
    owe("repay", claim, due=claim.due)
    corrections.unsettle(Tranche.objects.locked(claim.tranche), by=by)
