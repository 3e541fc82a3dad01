"""Whether money can go to an account: verified by another person, not stopped, and by nobody from the payment's other side."""

from actors.models import Actor
from digikoord.lib.verdict import ALLOWED, Verdict, refused

from .four_eyes import Step, bar
from .models import Payment, PaymentAccount


def is_payable(holder: Actor, account: PaymentAccount | None, payment: Payment | None = None) -> Verdict:
    """No payment goes to an account that a second person has not verified, or that the bank has sent money back from."""
    if account is None or not account.is_verified:
        return refused(
            f"Betalningsuppgiften för {holder} är inte kontrollerad. "
            "Utbetalningen är spärrad tills en annan person har kontrollerat den."
        )
    if account.stop:
        return refused(
            f"{account} för {holder} är spärrat sedan {account.stop.stopped_on}: {account.stop.cause} "
            "Kontot kontrolleras på nytt av en annan person, eller byts ut, innan något betalas dit."
        )
    return _vouched_from_the_other_side(account, payment) if payment else ALLOWED


def _vouched_from_the_other_side(account: PaymentAccount, payment: Payment) -> Verdict:
    """Who entered the account and who verified it stand on the sides of this payment too."""
    taken = payment.requisition.taken(account)
    for person, step, what in (
        (account.vouched_by_id, Step.VERIFIED, "kontrollerat kontot"),
        (account.entered_by_id, Step.ENTERED, "angett kontot"),
    ):
        barred = bar(step, taken.get(person, ()) if person else ())
        if barred:
            return refused(
                f"Den som har {what} har också {Step(barred).label}. "
                "Kontot ska kontrolleras på nytt av en annan person, eller bytas ut."
            )
    return ALLOWED
