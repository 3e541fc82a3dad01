"""For every route of the project: an address to open, at a moment when somebody may, and the actor concerned.

A door is walked to from the story at 2019-03-20 by the acts themselves.
"""

import datetime
from dataclasses import dataclass, field

from django.utils.http import int_to_base36

from actors.models import Actor, Succession
from grants.actions import assignments, budget_decisions, payments, requisitions, succession_plans, tranches
from grants.models import GovernmentDecision, Payment, PaymentAccount, PaymentBatch, Requisition


@dataclass
class Door:
    """`holder` is the actor it concerns, and `post` what a POST-only route is sent."""

    kwargs: dict = field(default_factory=dict)
    holder: Actor | None = None
    post: dict | None = None


DOORS = {}


def door(*routes):
    def known(function):
        DOORS.update(dict.fromkeys(routes, function))
        return function

    return known


def of(row, holder=None):
    return Door({"pk": row.pk}, holder)


# The programme


@door(
    "grants:decision_list",
    "grants:coordinator_list",
    "overview:staffing",
    "grants:succession_list",
    "grants:succession_enter",
    "grants:succession_register_many",
    "overview:registration_list",
    "grants:requisition_list",
    "grants:requisition_approve_many",
    "grants:payment_list",
    "grants:payment_release_many",
    "grants:payment_export",
    "grants:payment_confirm_many",
    "grants:repayment_claim_list",
    "overview:board",
    "overview:trail",
    "overview:ledger",
    "overview:exception_list",
    "reporting:activity_report_list",
    "reporting:compilation_list",
)
def programme(cast):
    return Door({"programme": cast.programme.code})


@door(
    "grants:year_detail",
    "grants:tranche_prepare_many",
    "grants:tranche_grant_many",
    "reporting:activity_report_approve_many",
    "reporting:activity_report_assign_many",
    "reporting:compilation_detail",
    "reporting:compilation_begin",
)
def year(cast):
    return Door({"programme": cast.programme.code, "year": 2018})


@door("overview:ledger_lines")
def figure(cast):
    return Door({"programme": cast.programme.code, "figure": "utbetalt"})


@door("grants:budget_decision_register")
def conditional_year(cast):
    return Door({"programme": cast.programme.code, "year": 2020})


@door("overview:place_detail")
def place(cast):
    return Door({"programme": cast.programme.code, "code": "14"}, cast.assignment("14").holder)


# Decisions and offers


@door("grants:decision_detail")
def dispatched(cast):
    return of(cast.programme.decisions.earliest("pk"))


@door("grants:decision_dispatch", "grants:decision_detail | a draft")
def draft_decision(cast):
    return of(
        GovernmentDecision.objects.create(
            programme=cast.programme, key="third", decided_on="2019-03-14", title="Tredje beslutet", text="…"
        )
    )


@door(
    "grants:assignment_detail",
    "grants:assignment_accept",
    "grants:assignment_decline",
    "grants:assignment_set_answer_day",
    "grants:assignment_lapse",
)
def offered(cast):
    row = cast.assignment("01")
    return of(row, row.holder)


@door("grants:assignment_reopen")
def lapsed(cast):
    row = assignments.lapse(cast.assignment("01"), by=cast.official(), reason="Inget svar.")
    return of(row, row.holder)


@door("grants:coordinator_appoint", "grants:assignment_revoke", "grants:assignment_conclude")
def in_force(cast):
    row = cast.assignment("25")
    return of(row, row.holder)


@door("grants:coordinator_end")
def serving(cast):
    row = cast.assignment("14")
    return of(row.coordinators.get(), row.holder)


@door("grants:succession_edit")
def planned_succession(cast):
    row = succession_plans.enter(
        cast.programme,
        by=cast.official(),
        predecessor=cast.assignment("14").holder,
        effective_on=datetime.date(2020, 1, 1),
        legal_basis="lag (2018:0)",
        legal_name="Region Väst",
        kind="region",
    )
    return Door({"programme": cast.programme.code, "pk": row.pk})


@door("grants:succession_undo")
def registered_succession(cast):
    row = Succession.objects.get(predecessor=cast.tranche("01", 2018).holder)
    return Door({"programme": cast.programme.code, "pk": row.pk}, cast.assignment("01").holder)


# The Riksdag's decision


