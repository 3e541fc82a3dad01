"""Who may do what to a payment: a role, no conflict of interest, and never both sides of it (grants/four_eyes.py)."""

from actors.permissions import is_impartial
from actors.roles import Role
from digikoord.lib.verdict import ALLOWED, Verdict, refused

from .four_eyes import TOLD, Step, bar, sentence
from .handling import another, holds, official, payer, writer
from .lifecycle.payment import UNDER_WAY
from .models import Payment, PaymentAccount, PaymentBatch, PaymentStep
from .selectors import FOUR_EYES, finishing

OWN_RELEASE = "Du har själv utanordnat betalningen. En annan person ska lämna in bankens besked och bekräfta vad som hänt."


def on_one_side(user, taken, step) -> Verdict:
    """Whether the person has taken no step that bars them from this one; `taken` as `Payment.taken()` gives it."""
    barred = bar(step, taken.get(user.pk, ()))
    return refused(sentence(barred, step)) if barred else ALLOWED


# Requisitions


def can_handle_requisitions(user, matter) -> Verdict:
    return official(user, matter, "handlägga rekvisitioner")


def can_approve(user, requisition) -> Verdict:
    return (
        can_handle_requisitions(user, requisition)
        & another(
            user,
            requisition.submitted_by_id,
            "Du har själv skickat in rekvisitionen. En annan person ska attestera den.",
        )
        & on_one_side(user, requisition.taken(requisition.live_account), Step.APPROVED)
    )


# Payments


def can_pay(user, matter) -> Verdict:
    return payer(user, matter, "hantera utbetalningar")


def can_release(user, payment) -> Verdict:
    return can_pay(user, payment) & _from_the_other_side(user, payment)


def _from_the_other_side(user, payment):
    taken = payment.taken()
    verdict = on_one_side(user, taken, Step.RELEASED)
    return verdict and _leaves_somebody(user, payment, taken)


def _leaves_somebody(user, payment, taken):
    """A second releaser may be the last who could say what the bank did: then the first one releases again."""
    others = {person for person, steps in taken.items() if Step.RELEASED in steps} - {user.pk}
    if not others or Step.RELEASED in taken.get(user.pk, ()):
        return ALLOWED
    people = finishing.people_of(payment.programme)
    if finishing.missing(payment, people) or not finishing.missing(
        payment, people, after=(Step.RELEASED, user)
    ):
        return ALLOWED
    names = ", ".join(person.name for person in people.payers if person.pk in others)
    return refused(
        f"Om du utanordnar finns ingen kvar som får lämna in bankens besked. Låt {names} utanordna igen."
    )


def can_release_now(user, payment) -> Verdict:
    """What release demands, account and all; the mass act's preview asks the same."""
    account = is_payable(payment.tranche.holder, payment.live_account, payment)
    return can_pay(user, payment) & account and _from_the_other_side(user, payment)


def is_payable(holder, account, payment=None) -> Verdict:
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


def _vouched_from_the_other_side(account, payment):
    """Who entered the account and who verified it stand on the sides of this payment too."""
    taken = payment.requisition.taken(account)
    for person, step, what in (
        (account.vouched_by_id, Step.VERIFIED, "kontrollerat kontot"),
        (account.entered_by_id, Step.ENTERED, "angett kontot"),
    ):
        barred = bar(step, taken.get(person, ()))
        if barred:
            return refused(
                f"Den som har {what} har också {Step(barred).label}. "
                "Kontot ska kontrolleras på nytt av en annan person, eller bytas ut."
            )
    return ALLOWED


def can_export(user, payment) -> Verdict:
    """On a list: the account it was released to must still hold."""
    return can_pay(user, payment) & is_payable(payment.tranche.holder, payment.account, payment)


def has_somebody_to_answer(payments) -> Verdict:
    """Whether one person may hand in the bank's answer to a list of all these; where only apart, they are listed apart."""
    people = finishing.people_of(payments[0].programme)
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


