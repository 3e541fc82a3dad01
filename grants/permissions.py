"""Who may. The same verdict shows a button, guards a page, and guards the act."""

from collections.abc import Iterable
from typing import cast

from actors import steps
from actors.models import Succession, User
from actors.subject import HasSubject
from digikoord.lib import clock
from digikoord.lib.verdict import ALLOWED, Verdict, refused
from programmes.handling import another, decision_maker, official, payer, signatory, unbiased, writer
from programmes.models import Matter, Programme

from .charging import can_charge, is_charged
from .models import (
    Amendment,
    Assignment,
    BudgetAmount,
    BudgetDecision,
    ClaimEntry,
    GovernmentDecision,
    ProgrammeYear,
    Recovery,
    RepaymentClaim,
    Requisition,
    Signature,
    Tranche,
)
from .payable import is_payable
from .paying import (
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
from .telling import (
    can_bring_back,
    can_confirm_payment,
    can_pay,
    can_take_in_answer,
    can_tell,
    has_somebody_to_answer,
)
from .vouching import can_enter_account, can_verify_account, can_verify_anew

# What the neighbours say: a payment's own verdicts are asked for here like all the others
__all__ = [
    "can_approve",
    "can_bring_back",
    "can_cancel_payment",
    "can_charge",
    "can_confirm_bank_details",
    "can_confirm_payment",
    "can_correct_now",
    "can_correct_payment",
    "can_enter_account",
    "can_export",
    "can_handle_requisitions",
    "can_pay",
    "can_release",
    "can_release_now",
    "can_take_in_answer",
    "can_tell",
    "can_verify_account",
    "can_verify_anew",
    "has_somebody_to_answer",
    "is_charged",
    "is_payable",
]

# Decisions, offers and successions


def can_dispatch(user: User, decision: GovernmentDecision) -> Verdict:
    return decision_maker(user, decision, steps.DISPATCH)


def can_register_decision(user: User, matter: Matter) -> Verdict:
    """`matter` is the programme, or the draft: whom it names, it concerns."""
    return official(user, matter, steps.REGISTER_DECISION)


def can_amend(user: User, change: Amendment) -> Verdict:
    """Whom a change names, it concerns, and the draft with it."""
    return can_register_decision(user, change.decision) & unbiased(
        user,
        steps.REGISTER_DECISION,
        cast("HasSubject", change),  # its subject is never asked for: the step is never lifted
    )


def is_decided(decision: GovernmentDecision) -> Verdict:
    """A decision that a file tells of in advance is not sent out before its day."""
    if decision.decided_on <= clock.today():
        return ALLOWED
    return refused(f"Beslutet fattas {decision.decided_on} och kan expedieras tidigast då.")


def can_answer(user: User, assignment: Assignment) -> Verdict:
    return signatory(user, assignment.holder, "svara på erbjudandet")


def can_set_answer_day(user: User, assignment: Assignment) -> Verdict:
    return official(user, assignment, steps.SET_ANSWER_DAY)


def can_lapse(user: User, assignment: Assignment) -> Verdict:
    return official(user, assignment, steps.LAPSE)


def can_register_answer(user: User, assignment: Assignment) -> Verdict:
    return official(user, assignment, steps.REGISTER_ANSWER)


def can_remind(user: User, matter: Matter) -> Verdict:
    """`matter` is the programme, or one of its offers."""
    return official(user, matter, steps.REMIND)


def can_annul(user: User, assignment: Assignment) -> Verdict:
    return decision_maker(user, assignment, steps.ANNUL)


def can_acknowledge(user: User, assignment: Assignment) -> Verdict:
    return signatory(user, assignment.holder, "bekräfta att uppdraget är mottaget")


def can_withdraw_signature(user: User, signature: Signature) -> Verdict:
    if user.pk == signature.person_id:
        return can_answer(user, signature.assignment)
    return refused("Bara den som skrivit under kan återta underskriften.")


def can_reopen_offer(user: User, assignment: Assignment) -> Verdict:
    return decision_maker(user, assignment, steps.REOPEN_OFFER)


def is_unnumbered(decision: GovernmentDecision) -> Verdict:
    """Whether the case number can still be entered: a draft is corrected instead."""
    if decision.case_number:
        return refused(f"Beslutet har redan diarienummer {decision.case_number}.")
    if decision.status == "discarded":
        return refused("Utkastet är makulerat.")
    if decision.status != "dispatched":
        return refused("Beslutet är inte expedierat. Rätta utkastet i stället.")
    return ALLOWED


def can_end(user: User, assignment: Assignment) -> Verdict:
    return decision_maker(user, assignment, steps.END)


def can_end_programme(user: User, programme: Programme) -> Verdict:
    return decision_maker(user, programme, steps.END_PROGRAMME)


def can_register_successions(user: User, programme: Programme, *successions: Succession) -> Verdict:
    """A succession concerns whom it is from and whom it is to."""
    verdict = decision_maker(user, programme, steps.REGISTER_SUCCESSIONS)
    return verdict & unbiased(user, steps.REGISTER_SUCCESSIONS, *successions)


def can_plan_succession(user: User, programme: Programme, *successions: Succession) -> Verdict:
    verdict = official(user, programme, steps.PLAN_SUCCESSION)
    return verdict & unbiased(user, steps.PLAN_SUCCESSION, *successions)


def can_appoint(user: User, assignment: Assignment) -> Verdict:
    keeps = assignment.keeps_function
    if keeps is None:
        return refused("Uppdraget avser ingen funktion som någon utses till.")
    return signatory(user, assignment.holder, f"utse {keeps.one}")


# The Riksdag's decision


def can_register_budget(user: User, matter: Matter) -> Verdict:
    """`matter` is the programme, or what has been registered: whom it names, it concerns."""
    return official(user, matter, steps.REGISTER_BUDGET)


def can_register_amounts(user: User, amounts: Iterable[BudgetAmount]) -> Verdict:
    """Given one by one, they concern those who get them."""
    # Their subjects are never asked for: the step is never lifted.
    return unbiased(user, steps.REGISTER_BUDGET, *cast("Iterable[HasSubject]", amounts))


def is_conditional(year: ProgrammeYear) -> Verdict:
    """Only a conditional year waits for the Riksdag."""
    if year.conditional:
        return ALLOWED
    return refused(f"{year} är inte villkorat. Inget riksdagsbeslut behöver registreras.")


def can_confirm_budget(user: User, decision: BudgetDecision) -> Verdict:
    return decision_maker(user, decision, steps.CONFIRM_BUDGET) & another(
        user,
        decision.registered_by_id,
        "Du har själv registrerat beslutet. En annan person ska bekräfta det.",
    )


# A year's money


def can_prepare(user: User, matter: Matter) -> Verdict:
    return official(user, matter, steps.PREPARE)


def can_decide_grants(user: User, matter: Matter) -> Verdict:
    """May decide grants at all; `can_grant` says it of one tranche."""
    return decision_maker(user, matter, steps.GRANT)


def can_grant(user: User, tranche: Tranche) -> Verdict:
    verdict = can_decide_grants(user, tranche) & another(
        user,
        tranche.prepared_by_id,
        "Du har själv berett beloppet. En annan person ska bevilja det.",
    )
    return verdict & is_charged(user, tranche) if verdict else verdict


def can_reopen_tranche(user: User, tranche: Tranche) -> Verdict:
    return decision_maker(user, tranche, steps.REOPEN_TRANCHE)


def can_close(user: User, matter: Matter) -> Verdict:
    return official(user, matter, steps.CLOSE)


# Requisitions and payments


def can_write_requisition(user: User, tranche: Tranche) -> Verdict:
    return writer(user, tranche.holder, "skriva rekvisitioner")


def can_submit_requisition(user: User, requisition: Requisition) -> Verdict:
    return signatory(user, requisition.tranche.holder, "skicka in rekvisitioner")


def can_withdraw_requisition(user: User, requisition: Requisition) -> Verdict:
    """A draft is its writers' own; what has been received is the signatory's to withdraw."""
    if requisition.submitted_by_id is None:
        return can_write_requisition(user, requisition.tranche)
    return can_submit_requisition(user, requisition)


def can_register_requisition(user: User, tranche: Tranche) -> Verdict:
    return official(user, tranche, steps.REGISTER_REQUISITION)


def can_return_requisition(user: User, requisition: Requisition) -> Verdict:
    return official(user, requisition, steps.RETURN_REQUISITION)


# After the year


def can_accept_account(user: User, tranche: Tranche) -> Verdict:
    return payer(user, tranche, steps.ACCEPT_ACCOUNT)


def can_register_repayment(user: User, claim: RepaymentClaim) -> Verdict:
    return payer(user, claim, steps.REGISTER_REPAYMENT)


def can_waive(user: User, claim: RepaymentClaim) -> Verdict:
    return decision_maker(user, claim, steps.WAIVE)


def can_adjust(user: User, claim: RepaymentClaim) -> Verdict:
    return payer(user, claim, steps.ADJUST)


def can_defer(user: User, claim: RepaymentClaim) -> Verdict:
    return decision_maker(user, claim, steps.DEFER)


def can_reverse(user: User, entry: ClaimEntry) -> Verdict:
    """A receipt is the payer's to correct, a waiver the decision maker's."""
    if entry.kind == "waiver":
        return decision_maker(user, entry.claim, steps.REVERSE_WAIVER)
    return payer(user, entry.claim, steps.REVERSE_RECEIPT)


def can_open_recovery(user: User, tranche: Tranche) -> Verdict:
    return official(user, tranche, steps.OPEN_RECOVERY)


def can_handle_recovery(user: User, recovery: Recovery) -> Verdict:
    return official(user, recovery, steps.NOTE_SILENCE)


def can_withdraw_recovery(user: User, recovery: Recovery) -> Verdict:
    return official(user, recovery, steps.WITHDRAW_RECOVERY)


def can_answer_recovery(user: User, recovery: Recovery) -> Verdict:
    return writer(user, recovery.tranche.holder, "yttra sig om återkravet")


def can_decide_recovery(user: User, recovery: Recovery) -> Verdict:
    return decision_maker(user, recovery, steps.DECIDE_RECOVERY) & another(
        user,
        recovery.opened_by_id,
        "Du har själv inlett ärendet. En annan person ska besluta om återkravet.",
    )
