"""Who may. The same verdict shows a button, guards a page, and guards the act."""

from actors import steps
from actors.roles import Role
from digikoord.lib import clock
from digikoord.lib.verdict import ALLOWED, refused

from .handling import another, decision_maker, holds, official, payer, signatory, unbiased, writer

# Decisions, offers and successions


def can_dispatch(user, decision):
    return decision_maker(user, decision, steps.DISPATCH)


def can_register_decision(user, matter):
    """`matter` is the programme, or the draft: whom it names, it concerns."""
    return official(user, matter, steps.REGISTER_DECISION)


def can_amend(user, change):
    """Whom a change names, it concerns, and the draft with it."""
    return can_register_decision(user, change.decision) & unbiased(user, steps.REGISTER_DECISION, change)


def is_decided(decision):
    """A decision that a file tells of in advance is not sent out before its day."""
    if decision.decided_on <= clock.today():
        return ALLOWED
    return refused(f"Beslutet fattas {decision.decided_on} och kan expedieras tidigast då.")


def can_answer(user, assignment):
    return signatory(user, assignment.holder, "svara på erbjudandet")


def can_set_answer_day(user, assignment):
    return official(user, assignment, steps.SET_ANSWER_DAY)


def can_lapse(user, assignment):
    return official(user, assignment, steps.LAPSE)


def can_register_answer(user, assignment):
    return official(user, assignment, steps.REGISTER_ANSWER)


def can_remind(user, matter):
    """`matter` is the programme, or one of its offers."""
    return official(user, matter, steps.REMIND)


def can_annul(user, assignment):
    return decision_maker(user, assignment, steps.ANNUL)


def can_acknowledge(user, assignment):
    return signatory(user, assignment.holder, "bekräfta att uppdraget är mottaget")


def can_withdraw_signature(user, signature):
    if user.pk == signature.person_id:
        return can_answer(user, signature.assignment)
    return refused("Bara den som skrivit under kan återta underskriften.")


def can_reopen_offer(user, assignment):
    return decision_maker(user, assignment, steps.REOPEN_OFFER)


def is_unnumbered(decision):
    """Whether the case number can still be entered: a draft is corrected instead."""
    if decision.case_number:
        return refused(f"Beslutet har redan diarienummer {decision.case_number}.")
    if decision.status == "discarded":
        return refused("Utkastet är makulerat.")
    if decision.status != "dispatched":
        return refused("Beslutet är inte expedierat. Rätta utkastet i stället.")
    return ALLOWED


def can_end(user, assignment):
    return decision_maker(user, assignment, steps.END)


def can_register_successions(user, programme, *successions):
    """A succession concerns whom it is from and whom it is to."""
    verdict = decision_maker(user, programme, steps.REGISTER_SUCCESSIONS)
    return verdict & unbiased(user, steps.REGISTER_SUCCESSIONS, *successions)


def can_plan_succession(user, programme, *successions):
    verdict = official(user, programme, steps.PLAN_SUCCESSION)
    return verdict & unbiased(user, steps.PLAN_SUCCESSION, *successions)


def can_appoint(user, assignment):
    return signatory(user, assignment.holder, "utse koordinator")


# The Riksdag's decision


def can_register_budget(user, matter):
    """`matter` is the programme, or what has been registered: whom it names, it concerns."""
    return official(user, matter, steps.REGISTER_BUDGET)


def can_register_amounts(user, amounts):
    """Given one by one, they concern those who get them."""
    return unbiased(user, steps.REGISTER_BUDGET, *amounts)


def is_conditional(year):
    """Only a conditional year waits for the Riksdag."""
    if year.conditional:
        return ALLOWED
    return refused(f"{year} är inte villkorat. Inget riksdagsbeslut behöver registreras.")


def can_confirm_budget(user, decision):
    return decision_maker(user, decision, steps.CONFIRM_BUDGET) & another(
        user,
        decision.registered_by_id,
        "Du har själv registrerat beslutet. En annan person ska bekräfta det.",
    )


# A year's money


def can_prepare(user, matter):
    return official(user, matter, steps.PREPARE)


def can_decide_grants(user, matter):
    """May decide grants at all; `can_grant` says it of one tranche."""
    return decision_maker(user, matter, steps.GRANT)


def can_grant(user, tranche):
    return can_decide_grants(user, tranche) & another(
        user,
        tranche.prepared_by_id,
        "Du har själv berett beloppet. En annan person ska bevilja det.",
    )


def can_reopen_tranche(user, tranche):
    return decision_maker(user, tranche, steps.REOPEN_TRANCHE)


