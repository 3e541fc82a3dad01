"""A payment of ours whose money the bank's file shows coming back."""

import datetime
from typing import cast

from django.db import transaction

from actors.models import User
from digikoord.lib import locks
from digikoord.lib.verdict import Refused

from ..lifecycle.payment import Status
from ..models import BankFileLine, Outcome, Payment, PaymentBatchLine
from . import payment_returns, payments

CAME_BACK = "returned"  # the payment's state after its return
AT_THE_BANK = (Status.EXPORTED, Status.ACCEPTED)
NOTHING_NEW = (Status.FAILED, Status.CANCELLED, CAME_BACK)


@locks.part_of_act
def return_payment(listed: PaymentBatchLine, row: BankFileLine, *, by: User) -> str:
    """The money of a line on a payment list has come back. Gives the sentence why where it cannot be told; the row
    then waits.
    """
    payment = Payment.objects.locked(listed.payment)
    row.outcome, row.payment, row.reference = Outcome.RETURNED, payment, listed.end_to_end
    reason = " ".join(filter(None, [row.code, f"Banken återsände betalningen {row.on}.", row.message]))[:500]
    try:
        with transaction.atomic():
            _give_back(payment, listed, row=row, by=by, reason=reason)
    except Refused as refusal:
        row.outcome, row.payment, row.reason = Outcome.PROPOSED, None, str(refusal)
    return "" if row.outcome == Outcome.RETURNED else row.reason


def _give_back(
    payment: Payment, listed: PaymentBatchLine, *, row: BankFileLine, by: User, reason: str
) -> None:
    if payment.end_to_end != listed.end_to_end or payment.status in NOTHING_NEW:
        row.reason = "Utbetalningen är redan registrerad som misslyckad eller i retur."
    elif payment.status == Status.PAID:
        payment_returns.bring_back(
            payment, by=by, on=cast("datetime.date", row.on), reason=reason, code=row.code, file=row.file
        )
    elif payment.status in AT_THE_BANK:
        payments.fail(payment, by=by, reason=reason, code=row.code)
    else:
        raise Refused(f"Utbetalning {payment.end_to_end} är {payment.get_status_display().lower()} här.")
