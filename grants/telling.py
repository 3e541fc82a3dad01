"""Who may say what the bank did: a payer, and never who released any attempt."""

from collections.abc import Sequence

from actors import steps
from actors.models import User
from digikoord.lib.verdict import ALLOWED, Verdict, refused
from programmes.handling import payer
from programmes.models import Matter

from .four_eyes import TOLD, Step, bar
from .models import Payment, PaymentBatch, PaymentStep
from .selectors.people_of_payments import People, people_of

OWN_RELEASE = "Du har själv utanordnat betalningen. En annan person ska lämna in bankens besked och bekräfta vad som hänt."


def can_pay(user: User, matter: Matter) -> Verdict:
    return payer(user, matter, steps.PAY)


def can_tell(user: User, payment: Payment) -> Verdict:
    """May say by hand what the bank did: received, paid, failed, sent back. Never who released any attempt."""
    return can_pay(user, payment) & _told_by_another(user, payment)


def _told_by_another(user: User, payment: Payment) -> Verdict:
    return refused(OWN_RELEASE) if bar(TOLD, payment.taken().get(user.pk, ())) else ALLOWED


can_confirm_payment = can_bring_back = can_tell


def can_take_in_answer(user: User, batch: PaymentBatch) -> Verdict:
    """May hand in the bank's answer to the list: once its file has been handed out, and never who released any attempt
    of a payment on it.
    """
    return can_pay(user, batch) & _was_handed_out(batch) & _released_none_of(user, batch)


def _was_handed_out(batch: PaymentBatch) -> Verdict:
    if PaymentBatch.objects.filter(pk=batch.pk, handed_out_by__isnull=False).exists():
        return ALLOWED
    return refused(
        f"Betalningsfilen till {batch} är inte hämtad än. Banken kan inte ha svarat på en fil som den inte har fått."
    )


def _released_none_of(user: User, batch: PaymentBatch) -> Verdict:
    own = PaymentStep.objects.filter(payment__lines__batch=batch, step=Step.RELEASED, person=user)
    return refused(OWN_RELEASE) if own.exists() else ALLOWED


def has_somebody_to_answer(payments: Sequence[Payment]) -> Verdict:
    """Whether one person may hand in the bank's answer to a list of all these; where only apart, they are listed apart."""
    people = people_of(payments[0].programme)
    answers = {
        person.pk: [row for row in payments if _may_answer(person, row, people)] for person in people.payers
    }
    most = max(answers.values(), key=len, default=[])
    together = {row.pk for rows in answers.values() for row in rows}
    if len(most) == len(payments) or len(together) < len(payments):
        return ALLOWED  # or nobody could answer for one of them on any list: who is missing is said elsewhere
    names = ", ".join(str(row.tranche.place) for row in payments if row not in most)
    return refused(
        "Ingen enskild person får lämna in bankens besked om alla de valda betalningarna, för olika personer har "
        f"utanordnat dem. Gör en egen lista av: {names}."
    )


def _may_answer(person: User, payment: Payment, people: People) -> bool:
    biased = (person.pk, payment.tranche.assignment.holder_id) in people.biased
    return not (biased or bar(TOLD, payment.taken().get(person.pk, ())))
