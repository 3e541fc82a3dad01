"""What was paid comes back: the payment is a return, no longer paid, until it is corrected or cancelled."""

import datetime
from typing import TypedDict, Unpack, cast

from django.db import transaction

from actors.models import User
from actors.roles import Role
from digikoord.lib import clock, lifecycle
from digikoord.lib.constraints import save
from digikoord.lib.money import kr
from digikoord.lib.verdict import Refused
from duties.actions import notices
from duties.actions.obligations import owe
from records.actions import audit

from .. import permissions
from ..events.payment import PaymentReturned
from ..four_eyes import Step
from ..models import BankFile, Payment, PaymentReturn, Tranche
from . import account_stops, accounts_taken_back, chain, missing_people


@transaction.atomic
def bring_back(
    payment: Payment,
    *,
    by: User,
    on: datetime.date,
    reason: str,
    code: str = "",
    evidence: str = "",
    file: BankFile | None = None,
) -> Payment:
    """The money came back on the day `on`: told by the bank's `file`, or by hand with `evidence` for it.

    `code` is the bank's reason code, where it gives one: AC01 and AC04 stop the account. An account of the year that
    had been accepted is taken back, so that paid − used is still what is claimed.
    """
    row = Payment.objects.locked(payment)
    permissions.can_bring_back(by, row).require()
    lifecycle.advance(row, "return")
    if not cast("datetime.date", row.value_date) <= on <= clock.today():
        raise Refused(
            f"Dagen då pengarna kom tillbaka ligger mellan valutadagen {row.value_date} och idag.", field="on"
        )
    evidence = evidence or (f"Bankens fil {file.message_id}"[:200] if file else reason[:200])
    save(_kept(row, by=by, on=on, reason=reason, code=code, evidence=evidence, file=file))
    save(row)
    told = PaymentReturned(amount=row.amount, reason=reason, code=code, evidence=evidence)
    audit.record(told, row, by=by, on=on)
    accounts_taken_back.take_back(Tranche.objects.get(pk=row.tranche.pk), by=by, payment=row)
    account_stops.stop_if_told(
        row, by=by, code=code or account_stops.code_in(reason), cause=f"Retur {on}: {reason}"
    )
    owe("handle_return", row, barred=chain.barred(row, Step.CORRECTED))
    missing_people.look(row)
    text = f"Utbetalningen av {kr(row.amount)} för {row.year} har kommit tillbaka från banken."
    notices.tell(row.tranche.holder, Role.SIGNATORY, text=text, url=row.get_absolute_url())
    return row


class Told(TypedDict):
    """What is said of a return."""

    on: datetime.date
    reason: str
    code: str
    evidence: str
    file: BankFile | None


def _kept(row: Payment, *, by: User, **told: Unpack[Told]) -> PaymentReturn:
    """The attempt as it was, which the next one no longer is."""
    names = ("end_to_end", "amount", "account", "batch", "value_date", "confirmed_by", "settled_in")
    return PaymentReturn(
        payment=row,
        registered_by=by,
        registered_on=clock.today(),
        **{name: getattr(row, name) for name in names},
        **told,
    )
