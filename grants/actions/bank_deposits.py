"""Money that came in (camt.054): matched to repayment claims by their OCR."""

from django.db import transaction

from actors.actions import audit
from digikoord.lib import clock
from digikoord.lib.constraints import save
from digikoord.lib.money import kr
from digikoord.lib.verdict import Refused

from .. import permissions
from ..bank import camt054
from ..models import BankFileLine, EntryKind, FileKind, Outcome, Programme, RepaymentClaim
from . import bank_files, settlements


@transaction.atomic
def take_in(programme, *, by, name, content, leave_rest=False):
    """Book the deposits of the file on the claims they pay. Returns the BankFile.

    leave_rest   what no claim fits is kept for somebody to look into; otherwise it refuses the whole file
    """
    programme = Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    permissions.can_pay(by, programme).require()
    notice = camt054.read(content)
    _require_ours(notice, programme)
    if not notice.deposits:
        raise Refused("Filen har inga inbetalningar.")
    _require_new(notice, programme)
    file = bank_files.keep(
        programme,
        by=by,
        kind=FileKind.DEPOSITS,
        message_id=notice.message_id,
        name=name,
        content=content,
    )
    claims = {row.reference: row for row in _claims(programme, notice)}
    in_order = sorted(notice.deposits, key=lambda row: (_place(claims.get(row.ocr)), row.bank_reference))
    faults = [fault for row in in_order if (fault := _book(row, claims.get(row.ocr), file, by))]
    if faults and (not leave_rest or len(faults) == len(in_order)):
        raise Refused(" ".join(faults))
    facts = {"counts": _counts(file), "left": len(faults), "sha256": file.sha256}
    audit.record("bank_file.deposits_taken_in", file, by=by, **facts)
    return file


def _require_ours(notice, programme):
    """The notification is of the account that the authority is repaid to, where one has been checked."""
    accounts = programme.disburser.payment_accounts.live().filter(verified_on__isnull=False)
    own = {_digits(row.number) for row in accounts}
    for account in notice.accounts:
        if own and _digits(account) not in own:
            raise Refused(f"Filen gäller konto {account}, inte kontot för återbetalningar, {accounts[0]}.")


def _digits(number):
    return "".join(filter(str.isdecimal, number))


def _require_new(notice, programme):
    """A deposit told of in an earlier file is never booked twice."""
    references = [row.bank_reference for row in notice.deposits]
    old = BankFileLine.objects.filter(programme=programme, bank_reference__in=references)
    for row in old.select_related("file")[:1]:
        raise Refused(
            f"Inbetalningen {row.bank_reference} är redan inläst {row.file.imported_on}. Filen läses inte in."
        )


def _claims(programme, notice):
    rows = RepaymentClaim.objects.filter(
        tranche__place__programme=programme, reference__in=[row.ocr for row in notice.deposits if row.ocr]
    )
    return rows.select_related("tranche__year", "tranche__place")


def _place(claim):
    """Locks are taken in one order: year, place, row."""
    return (claim.tranche.year_id, claim.tranche.place_id, claim.pk) if claim else (0, 0, 0)


def _book(deposit, claim, file, by):
    """Book one deposit; a sentence if it cannot be."""
    line = BankFileLine(
        programme=file.programme,
        file=file,
        reference=deposit.ocr,
        bank_reference=deposit.bank_reference,
        amount=deposit.amount,
        on=deposit.on,
        payer=deposit.payer[:140],
        outcome=Outcome.BOOKED,
    )
    fault = _fault(deposit, claim, file)
    if not fault:
        try:
            with transaction.atomic():
                line.entry = settlements.receive(
                    claim,
                    by=by,
                    amount=deposit.amount,
                    on=deposit.on,
                    note=f"Inläst, {deposit.bank_reference}",
                )
        except Refused as refusal:
            fault = f"{deposit.ocr}: {refusal}"
    if fault:
        line.outcome, line.reason = Outcome.LEFT, fault
    save(line)
    return fault


def _fault(deposit, claim, file):
    """Why the deposit is not booked by itself; nothing where it may be."""
    if claim is None:
        return f"Referensen {deposit.ocr or '(saknas)'} hör inte till något krav."
    alike = claim.entries.filter(
        kind=EntryKind.RECEIPT, amount=deposit.amount, on=deposit.on, reversed_by=None
    )
    # What the bank names is told apart from what it named before, but not from what somebody typed.
    alike = alike.filter(bank_line=None) if deposit.named else alike.exclude(bank_line__file=file)
    if alike.exists():
        return (
            f"{deposit.ocr}: {kr(deposit.amount)} den {deposit.on} är redan registrerat på kravet. "
            "Är det en annan inbetalning, registrera den för hand."
        )
    return ""


@transaction.atomic
def handle(line, *, by, note):
    """Say how a deposit that was left has been looked into: registered by hand, sent back, or not ours."""
    row = (
        BankFileLine.objects.select_for_update(of=("self",)).select_related("file__programme").get(pk=line.pk)
    )
    permissions.can_pay(by, row.file.programme).require()
    if not row.waits:
        raise Refused("Inbetalningen är redan utredd.")
    row.handled_by, row.handled_on, row.handled_note = by, clock.today(), note
    save(row)
    audit.record(
        "bank_file.deposit_handled", row.file, by=by, amount=row.amount, reference=str(row), note=note
    )
    return row


def _counts(file):
    booked = [row for row in file.lines.all() if row.outcome == Outcome.BOOKED]
    return f"bokförda {len(booked)}"
