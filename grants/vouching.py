"""Who may enter an account, verify it, and verify it anew: never somebody from the other side of what is paid to it."""

from collections.abc import Callable, Collection, Mapping

from actors import steps
from actors.models import Actor, User
from actors.roles import Role
from digikoord.lib.verdict import ALLOWED, Verdict, refused
from programmes.handling import another, holds, unbiased, writer

from .four_eyes import Step
from .lifecycle.payment import UNDER_WAY
from .models import Payment, PaymentAccount
from .models.payment import PaymentQuerySet
from .payable import is_payable
from .paying import on_one_side
from .selectors import FOUR_EYES


def can_enter_account(user: User, actor: Actor) -> Verdict:
    """A recipient says where it is paid, and the authority that pays says where it is repaid."""
    may = writer(user, actor, "ange betalningsuppgift") | holds(user, Role.PAYER, actor, "ange kontot")
    return may and _of_each(user, actor, Step.ENTERED, lambda row: row.requisition.taken())


def can_verify_account(user: User, account: PaymentAccount, disburser: Actor) -> Verdict:
    return _can_verify(user, account, disburser) & another(
        user,
        account.entered_by_id,
        "Du har själv angett betalningsuppgiften. En annan person ska kontrollera den.",
    )


def _can_verify(user: User, account: PaymentAccount, disburser: Actor) -> Verdict:
    may = holds(user, Role.PAYER, disburser, steps.VERIFY_ACCOUNT.words)
    may &= unbiased(user, steps.VERIFY_ACCOUNT, account)
    return may and _of_each(user, account.actor, Step.VERIFIED, Payment.taken)


def can_verify_anew(user: User, account: PaymentAccount, disburser: Actor) -> Verdict:
    """With fresh evidence, by another person than who entered it and than who verified it last."""
    return (
        can_verify_account(user, account, disburser)
        & another(
            user,
            account.vouched_by_id,
            "Du har själv kontrollerat kontot förra gången. En annan person ska kontrollera det på nytt.",
        )
        & needs_verifying_anew(account)
    )


def needs_verifying_anew(account: PaymentAccount) -> Verdict:
    """A stopped account does, and one whose verifier stands on the other side of a payment that waits for it."""
    if not account.is_verified:
        return refused("Kontot är inte kontrollerat en första gång.")
    if account.stop or any(not is_payable(account.actor, account, row) for row in _under_way(account.actor)):
        return ALLOWED
    return refused("Kontot är kontrollerat och inte spärrat. Det behöver inte kontrolleras på nytt.")


def _under_way(actor: Actor) -> PaymentQuerySet:
    """The actor's payments that have not ended, with what their four eyes read."""
    rows = Payment.objects.filter(requisition__tranche__assignment__holder=actor, status__in=UNDER_WAY)
    return rows.select_related("requisition__tranche__assignment__holder").prefetch_related(*FOUR_EYES)


def _of_each(
    user: User, actor: Actor, step: str, taken: Callable[[Payment], Mapping[int, Collection[str]]]
) -> Verdict:
    """Whether the step would put the person on both sides of a payment of the actor's that has not ended."""
    for row in _under_way(actor):
        verdict = on_one_side(user, taken(row), step)
        if not verdict:
            return verdict
    return ALLOWED
