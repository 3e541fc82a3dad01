"""Who may. The same verdict shows a button, guards a page, and guards the act."""

from actors import steps
from digikoord.lib import clock
from digikoord.lib.verdict import ALLOWED, refused
from programmes.handling import another, decision_maker, official, payer, signatory, unbiased, writer

from .charging import can_charge, is_charged  # noqa: F401
from .payable import is_payable  # noqa: F401 - a payment's own verdicts are asked for here like all the others
from .paying import (  # noqa: F401
    can_approve,
    can_cancel_payment,
    can_confirm_bank_details,
    can_correct_now,
    can_correct_payment,
    can_export,
    can_handle_requisitions,
    can_release,
    can_release_now,
)
from .telling import (  # noqa: F401
    can_bring_back,
    can_confirm_payment,
    can_pay,
    can_take_in_answer,
    can_tell,
    has_somebody_to_answer,
)
from .vouching import can_enter_account, can_verify_account, can_verify_anew  # noqa: F401

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


def can_end_programme(user, programme):
    return decision_maker(user, programme, steps.END_PROGRAMME)


def can_register_successions(user, programme, *successions):
    """A succession concerns whom it is from and whom it is to."""
    verdict = decision_maker(user, programme, steps.REGISTER_SUCCESSIONS)
    return verdict & unbiased(user, steps.REGISTER_SUCCESSIONS, *successions)


def can_plan_succession(user, programme, *successions):
    verdict = official(user, programme, steps.PLAN_SUCCESSION)
    return verdict & unbiased(user, steps.PLAN_SUCCESSION, *successions)


def can_appoint(user, assignment):
    keeps = assignment.keeps_function
    if keeps is None:
        return refused("Uppdraget avser ingen funktion som någon utses till.")
    return signatory(user, assignment.holder, f"utse {keeps.one}")


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
    verdict = can_decide_grants(user, tranche) & another(
        user,
        tranche.prepared_by_id,
        "Du har själv berett beloppet. En annan person ska bevilja det.",
    )
    return verdict & is_charged(user, tranche) if verdict else verdict


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


def can_return_requisition(user, requisition):
    return official(user, requisition, steps.RETURN_REQUISITION)


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
