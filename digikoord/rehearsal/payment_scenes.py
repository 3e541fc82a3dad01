"""How the rehearsal's money leaves: released, handed to the bank, and settled as the bank says."""

from __future__ import annotations

import datetime
import typing
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from grants.actions import bank_answers, bank_files, payment_accounts, payments
from grants.actions import bank_details as details
from grants.models import Payment, PaymentBatch

from . import bank, giro

if TYPE_CHECKING:
    from grants.models import BankDetails

    from .cast import Cast


def pay_all(cast: Cast, value_date: datetime.date | None = None) -> None:
    """Release, export and confirm everything that waits, on one day."""
    release_all(cast)
    export_all(cast)
    confirm_all(cast, value_date)


def _payments(cast: Cast, *statuses: str) -> QuerySet[Payment]:
    rows = Payment.objects.filter(requisition__tranche__place__programme=cast.programme, status__in=statuses)
    return rows.select_related("requisition__tranche")


def release_all(cast: Cast) -> None:
    rows = _payments(cast, "prepared")
    payable = [row for row in rows if row.live_account and row.live_account.is_verified]
    payments.release_many(payable, by=cast.payer())


def release(cast: Cast, code: str) -> None:
    row = _payments(cast, "prepared").get(requisition__tranche__place__code=code)
    payments.release(row, by=cast.payer())


def export_all(cast: Cast) -> None:
    rows = list(_payments(cast, "released"))
    if rows:
        batch = payments.export(cast.programme, by=cast.payer(), payments=rows)
        bank_files.hand_out(batch, by=cast.payer())


def confirm_all(cast: Cast, value_date: datetime.date | None = None) -> None:
    """The bank says that everything it was given is settled."""
    waiting = _payments(cast, "exported").values("batch")
    for batch in PaymentBatch.objects.filter(pk__in=waiting).order_by("number"):
        answer = bank.answer(batch, "ACSC", on=value_date or batch.created_on)
        bank_answers.take_in(batch, by=cast.other_payer(), name=f"svar-{batch.number}.xml", content=answer)


def bank_details(cast: Cast) -> None:
    details.enter(
        cast.programme,
        by=cast.payer(),
        debit_giro="bankgiro",
        debit_number=giro.bankgiro(99991),
        bic="OVNGSESS",
    )
    entered = details.of(cast.programme)
    details.confirm(typing.cast("BankDetails", entered), by=cast.other_payer())
    own = cast.programme.disburser
    account = payment_accounts.enter(own, by=cast.payer(), giro="bankgiro", number=giro.bankgiro(99992))
    payment_accounts.verify(
        account, by=cast.other_payer(), disburser=own, evidence="Bankgirots register (övning)"
    )