def _may_answer(person, payment, people):
    biased = (person.pk, payment.tranche.assignment.holder_id) in people.biased
    return not biased and not bar(TOLD, payment.taken().get(person.pk, ()))


def can_tell(user, payment) -> Verdict:
    """May say by hand what the bank did: received, paid, failed. Never who released any attempt."""
    return can_pay(user, payment) & _told_by_another(user, payment)


def _told_by_another(user, payment):
    return refused(OWN_RELEASE) if bar(TOLD, payment.taken().get(user.pk, ())) else ALLOWED


def can_confirm_payment(user, payment) -> Verdict:
    return can_tell(user, payment)


def can_bring_back(user, payment) -> Verdict:
    """May say that what was paid has come back."""
    return can_tell(user, payment)


def can_take_in_answer(user, batch) -> Verdict:
    """May hand in the bank's answer to the list: once its file has been handed out, and never who released any attempt
    of a payment on it.
    """
    return can_pay(user, batch.programme) & _was_handed_out(batch) & _released_none_of(user, batch)


def _was_handed_out(batch):
    if PaymentBatch.objects.filter(pk=batch.pk, handed_out_by__isnull=False).exists():
        return ALLOWED
    return refused(
        f"Betalningsfilen till {batch} är inte hämtad än. Banken kan inte ha svarat på en fil som den inte har fått."
    )


def _released_none_of(user, batch):
    own = PaymentStep.objects.filter(payment__lines__batch=batch, step=Step.RELEASED, person=user)
    return refused(OWN_RELEASE) if own.exists() else ALLOWED


def can_correct_payment(user, payment) -> Verdict:
    return official(user, payment, "rätta en misslyckad utbetalning") & on_one_side(
        user, payment.taken(), Step.CORRECTED
    )


def can_correct_now(user, payment) -> Verdict:
    """What came back after it was paid is sent anew only to an account that has been checked."""
    verdict = can_correct_payment(user, payment)
    if payment.status != "returned":
        return verdict
    return verdict & is_payable(payment.tranche.holder, payment.live_account)


def can_cancel_payment(user, payment) -> Verdict:
    return official(user, payment, "makulera en utbetalning")


# Accounts


def can_confirm_bank_details(user, details) -> Verdict:
    return can_pay(user, details.programme) & another(
        user, details.entered_by_id, "Du har själv angett bankuppgifterna. En annan person ska bekräfta dem."
    )


def can_enter_account(user, actor) -> Verdict:
    """A recipient says where it is paid, and the authority that pays says where it is repaid."""
    may = writer(user, actor, "ange betalningsuppgift") | holds(user, Role.PAYER, actor, "ange kontot")
    return may and _of_each(user, actor, Step.ENTERED, lambda row: row.requisition.taken())


def can_verify_account(user, account, disburser) -> Verdict:
    return _can_verify(user, account, disburser) & another(
        user,
        account.entered_by_id,
        "Du har själv angett betalningsuppgiften. En annan person ska kontrollera den.",
    )


def _can_verify(user, account, disburser):
    may = holds(user, Role.PAYER, disburser, "kontrollera betalningsuppgifter") & is_impartial(
        user, account.actor
    )
    return may and _of_each(user, account.actor, Step.VERIFIED, Payment.taken)


def can_verify_anew(user, account, disburser) -> Verdict:
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


def _under_way(actor):
    """The actor's payments that have not ended, with what their four eyes read."""
    rows = Payment.objects.filter(requisition__tranche__assignment__holder=actor, status__in=UNDER_WAY)
    return rows.select_related("requisition__tranche__assignment__holder").prefetch_related(*FOUR_EYES)


def _of_each(user, actor, step, taken):
    """Whether the step would put the person on both sides of a payment of the actor's that has not ended."""
    for row in _under_way(actor):
        verdict = on_one_side(user, taken(row), step)
        if not verdict:
            return verdict
    return ALLOWED
