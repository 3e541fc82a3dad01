"""What is done of a line of the bank's file: booked on a claim, taken back, or a payment that has returned."""

import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import cast

from django.db import transaction

from actors.models import User
from digikoord.lib import clock, locks
from digikoord.lib.money import kr
from digikoord.lib.verdict import Refused
from records.actions import audit

from .. import permissions
from ..events.repayment_claim import ClaimReceived
from ..models import BankFileLine, ClaimEntry, EntryKind, Handled, Outcome, RepaymentClaim
from . import claims, settlements


@locks.part_of_act
def book(claim: RepaymentClaim, rows: Iterable[BankFileLine], *, by: User) -> RepaymentClaim:
    """Book the rows on the claim as far as it asks for money; what is above is surplus. A row that cannot be booked
    waits, with the sentence why. Kronor. The claim is locked once, and closed once all is in.
    """
    claim = RepaymentClaim.objects.locked(claim)
    verdict = permissions.can_register_repayment(by, claim)
    left = claim.outstanding
    entries: list[ClaimEntry] = []
    for row in rows:
        fault = "" if verdict else verdict.reason
        if not claim.opened_on <= cast("datetime.date", row.on) <= clock.today():
            fault = (
                fault
                or f"Dagen {row.on} ligger inte mellan {claim.opened_on}, då kravet framställdes, och idag."
            )
        if fault:
            row.outcome, row.reason, row.claim = Outcome.PROPOSED, fault, None
            continue
        left -= _place(claim, row, left=left, entries=entries, by=by)
    ClaimEntry.objects.bulk_create(entries)
    for entry in entries:
        audit.record(
            ClaimReceived(amount=entry.amount, note=entry.note, legal_basis=""), claim, by=by, on=entry.on
        )
    if entries:
        claims.close_if_met(claim, by=by)
    return claim


def _place(
    claim: RepaymentClaim, row: BankFileLine, *, left: Decimal, entries: list[ClaimEntry], by: User
) -> Decimal:
    """Give the row its outcome, and its entry where the claim asks for any of it. Returns what was booked."""
    booked = min(left, row.amount)
    row.claim, row.booked = claim, booked
    row.outcome = Outcome.MATCHED if booked == row.amount else Outcome.SURPLUS
    if row.outcome == Outcome.SURPLUS:
        row.reason = f"{kr(row.surplus)} är mer än vad som återstår av kravet."
    if booked:
        row.entry = ClaimEntry(
            claim=claim,
            kind=EntryKind.RECEIPT,
            amount=booked,
            on=max(cast("datetime.date", row.on), claim.opened_on),
            note=f"Inläst, {row.bank_reference}",
            registered_by=by,
            registered_on=clock.today(),
        )
        entries.append(row.entry)
    return booked


def take_back(former: BankFileLine, row: BankFileLine, *, by: User) -> str:
    """The row takes back the former one: a counter-entry on its claim, which asks for its money again. Gives the
    sentence why where it cannot be done; the row then waits.
    """
    fault = _why_not(former)
    if not fault:
        try:
            with transaction.atomic():
                _undo(former, row, by)
        except Refused as refusal:
            fault = str(refusal)
    if fault:
        row.outcome, row.reason = Outcome.PROPOSED, fault
    return fault


def _why_not(former: BankFileLine) -> str:
    if former.outcome == Outcome.RETURNED:
        return "Banken har tagit tillbaka en retur av en utbetalning. Fråga banken vad som gäller."
    if former.outcome == Outcome.SURPLUS and former.handled_by_id:
        return "Banken har tagit tillbaka en inbetalning vars överskott redan är hanterat."
    if former.handled_as in (Handled.SENT_BACK, Handled.CREDITED, Handled.BY_HAND, Handled.SAME):
        return "Banken har tagit tillbaka en inbetalning som redan är utredd för hand."
    return ""


def _undo(former: BankFileLine, row: BankFileLine, by: User) -> None:
    if former.entry_id:
        row.entry = settlements.reverse(
            cast("ClaimEntry", former.entry), by=by, reason=f"Återtagen av banken, {row.bank_reference}"
        )
        row.booked = row.entry.amount
    row.outcome, row.reason, row.meets, row.claim = Outcome.MATCHED, "", former, former.claim
    former.taken_back = True
    if former.waits:
        if former.outcome == Outcome.PROPOSED:
            former.outcome = Outcome.MATCHED
        settle(former, by, Handled.REVERSED, note="Återtagen av banken")


def settle(row: BankFileLine, by: User, how: Handled, *, note: str = "", evidence: str = "") -> None:
    """Write on the row how it was settled; the caller saves."""
    row.handled_as, row.handled_by, row.handled_on = how, by, clock.today()
    row.handled_note, row.handled_evidence = note, evidence
