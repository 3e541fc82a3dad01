"""A line of the bank's file that waits: somebody says what it is, once."""

from typing import TypedDict

from django.db import transaction

from actors.models import User
from digikoord.lib.constraints import save
from digikoord.lib.verdict import Refused
from programmes.models import Programme
from records.actions import audit

from .. import permissions
from ..models import BankFileLine, ClaimEntry, EntryKind, Handled, Outcome, PaymentBatchLine, RepaymentClaim
from ..models.bank_outcome import EVIDENT
from . import bank_booking, bank_returns
from .bank_deposits import owe_or_close
from .bank_known import NOT_BOOKED

ENDS = {
    Handled.SENT_BACK: Outcome.SURPLUS,
    Handled.CREDITED: Outcome.SURPLUS,
    Handled.BY_HAND: Outcome.MATCHED,
    Handled.SAME: Outcome.KNOWN,
    Handled.NOT_OURS: Outcome.FOREIGN,
}


@transaction.atomic
def book_on(line: BankFileLine, *, by: User, claim: RepaymentClaim) -> BankFileLine:
    """Book money that came in on the claim; what is above what it asks for becomes surplus."""
    row = _waiting(line, by)
    _require_money(row, credit=True)
    if claim.programme != row.programme:
        raise Refused("Kravet hör till ett annat program.")
    bank_booking.book(claim, [row], by=by)
    if row.outcome == Outcome.MATCHED:
        bank_booking.settle(row, by, Handled.BOOKED)
    return _told(row, by, "Bokförd på ett krav")


@transaction.atomic
def take_back(line: BankFileLine, *, by: User, former: BankFileLine) -> BankFileLine:
    """Money that went out takes back what had come in: the claim asks for it again."""
    row = _waiting(line, by)
    _require_money(row, credit=row.credit and row.reversal)
    former = BankFileLine.objects.select_related("claim__tranche", "entry", "file").get(pk=former.pk)
    same = former.programme_id == row.programme_id and former.credit and not former.reversal
    if not same or former.amount != row.amount or former.outcome not in (Outcome.MATCHED, Outcome.SURPLUS):
        raise Refused(
            "Raden tar inte tillbaka den inbetalningen: den är på ett annat belopp eller inte bokförd."
        )
    bank_booking.take_back(former, row, by=by)
    if row.outcome == Outcome.MATCHED:
        bank_booking.settle(row, by, Handled.REVERSED)
    save(former)
    told = _told(row, by, "Återtagen av banken")
    owe_or_close(former.file)
    return told


@transaction.atomic
def return_payment(line: BankFileLine, *, by: User, listed: PaymentBatchLine) -> BankFileLine:
    """The money is a payment of ours that came back."""
    row = _waiting(line, by)
    _require_money(row, credit=True)
    if listed.batch.programme_id != row.programme_id or listed.amount != row.amount:
        raise Refused("Utbetalningen är på ett annat belopp eller i ett annat program.")
    bank_returns.return_payment(listed, row, by=by)
    bank_booking.settle(row, by, Handled.RETURNED)
    return _told(row, by, "Retur av en utbetalning")


@transaction.atomic
def same_as(line: BankFileLine, *, by: User, entry: ClaimEntry) -> BankFileLine:
    """The money is the receipt that somebody has typed on the claim already: nothing more is booked."""
    row = _waiting(line, by)
    _require_money(row, credit=True)
    claim = RepaymentClaim.objects.locked(entry.claim)
    permissions.can_register_repayment(by, claim).require()
    entry = ClaimEntry.objects.get(pk=entry.pk)
    free = not hasattr(entry, "bank_line") and not hasattr(entry, "reversed_by") and entry.reverses_id is None
    if not free or entry.kind != EntryKind.RECEIPT or entry.amount != row.amount:
        raise Refused("Posten är på ett annat belopp, rättad eller redan hänförd till en rad från banken.")
    if claim.programme != row.programme:
        raise Refused("Kravet hör till ett annat program.")
    row.outcome, row.claim, row.entry, row.booked = Outcome.MATCHED, claim, entry, entry.amount
    bank_booking.settle(row, by, Handled.SAME)
    return _told(row, by, "Samma som den registrerade inbetalningen")


@transaction.atomic
def say(line: BankFileLine, *, by: User, how: str, note: str, evidence: str = "") -> BankFileLine:
    """Say what else the line is: money sent back or credited, registered by hand, known already, or not ours."""
    row, how = _waiting(line, by), Handled(how)
    if how not in ENDS:
        raise Refused(
            "Säg om beloppet är återsänt, tillgodofört, registrerat för hand eller inte myndighetens."
        )
    if how == Handled.NOT_OURS and row.outcome == Outcome.SURPLUS:
        raise Refused("Överskottet kom in på ett av era krav. Säg hur det är hanterat.")
    if how in EVIDENT:
        _require_booked(row)
        if not evidence:
            raise Refused("Ange underlaget.", field="evidence")
    if row.outcome == Outcome.PROPOSED:
        row.outcome = ENDS[how]
    bank_booking.settle(row, by, how, note=note, evidence=evidence)
    return _told(row, by, how.label)


def _waiting(line: BankFileLine, by: User) -> BankFileLine:
    """The line as it is now, alone with the programme's bank files: it waits, and the person may settle it."""
    programme = Programme.objects.select_for_update(of=("self",)).get(pk=line.programme_id)
    row = BankFileLine.objects.select_related("file__programme__disburser", "handled_by").get(pk=line.pk)
    permissions.can_pay(by, programme).require()
    if not row.waits:
        who = f" {row.handled_on} av {row.handled_by}" if row.handled_by else ""
        raise Refused(f"Raden är redan utredd{who}.")
    return row


def _require_money(row: BankFileLine, *, credit: bool) -> None:
    _require_booked(row)
    if row.outcome != Outcome.PROPOSED:
        raise Refused("Raden är redan bokförd. Säg hur överskottet är hanterat.")
    if row.credit != credit:
        raise Refused("Pengarna gick ut." if credit else "Pengarna kom in.")


def _require_booked(row: BankFileLine) -> None:
    if row.code == NOT_BOOKED and row.outcome == Outcome.PROPOSED:
        raise Refused(
            "Banken har inte bokfört raden än. Vänta på nästa fil, eller säg att den inte är myndighetens."
        )


class Told(TypedDict, total=False):
    """What somebody writes of a line."""

    note: str
    evidence: str


def _told(row: BankFileLine, by: User, how: str) -> BankFileLine:
    """Save the settled row and tell of it. What is not ours is told of without a word of it."""
    if row.outcome == Outcome.PROPOSED:
        raise Refused(row.reason)
    save(row)
    if row.outcome == Outcome.FOREIGN:
        audit.record("bank_file.line_set_aside", row.file, by=by, number=row.number)
    else:
        # What somebody writes of money without a relation to anything of ours may name who sent it.
        related = row.claim_id or row.payment_id
        told: Told = {"note": row.handled_note, "evidence": row.handled_evidence} if related else {}
        audit.record(
            "bank_file.line_settled", row.file, by=by, number=row.number, amount=row.amount, how=how, **told
        )
    owe_or_close(row.file)
    return row
