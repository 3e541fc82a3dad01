"""Who may do what to a payment: a role, no conflict of interest, and never both sides of it (grants/four_eyes.py)."""

from collections.abc import Collection, Mapping

from actors import steps
from actors.models import User
from digikoord.lib.verdict import ALLOWED, Verdict, refused
from programmes.handling import another, official
from programmes.models import Programme

from .charging import has_decided_nothing, is_charged
from .four_eyes import Step, bar, sentence
from .lifecycle.payment import Status
from .models import BankDetails, Payment, Requisition
from .payable import is_payable
from .selectors import finishing
from .selectors.people_of_payments import people_of
from .telling import can_pay


def on_one_side(user: User, taken: Mapping[int, Collection[str]], step: str) -> Verdict:
    """Whether the person has taken no step that bars them from this one; `taken` as `Payment.taken()` gives it."""
    barred = bar(step, taken.get(user.pk, ()))
    return refused(sentence(barred, step)) if barred else ALLOWED


def can_handle_requisitions(user: User, matter: Programme | Requisition) -> Verdict:
    return official(user, matter, steps.APPROVE)


def can_approve(user: User, requisition: Requisition) -> Verdict:
    return (
        can_handle_requisitions(user, requisition)
        & another(
            user,
            requisition.submitted_by_id,
            "Du har själv skickat in rekvisitionen. En annan person ska attestera den.",
        )
        & on_one_side(user, requisition.taken(requisition.live_account), Step.APPROVED)
        & has_decided_nothing(user, requisition.tranche)
    )


def can_release(user: User, payment: Payment) -> Verdict:
    return can_pay(user, payment) & _from_the_other_side(user, payment)


def _from_the_other_side(user: User, payment: Payment) -> Verdict:
    taken = payment.taken()
    verdict = on_one_side(user, taken, Step.RELEASED)
    return verdict and _leaves_somebody(user, payment, taken)


def _leaves_somebody(user: User, payment: Payment, taken: Mapping[int, Collection[str]]) -> Verdict:
    """A second releaser may be the last who could say what the bank did: then the first one releases again."""
    others = {person for person, steps in taken.items() if Step.RELEASED in steps} - {user.pk}
    if not others or Step.RELEASED in taken.get(user.pk, ()):
        return ALLOWED
    people = people_of(payment.programme)
    if finishing.missing(payment, people) or not finishing.missing(
        payment, people, after=(Step.RELEASED, user)
    ):
        return ALLOWED
    names = ", ".join(person.name for person in people.payers if person.pk in others)
    return refused(
        f"Om du utanordnar finns ingen kvar som får lämna in bankens besked. Låt {names} utanordna igen."
    )


def can_release_now(user: User, payment: Payment) -> Verdict:
    """What release demands, account and all; the mass act's preview asks the same."""
    account = is_payable(payment.tranche.holder, payment.live_account, payment)
    charged = is_charged(user, payment.tranche)
    return can_pay(user, payment) & account & charged and _from_the_other_side(user, payment)


def can_export(user: User, payment: Payment) -> Verdict:
    """On a list: the account it was released to must still hold."""
    account, live = payment.account, payment.live_account
    if live and account == live:
        account = live  # as it was read, with its state
    payable = is_payable(payment.tranche.holder, account, payment)
    return can_pay(user, payment) & payable & is_charged(None, payment.tranche)


def can_correct_payment(user: User, payment: Payment) -> Verdict:
    return official(user, payment, steps.CORRECT_PAYMENT) & on_one_side(user, payment.taken(), Step.CORRECTED)


def can_correct_now(user: User, payment: Payment) -> Verdict:
    """What came back after it was paid is sent anew only to an account that has been checked."""
    verdict = can_correct_payment(user, payment)
    if payment.status != Status.RETURNED:
        return verdict
    return verdict & is_payable(payment.tranche.holder, payment.live_account)


def can_cancel_payment(user: User, payment: Payment) -> Verdict:
    return official(user, payment, steps.CANCEL_PAYMENT)


def can_confirm_bank_details(user: User, details: BankDetails) -> Verdict:
    return can_pay(user, details) & another(
        user, details.entered_by_id, "Du har själv angett bankuppgifterna. En annan person ska bekräfta dem."
    )
