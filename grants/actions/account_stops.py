"""An account that the bank has sent money back from is stopped: nothing goes there until it has been verified anew."""

import re

from actors.models import User
from actors.roles import Role
from actors.subject import Subject
from digikoord.lib import clock, locks
from digikoord.lib.constraints import save
from duties.actions import notices, obligations
from duties.actions.obligations import owe
from programmes.models import Programme
from records.actions import audit

from ..events.payment_account import AccountStopped
from ..models import AccountStop, AccountVerification, Payment, PaymentAccount
from ..models.payment_account import Halt

# ISO 20022's external reason codes: the account's number is wrong; the account is closed
STOPPING = ("AC01", "AC04")
DUTIES = ("replace_account", "verify_stopped_account")


class Stopped:
    """The account as a matter of a programme's: whom the duties about it are owed by."""

    def __init__(self, account: PaymentAccount, programme: Programme) -> None:
        self.account, self.programme = account, programme
        self.pk, self.actor, self.vouched_by_id = account.pk, account.actor, account.vouched_by_id

    def subject(self) -> Subject:
        return self.account.subject()


def code_in(reason: str) -> str:
    """The code that the bank's reason begins with: `AC04 Kontot är avslutat`."""
    return next(iter(re.findall(rf"\b({'|'.join(STOPPING)})\b", reason[:40])), "")


@locks.part_of_act
def stop_if_told(payment: Payment, *, by: User, code: str, cause: str) -> Halt | AccountStop | None:
    """Stop the account the payment went to, where the bank's code says that it is the account's fault."""
    if code not in STOPPING or payment.account_id is None:
        return None
    account = PaymentAccount.objects.select_for_update(of=("self",)).get(pk=payment.account_id)
    if account.stop:
        return account.stop
    row = AccountStop(
        account=account,
        payment=payment,
        code=code,
        cause=cause,
        stopped_on=clock.today(),
        stopped_by=by,
    )
    save(row)
    audit.record(
        AccountStopped(code=code, reason=cause, payment=payment, account=str(account)), account, by=by
    )
    if payment.live_account == account:
        _owe(account, payment.programme)
    return row


def _owe(account: PaymentAccount, programme: Programme) -> None:
    """The recipient gives another account, or the authority that pays finds out that it was right: whoever is first."""
    about = Stopped(account, programme)
    for kind in DUTIES:
        owe(kind, about)
    text = f"{account} för {account.actor} är spärrat: banken har skickat tillbaka en betalning."
    for actor, role in ((account.actor, Role.SIGNATORY), (programme.disburser, Role.PAYER)):
        notices.tell(actor, role, text=text, url=account.get_absolute_url())


@locks.part_of_act
def lift(account: PaymentAccount, verification: AccountVerification) -> None:
    """What stopped the locked account is answered by its being verified anew."""
    for row in account.stops.filter(lifted__isnull=True):
        row.lifted = verification
        save(row)
    for kind in DUTIES:
        obligations.close(kind, account)


@locks.part_of_act
def replaced(account: PaymentAccount) -> None:
    """Nobody looks for what was wrong with an account that is no longer used."""
    obligations.close("replace_account", account)
    obligations.void("verify_stopped_account", account, "Betalningsuppgiften har ersatts.")