@door("grants:budget_decision_detail", "grants:budget_decision_confirm", "grants:budget_decision_withdraw")
def registered(cast):
    citation = {"kind": "frame", "outcome": "as_proposed", "proposition": "p", "expenditure_area": "u"}
    citation |= {"committee_report": "b", "riksdag_letter": "r", "decided_on": cast.year(2019).costs_from}
    return of(budget_decisions.register(cast.year(2020), by=cast.official(), **citation))


# A year's money


@door(
    "grants:tranche_detail",
    "grants:tranche_reopen",
    "grants:tranche_close",
    "grants:requisition_write",
    "reporting:activity_report_start",
    "reporting:paper_report_register",
)
def granted(cast):
    row = cast.tranche("04", 2019)
    return of(row, row.holder)


@door("grants:tranche_charge")
def of_an_ended_year(cast):
    row = cast.tranche("21", 2018)
    return of(row, row.holder)


@door("grants:tranche_prepare")
def open_tranche(cast):
    row = tranches.reopen(cast.tranche("04", 2019), by=cast.decider(), reason="Fel belopp.")
    return of(row, row.holder)


@door("grants:tranche_send_back", "grants:tranche_grant")
def prepared(cast):
    open_tranche(cast)
    row = tranches.prepare(cast.tranche("04", 2019), by=cast.official(), amount=1000)
    return of(row, row.holder)


# Requisitions and payments


@door("grants:requisition_submit", "grants:requisition_detail | a draft")
def written(cast):
    row = cast.tranche("04", 2019)
    return of(requisitions.write(row, by=cast.writer(row.holder), amount=1000), row.holder)


@door(
    "grants:requisition_detail",
    "grants:requisition_approve",
    "grants:requisition_return",
    "grants:requisition_withdraw",
)
def submitted(cast):
    row = Requisition.objects.get(tranche__place__code="03", status="submitted")
    return of(row, row.tranche.holder)


@door("grants:requisition_cancel")
def unpaid(cast):
    payment = _payment()
    payments.cancel(payment, by=cast.official(), reason="Fel mottagare.")
    return of(payment.requisition, payment.tranche.holder)


def _payment():
    return Payment.objects.get(requisition__tranche__place__code="07", status="prepared")


@door("grants:payment_detail", "grants:payment_release", "grants:payment_cancel")
def payment(cast):
    row = _payment()
    return of(row, row.tranche.holder)


@door("grants:payment_hold")
def released(cast):
    row = payments.release(_payment(), by=cast.other_payer())
    return of(row, row.tranche.holder)


@door("grants:payment_accept", "grants:payment_confirm", "grants:payment_fail")
def exported(cast):
    row = payments.release(_payment(), by=cast.other_payer())
    payments.export(cast.programme, by=cast.other_payer(), payments=[row])
    return of(row, row.tranche.holder)


@door("grants:payment_correct")
def failed(cast):
    at_bank = exported(cast)
    payments.fail(Payment.objects.get(**at_bank.kwargs), by=cast.payer(), reason="Kontot är avslutat.")
    return at_bank


@door("grants:payment_batch_detail", "grants:payment_batch_csv", "grants:payment_batch_pdf")
def batch(cast):
    return of(PaymentBatch.objects.earliest("pk"))


@door("grants:payment_account_enter")
def recipient(cast):
    holder = cast.assignment("18").holder
    return Door({"code": holder.code}, holder)


@door("grants:payment_account_detail", "grants:payment_account_verify")
def unverified(cast):
    row = PaymentAccount.objects.get(status="unverified")
    return of(row, row.actor)


# People, the service itself, and logging in


@door("access:membership_list", "access:membership_grant")
def ministry(cast):
    return Door({"code": cast.programme.ministry.code})


@door("access:membership_list | the actor's", "access:membership_grant | the actor's")
def party(cast):
    holder = cast.assignment("14").holder
    return Door({"code": holder.code}, holder)


@door("rehearsal_login")
def becoming(cast):
    return Door(post={"person": cast.head().email})


@door("account_reset_password_from_key")
def wrong_key(cast):
    nobody = 999_999  # allauth itself writes down the address of somebody it knows
    return Door({"uidb36": int_to_base36(nobody), "key": "wrong"})


@door(
    "duties:notices",
    "overview:todo",
    "health",
    "readiness",
    "accessibility",
    "personal_data",
    "contact",
    "rehearsal",
    "rehearsal_letters",
    "account_login",
    "account_logout",
    "account_signup",
    "account_inactive",
    "account_reauthenticate",
    "account_change_password",
    "account_set_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
)
def plain(cast):
    return Door()
