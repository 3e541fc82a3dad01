"""The chain of people of a payment: who took which step is kept as a row, with the act that is the step."""

from typing import cast

from actors.models import User
from actors.roles import Role
from digikoord.lib import clock, locks

from ..four_eyes import SIDES, Step, bar
from ..models import Payment, PaymentAccount, PaymentStep
from ..selectors.people_of_payments import OFFICIALS_DO


@locks.part_of_act
def take(payment: Payment, *steps: tuple[str, int | None], account: PaymentAccount | None = None) -> None:
    """Keep who took which step of the payment's present attempt: (step, person's id), of the `account` it goes to where
    the step is the account's. Each once.
    """
    known = set(
        PaymentStep.objects.filter(payment=payment).values_list("end_to_end", "step", "person", "account")
    )
    rows = [
        PaymentStep(
            requisition_id=payment.requisition_id,
            payment=payment,
            end_to_end=payment.end_to_end,
            step=step,
            side=SIDES[step],
            person_id=cast("int", person),
            account=account,
            on=clock.today(),
        )
        for step, person in steps
        if (payment.end_to_end, step, person, account and account.pk) not in known
    ]
    PaymentStep.objects.bulk_create(rows)


@locks.part_of_act
def take_account(payment: Payment, account: PaymentAccount) -> None:
    """Whoever entered the account that the payment goes to, and whoever verified it last, stand on its sides."""
    steps = ((Step.ENTERED, account.entered_by_id), (Step.VERIFIED, account.vouched_by_id))
    take(payment, *steps, account=account)


def barred(payment: Payment, step: str) -> int | None:
    """The one who took the present attempt's step on the other side of `step`, for whom the duty is not; else anybody
    who did: a duty bars one person, and the page says it of the rest.
    """
    taken = payment.taken()
    first = payment.prepared_by_id if step == Step.RELEASED else payment.released_by_id
    others = sorted(person for person, steps in taken.items() if person != first and bar(step, steps))
    if first and bar(step, taken.get(first, ())) and _holds_the_role(first, payment, step):
        return first
    return next((person for person in others if _holds_the_role(person, payment, step)), first)


def _holds_the_role(person: int, payment: Payment, step: str) -> bool:
    role, party = (
        (Role.OFFICIAL, payment.programme.ministry_id)
        if step in OFFICIALS_DO
        else (Role.PAYER, payment.programme.disburser_id)
    )
    return User.objects.get(pk=person).has(role, party)
