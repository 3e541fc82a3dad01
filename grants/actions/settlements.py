"""After the year: what was used is accepted, what was not becomes a claim, and the year is settled."""

from decimal import Decimal

from django.db import transaction
from stdnum import luhn

from actors.actions import audit, obligations
from digikoord.lib import clock, lifecycle
from digikoord.lib.constraints import save
from digikoord.lib.money import kr
from digikoord.lib.verdict import Refused

from .. import permissions
from ..duties import owe
from ..models import ClaimEntry, EntryKind, RepaymentClaim, Tranche
from . import tranches


@transaction.atomic
def accept_account(tranche, *, by, used, reported, reason=""):
    """Accept what was used (kronor) of what was paid; where it differs from `reported`, say why.

    The remainder of the grant is given up, and what was paid and not used is claimed back.
    """
    tranche = Tranche.objects.locked(tranche)
    permissions.can_accept_account(by, tranche).require()
    used = Decimal(used)
    paid = tranches.balance(tranche).paid
    if tranche.used is not None:
        raise Refused("Den ekonomiska redovisningen är redan godtagen.")
    if used > paid:
        raise Refused(f"Använt belopp kan inte vara högre än det utbetalda, {kr(paid)}.")
    if used != reported and not reason:
        raise Refused("Ange skäl när det godtagna beloppet skiljer sig från det redovisade.")
    tranches.shut(tranche, by=by, reason="Den ekonomiska redovisningen är godtagen.")
    tranche.used, tranche.used_by, tranche.used_on = used, by, clock.today()
    tranche.used_reason = reason
    save(tranche)
    audit.record("tranche.account_accepted", tranche, by=by, used=used, paid=paid, reason=reason)
    if paid > used:
        _claim(tranche, paid - used, by)
    tranches.settle_if_even(tranche, by=by)
    return tranche


def _claim(tranche, amount, by):
    base = f"{tranche.year.year}{tranche.pk:06d}"
    claim = RepaymentClaim(
        tranche=tranche,
        amount=amount,
        due=max(tranche.year.repay_due, clock.today()),
        reference=base + luhn.calc_check_digit(base),
        opened_by=by,
        opened_on=clock.today(),
    )
    save(claim)
    audit.record("claim.opened", claim, by=by, amount=amount, due=claim.due)
    owe("repay", claim, due=claim.due)


@transaction.atomic
def receive(claim, *, by, amount, on, note=""):
    """Register money repaid (kronor), on the day it came in."""
    claim = RepaymentClaim.objects.locked(claim)
    permissions.can_register_repayment(by, claim).require()
    if not claim.opened_on <= on <= clock.today():
        raise Refused(f"Dagen ligger mellan {claim.opened_on}, då kravet framställdes, och idag.")
    return _enter(claim, by, EntryKind.RECEIPT, amount, on, note=note)


@transaction.atomic
def waive(claim, *, by, amount, legal_basis, note=""):
    """Waive part or all of the claim (kronor), on a stated legal basis."""
    claim = RepaymentClaim.objects.locked(claim)
    permissions.can_waive(by, claim).require()
    return _enter(claim, by, EntryKind.WAIVER, amount, clock.today(), note=note, legal_basis=legal_basis)


def _enter(claim, by, kind, amount, on, *, note="", legal_basis=""):
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
    verb = "claim.received" if kind == EntryKind.RECEIPT else "claim.waived"
    audit.record(verb, claim, by=by, on=on, amount=amount, note=note, legal_basis=legal_basis)
    if claim.outstanding == 0:
        _close(claim, by)
    return entry


def _close(claim, by):
    lifecycle.advance(claim, "close")
    claim.closed_on = clock.today()
    save(claim)
    audit.record("claim.closed", claim, by=by, amount=claim.amount)
    obligations.close("repay", claim)
    tranches.settle_if_even(Tranche.objects.locked(claim.tranche), by=by)
