"""Who may. The same verdict shows a button, guards a page, and guards the act."""

from actors.roles import Role
from digikoord.lib.verdict import ALLOWED, refused


def _holds(user, role, actor, what):
    if user.has(role, actor.pk):
        return ALLOWED
    return refused(f"Bara {role.label} hos {actor} kan {what}.")


def _another(user, person_id, sentence):
    return refused(sentence) if user.pk == person_id else ALLOWED


def _official(user, programme, what):
    return _holds(user, Role.OFFICIAL, programme.ministry, what)


def _decision_maker(user, programme, what):
    return _holds(user, Role.DECISION_MAKER, programme.ministry, what)


def _payer(user, programme, what):
    return _holds(user, Role.PAYER, programme.disburser, what)


def _signatory(user, holder, what):
    return _holds(user, Role.SIGNATORY, holder, what)


def _writer(user, holder, what):
    return _holds(user, Role.WRITER, holder, what) | _signatory(user, holder, what)


# Decisions, offers and successions


def can_dispatch(user, decision):
    return _decision_maker(user, decision.programme, "expediera beslutet")


def can_register_decision(user, programme):
    return _official(user, programme, "registrera regeringsbeslut")


def can_answer(user, assignment):
    return _signatory(user, assignment.holder, "svara på erbjudandet")


def can_set_answer_day(user, assignment):
    return _official(user, assignment.programme, "ändra svarsdagen")


def can_lapse(user, assignment):
    return _official(user, assignment.programme, "registrera att erbjudandet förfallit")


def can_register_answer(user, assignment):
    return _official(user, assignment.programme, "registrera svar som lämnats på papper")


def can_remind(user, programme):
    return _official(user, programme, "påminna om erbjudandena")


def can_annul(user, assignment):
    return _decision_maker(user, assignment.programme, "återkalla erbjudandet")


def can_acknowledge(user, assignment):
    return _signatory(user, assignment.holder, "bekräfta att uppdraget är mottaget")


def can_withdraw_signature(user, signature):
    if user.pk == signature.person_id:
        return can_answer(user, signature.assignment)
    return refused("Bara den som skrivit under kan återta underskriften.")


def can_reopen_offer(user, assignment):
    return _decision_maker(user, assignment.programme, "öppna erbjudandet igen")


def is_unnumbered(decision):
    """Whether the case number can still be entered: a draft is corrected instead."""
    if decision.case_number:
        return refused(f"Beslutet har redan diarienummer {decision.case_number}.")
    if decision.status != "dispatched":
        return refused("Beslutet är inte expedierat. Rätta utkastet i stället.")
    return ALLOWED


def can_end(user, assignment):
    return _decision_maker(user, assignment.programme, "upphäva eller avsluta uppdrag")


def can_register_successions(user, programme):
    return _decision_maker(user, programme, "registrera övergångar")


def can_plan_succession(user, programme):
    return _official(user, programme, "planera övergångar")


def can_appoint(user, assignment):
    return _signatory(user, assignment.holder, "utse koordinator")


# The Riksdag's decision


def can_register_budget(user, programme):
    return _official(user, programme, "registrera riksdagens beslut")


def is_conditional(year):
    """Only a conditional year waits for the Riksdag."""
    if year.conditional:
        return ALLOWED
    return refused(f"{year} är inte villkorat. Inget riksdagsbeslut behöver registreras.")


def can_confirm_budget(user, decision):
    return _decision_maker(user, decision.year.programme, "bekräfta riksdagens beslut") & _another(
        user,
        decision.registered_by_id,
        "Du har själv registrerat beslutet. En annan person ska bekräfta det.",
    )


# A year's money


def can_prepare(user, programme):
    return _official(user, programme, "bereda årsbelopp")


def can_decide_grants(user, programme):
    """May decide grants at all; `can_grant` says it of one tranche."""
    return _decision_maker(user, programme, "bevilja årsbelopp")


def can_grant(user, tranche):
    return can_decide_grants(user, tranche.programme) & _another(
        user,
        tranche.prepared_by_id,
        "Du har själv berett beloppet. En annan person ska bevilja det.",
    )


def can_reopen_tranche(user, tranche):
    return _decision_maker(user, tranche.programme, "öppna ett beviljat belopp igen")


def can_close(user, tranche):
    return _official(user, tranche.programme, "stänga årsbeloppet")


# Requisitions and payments


def can_write_requisition(user, tranche):
    return _writer(user, tranche.holder, "skriva rekvisitioner")


def can_submit_requisition(user, requisition):
    return _signatory(user, requisition.tranche.holder, "skicka in rekvisitioner")


def can_withdraw_requisition(user, requisition):
    """A draft is its writers' own; what has been received is the signatory's to withdraw."""
    if requisition.submitted_by_id is None:
        return can_write_requisition(user, requisition.tranche)
    return can_submit_requisition(user, requisition)


def can_handle_requisitions(user, programme):
    return _official(user, programme, "handlägga rekvisitioner")


def can_approve(user, requisition):
    return can_handle_requisitions(user, requisition.programme) & _another(
        user,
        requisition.submitted_by_id,
        "Du har själv skickat in rekvisitionen. En annan person ska attestera den.",
    )


def can_pay(user, programme):
    return _payer(user, programme, "hantera utbetalningar")


def can_confirm_bank_details(user, details):
    return can_pay(user, details.programme) & _another(
        user, details.entered_by_id, "Du har själv angett bankuppgifterna. En annan person ska bekräfta dem."
    )


def can_release(user, payment):
    return can_pay(user, payment.programme) & _another(
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
    return can_pay(user, payment.programme) & _another(
        user,
        payment.released_by_id,
        "Du har själv utanordnat betalningen. En annan person ska bekräfta att den är betald.",
    )


def can_correct_payment(user, payment):
    return _official(user, payment.programme, "rätta en misslyckad utbetalning")


def can_enter_account(user, actor):
    return _writer(user, actor, "ange betalningsuppgift")


def can_verify_account(user, account, disburser):
    return _holds(user, Role.PAYER, disburser, "kontrollera betalningsuppgifter") & _another(
        user,
        account.entered_by_id,
        "Du har själv angett betalningsuppgiften. En annan person ska kontrollera den.",
    )


# After the year


def can_accept_account(user, tranche):
    return _payer(user, tranche.programme, "godta ekonomiska redovisningar")


def can_register_repayment(user, claim):
    return _payer(user, claim.programme, "registrera återbetalningar")


def can_waive(user, claim):
    return _decision_maker(user, claim.programme, "efterge en fordran")


def can_adjust(user, claim):
    return _payer(user, claim.programme, "justera krav")


def can_defer(user, claim):
    return _decision_maker(user, claim.programme, "bevilja anstånd")


def can_reverse(user, entry):
    """A receipt is the payer's to correct, a waiver the decision maker's."""
    programme = entry.claim.programme
    if entry.kind == "waiver":
        return _decision_maker(user, programme, "rätta en eftergift")
    return _payer(user, programme, "rätta en registrerad inbetalning")


def can_open_recovery(user, tranche):
    return _official(user, tranche.programme, "inleda ett ärende om återkrav")


def can_handle_recovery(user, recovery):
    return _official(user, recovery.programme, "handlägga ärenden om återkrav")


def can_answer_recovery(user, recovery):
    return _writer(user, recovery.tranche.holder, "yttra sig om återkravet")


def can_decide_recovery(user, recovery):
    return _decision_maker(user, recovery.programme, "besluta om återkrav") & _another(
        user,
        recovery.opened_by_id,
        "Du har själv inlett ärendet. En annan person ska besluta om återkravet.",
    )
