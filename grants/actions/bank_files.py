"""The file of a payment list: made once for the bank, handed out with a note in the trail; and what the bank sends."""

import datetime
import hashlib
from collections.abc import Sequence
from typing import cast

from django.db import transaction

from actors.models import User
from digikoord.lib import calendar, clock, locks
from digikoord.lib.constraints import save
from digikoord.lib.verdict import Refused
from duties.actions import obligations
from programmes.models import Programme
from records.actions import audit

from .. import permissions
from ..bank import pain001
from ..bank.pain001 import Order, Transfer
from ..models import BankDetails, BankFile, FileKind, Payment, PaymentAccount, PaymentBatch, PaymentBatchLine
from . import bank_details

NAME_LENGTH = 120
HOLDER = (
    "requisition__tranche__assignment__holder",
    "requisition__tranche__place__programme__disburser",
)


@locks.part_of_act
def make(batch: PaymentBatch, payments: Sequence[Payment]) -> None:
    """Give a new, locked batch its file, from the payments (with accounts) that are on it."""
    batch.message_id = message_id(batch)
    batch.execute_on = execution_day(batch.created_on)
    batch.content = pain001.write(_order(batch, payments))
    batch.sha256 = hashlib.sha256(batch.content).hexdigest()
    save(batch)


def message_id(batch: PaymentBatch) -> str:
    """The file's identity at the bank: the same in every database where the same was done."""
    return message_id_of(batch.programme, batch.number)


def message_id_of(programme: Programme, number: int) -> str:
    exercise = "OVNING-" if clock.in_rehearsal() else ""
    return f"{exercise}{programme.bank_code}-B{number:04d}"


def execution_day(created_on: datetime.date) -> datetime.date:
    """The day that the bank is asked to pay on: the first working day after the list was made."""
    return calendar.after_working_days(created_on, 1)


def _order(batch: PaymentBatch, payments: Sequence[Payment]) -> Order:
    programme = batch.programme
    details = cast("BankDetails", bank_details.confirmed(programme))
    lines = {row.payment_id: row for row in batch.lines.all()}
    return pain001.Order(
        message_id=batch.message_id,
        created=datetime.datetime.combine(batch.created_on, datetime.time(12)),
        execute_on=cast("datetime.date", batch.execute_on),
        debtor=pain001.Party(programme.disburser.legal_name, details.payer_org_nr),
        account=pain001.Account(details.debit_giro, details.debit_number),
        bic=details.bic,
        transfers=tuple(_transfer(row, lines[row.pk]) for row in payments),
        mark=clock.mark(),
    )


def _transfer(payment: Payment, line: PaymentBatchLine) -> Transfer:
    account = cast("PaymentAccount", payment.account)
    return pain001.Transfer(
        end_to_end=line.end_to_end,
        amount=line.amount,
        to=pain001.Party(line.holder, line.org_nr),
        account=pain001.Account(account.giro, account.number),
        remittance=line.reference,
    )


@transaction.atomic
def hand_out(batch: PaymentBatch, *, by: User) -> bytes:
    """The file's bytes, for the bank. The first time is the export; every other is told of as such."""
    row = PaymentBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    permissions.can_pay(by, row.programme).require()
    for payment in Payment.objects.filter(lines__batch=row).select_related(*HOLDER):
        permissions.can_pay(by, payment).require()
    if row.content is None:
        raise Refused("Listan skapades innan betalningsfiler fanns. Använd listan som PDF eller CSV.")
    content = bytes(row.content)
    if hashlib.sha256(content).hexdigest() != row.sha256:
        raise Refused(
            "Betalningsfilen är ändrad sedan den skapades. Lämna den inte till banken; utred först."
        )
    again = row.handed_out_by_id is not None
    if not again:
        row.handed_out_by, row.handed_out_on = by, clock.today()
        save(row)
    obligations.close("hand_over_file", row)
    audit.record(
        "batch.file_handed_out_again" if again else "batch.file_handed_out", row, by=by, sha256=row.sha256
    )
    return content


@locks.part_of_act
def keep(
    programme: Programme,
    *,
    by: User,
    kind: FileKind,
    message_id: str,
    name: str,
    content: bytes,
    batch: PaymentBatch | None = None,
    bank: str = "",
) -> BankFile:
    """Keep a file from the bank, once: the same bytes or the same message are refused a second time."""
    sha256 = hashlib.sha256(content).hexdigest()
    files = BankFile.objects.filter(programme=programme)
    same = files.filter(sha256=sha256).first()
    if same:
        raise Refused(
            f"Filen är redan inläst {same.imported_on}, av {same.imported_by}. Den läses inte igen."
        )
    if files.filter(kind=kind, message_id=message_id).exists():
        raise Refused(
            f"Meddelandet {message_id} är redan inläst, men med annat innehåll. "
            "En av filerna är ändrad: fråga banken."
        )
    row = BankFile(
        programme=programme,
        kind=kind,
        batch=batch,
        message_id=message_id,
        name=name[-NAME_LENGTH:],
        bank=bank[:11],
        content=content,
        sha256=sha256,
        imported_by=by,
        imported_on=clock.today(),
    )
    return save(row)