def can_close(user, matter):
    return official(user, matter, steps.CLOSE)


# Requisitions and payments


def can_write_requisition(user, tranche):
    return writer(user, tranche.holder, "skriva rekvisitioner")


def can_submit_requisition(user, requisition):
    return signatory(user, requisition.tranche.holder, "skicka in rekvisitioner")


def can_withdraw_requisition(user, requisition):
    """A draft is its writers' own; what has been received is the signatory's to withdraw."""
    if requisition.submitted_by_id is None:
        return can_write_requisition(user, requisition.tranche)
    return can_submit_requisition(user, requisition)


def can_register_requisition(user, tranche):
    return official(user, tranche, steps.REGISTER_REQUISITION)


def can_handle_requisitions(user, matter):
    return official(user, matter, steps.APPROVE)


def can_return_requisition(user, requisition):
    return official(user, requisition, steps.RETURN_REQUISITION)


def can_approve(user, requisition):
    return can_handle_requisitions(user, requisition) & another(
        user,
        requisition.submitted_by_id,
        "Du har själv skickat in rekvisitionen. En annan person ska attestera den.",
    )


def can_pay(user, matter):
    return payer(user, matter, steps.PAY)


def can_confirm_bank_details(user, details):
    return can_pay(user, details) & another(
        user, details.entered_by_id, "Du har själv angett bankuppgifterna. En annan person ska bekräfta dem."
    )


def can_release(user, payment):
    return can_pay(user, payment) & another(
        user,
        payment.prepared_by_id,
        "Du har själv attesterat beloppet. En annan person ska utanordna det.",
    )


def can_release_now(user, payment):
    """What release demands, account and all; the mass act's preview asks the same."""
    return can_release(user, payment) & is_payable(payment.tranche.holder, payment.live_account)


def is_payable(holder, account):
    """No payment goes to an account that a second person has not verified."""
    if account and account.is_verified:
        return ALLOWED
    return refused(
        f"Betalningsuppgiften för {holder} är inte kontrollerad. "
        "Utbetalningen är spärrad tills en annan person har kontrollerat den."
    )


def can_confirm_payment(user, payment):
    return can_pay(user, payment) & another(
        user,
        payment.released_by_id,
        "Du har själv utanordnat betalningen. En annan person ska bekräfta att den är betald.",
    )


def can_correct_payment(user, payment):
    return official(user, payment, steps.CORRECT_PAYMENT)


def can_enter_account(user, actor):
    """A recipient says where it is paid, and the authority that pays says where it is repaid."""
    return writer(user, actor, "ange betalningsuppgift") | holds(user, Role.PAYER, actor, "ange kontot")


def can_verify_account(user, account, disburser):
    return (
        holds(user, Role.PAYER, disburser, steps.VERIFY_ACCOUNT.words)
        & unbiased(user, steps.VERIFY_ACCOUNT, account)
        & another(
            user,
            account.entered_by_id,
            "Du har själv angett betalningsuppgiften. En annan person ska kontrollera den.",
        )
    )


# After the year


def can_accept_account(user, tranche):
    return payer(user, tranche, steps.ACCEPT_ACCOUNT)


def can_register_repayment(user, claim):
    return payer(user, claim, steps.REGISTER_REPAYMENT)


def can_waive(user, claim):
    return decision_maker(user, claim, steps.WAIVE)


def can_adjust(user, claim):
    return payer(user, claim, steps.ADJUST)


def can_defer(user, claim):
    return decision_maker(user, claim, steps.DEFER)


def can_reverse(user, entry):
    """A receipt is the payer's to correct, a waiver the decision maker's."""
    if entry.kind == "waiver":
        return decision_maker(user, entry.claim, steps.REVERSE_WAIVER)
    return payer(user, entry.claim, steps.REVERSE_RECEIPT)


def can_open_recovery(user, tranche):
    return official(user, tranche, steps.OPEN_RECOVERY)


def can_handle_recovery(user, recovery):
    return official(user, recovery, steps.NOTE_SILENCE)


def can_withdraw_recovery(user, recovery):
    return official(user, recovery, steps.WITHDRAW_RECOVERY)


def can_answer_recovery(user, recovery):
    return writer(user, recovery.tranche.holder, "yttra sig om återkravet")


def can_decide_recovery(user, recovery):
    return decision_maker(user, recovery, steps.DECIDE_RECOVERY) & another(
        user,
        recovery.opened_by_id,
        "Du har själv inlett ärendet. En annan person ska besluta om återkravet.",
    )
