"""Every matter says whom it concerns, and every permission of those who handle and decide asks it: jäv fails closed."""

import datetime
import inspect
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from access.actions import memberships
from actors.concerned import UnknownMatter, concerned, whom
from actors.models import Actor, Succession, User
from actors.roles import Role
from actors.steps import STEPS
from digikoord.lib.verdict import Refused
from duties import extending
from duties.models import Extension, Obligation
from grants import charging, paying, telling, vouching
from grants import permissions as of_grants
from grants.actions import amendments, budget_decisions, decisions, tranches
from grants.models import (
    BankDetails,
    GovernmentDecision,
    Part,
    Payment,
    PaymentAccount,
    PaymentBatch,
    Place,
    Recovery,
    Requisition,
)
from programmes.handling import official
from reporting import permissions as of_reporting
from reporting.models import ActivityReport, CompilationVersion, FactCheck
from tests.grants.actions.test_conflicts import declare

pytestmark = pytest.mark.django_db
CITED = {
    "kind": "amending",
    "outcome": "changed",
    "proposition": "2019/20:1",
    "expenditure_area": "utg.omr. 22",
}
CITED |= {"committee_report": "2019/20:TU1", "riksdag_letter": "2019/20:113", "decided_on": "2019-03-19"}
TODAY = datetime.date(2019, 3, 20)
POSTGRESQL = pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's own guard")
# Rows that nobody handles by themselves: they are read, or belong to the row that is
NO_MATTER = {"Event", "Notice", "AppOnly", "Letter", "Attachment", "Link"}
NO_MATTER |= {"Document", "Registration", "LedgerCheck", "Rendering", "ProgrammeFile", "BankReference"}


def test_every_model_says_whom_it_concerns_or_is_no_matter():
    silent = [
        model.__name__
        for label in ("programmes", "records", "duties", "grants", "reporting", "overview")
        for model in apps.get_app_config(label).get_models()
        if concerned.dispatch(model) is concerned.dispatch(object) and model.__name__ not in NO_MATTER
    ]
    assert not silent, "Say whom it concerns, in grants/concerned.py or reporting/concerned.py."


@pytest.mark.parametrize("matter", [None, object(), "tranche:1", 7, User(name="x"), PaymentBatch])
def test_a_matter_of_an_unknown_kind_is_nobodys_to_handle(cast, matter):
    with pytest.raises(UnknownMatter):
        whom(matter)
    with pytest.raises(UnknownMatter):
        concerned(matter)
    with pytest.raises((UnknownMatter, AttributeError)):
        official(cast.official(), matter, STEPS["prepare"])


# --- What was seen, and its siblings


def test_a_decision_maker_does_not_dispatch_what_raises_the_actor_alone(cast):
    """As it was seen: a declared conflict, and a decision on exactly that actor's ceiling."""
    row = draft_for(cast, "08")
    declare(cast.decider(), cast.tranche("08", 2020).holder)
    biased = User.objects.get(pk=cast.decider().pk)
    before = cast.tranche("08", 2020).ceiling
    with pytest.raises(Refused, match="Jäv är anmält"):
        decisions.dispatch(row, by=biased)
    assert cast.tranche("08", 2020).ceiling == before
    assert of_grants.can_dispatch(User.objects.get(pk=biased.pk), draft_for(cast, "04")), "another's is"


def draft_for(cast, code, **changes):
    row = decisions.register(cast.programme, by=cast.official(), title="T", text="T", decided_on=TODAY)
    fields = {"year": cast.year(2020), "amount": Decimal(2_000_000), "place": place_of(cast, code)}
    amendments.ceiling(row, by=cast.official(), **fields | changes)
    return GovernmentDecision.objects.get(pk=row.pk)


def place_of(cast, code):
    return Place.objects.get(programme=cast.programme, code=code)


def test_what_is_alike_for_every_actor_singles_nobody_out(cast):
    row = draft_for(cast, "08", place=None, part=Part.RECIPIENT)
    assert concerned(row) == frozenset()
    declare(cast.decider(), cast.tranche("08", 2020).holder)
    assert of_grants.can_dispatch(User.objects.get(pk=cast.decider().pk), row)


def test_a_part_with_only_one_place_singles_it_out(cast):
    row = draft_for(cast, "08", place=None, part=Part.SECRETARIAT)
    assert concerned(row) == {cast.programme.secretariat_id}


def test_an_official_neither_writes_into_a_decision_nor_corrects_one_that_names_the_actor(cast):
    row = draft_for(cast, "08")
    holder = cast.tranche("08", 2020).holder
    declare(cast.official(), holder)
    biased = User.objects.get(pk=cast.official().pk)
    for act in (
        lambda: decisions.correct(row, by=biased, title="Annan", decided_on=row.decided_on),
        lambda: decisions.discard(row, by=biased, reason="Nej."),
        lambda: amendments.remove(row.amendments.get(), by=biased),
        lambda: draft_by(cast, biased, "08"),
    ):
        with pytest.raises(Refused, match="Jäv är anmält"), transaction.atomic():
            act()
    assert draft_by(cast, biased, "04"), "another actor's is theirs"


def draft_by(cast, person, code):
    row = decisions.register(cast.programme, by=person, title="T", text="T", decided_on=TODAY)
    fields = {"year": cast.year(2020), "amount": Decimal(2_000_000), "place": place_of(cast, code)}
    return amendments.ceiling(row, by=person, **fields)


def budget(cast, by=None, **how):
    row = {"decided_on": cast.year(2019).costs_from, **{k: v for k, v in CITED.items() if k != "decided_on"}}
    return budget_decisions.register(cast.year(2020), by=by or cast.official(), **row, **how)


def test_the_riksdags_decision_concerns_those_it_names_one_by_one(cast):
    holder = cast.tranche("08", 2020).holder
    named = budget(cast, amounts={place_of(cast, "08"): Decimal(700_000)})
    assert concerned(named) == {holder.pk}
    declare(cast.decider(), holder)
    biased = User.objects.get(pk=cast.decider().pk)
    with pytest.raises(Refused, match="Jäv är anmält"):
        budget_decisions.confirm(named, by=biased)
    declare(cast.official(), holder)
    with pytest.raises(Refused, match="Jäv är anmält"), transaction.atomic():
        budget(cast, by=User.objects.get(pk=cast.official().pk), amounts={place_of(cast, "08"): Decimal(1)})


def test_a_cut_alike_for_all_concerns_nobody_more_than_others(cast):
    for how in ({"percent": Decimal("12.5"), "whole_kronor": True}, {"recipient_ceiling": Decimal(900_000)}):
        assert concerned(budget(cast, **how)) == frozenset()
    assert concerned(budget(cast, recipient_ceiling=Decimal(1), secretariat_ceiling=Decimal(1))) == {
        cast.programme.secretariat_id
    }


def test_a_succession_concerns_both(cast):
    row = Succession.objects.filter(status="registered").first()
    assert concerned(row) == {row.predecessor_id, row.successor_id}
    declare(cast.decider(), row.successor)
    biased = User.objects.get(pk=cast.decider().pk)
    assert not of_grants.can_register_successions(biased, cast.programme, row)
    assert of_grants.can_register_successions(biased, cast.programme)


def test_a_payment_list_concerns_everybody_on_it(cast):
    batch = PaymentBatch.objects.earliest("pk")
    paid = {line.payment.tranche.holder.pk for line in batch.lines.select_related("payment")}
    assert concerned(batch) == paid
    assert len(paid) > 1
    declare(cast.payer(), Actor.objects.get(pk=min(paid)))
    assert not of_grants.can_pay(User.objects.get(pk=cast.payer().pk), batch)


# --- Every permission that takes a matter, by name

EVERYTHING = (Role.OFFICIAL, Role.DECISION_MAKER, Role.PAYER, Role.CASE_OFFICER, Role.HEAD)
# The recipients' own, whom no conflict of interest is declared for; and what takes no matter of an actor's
OWN = {
    "can_answer", "can_acknowledge", "can_withdraw_signature", "can_appoint", "can_write_requisition",
    "can_submit_requisition", "can_withdraw_requisition", "can_enter_account", "can_answer_recovery",
    "can_write_report", "can_write", "can_submit_report", "can_answer_fact_check", "can_ask", "can_withdraw",
    "can_withdraw_comment",
}  # fmt: skip
# A programme, a year or a compilation as a whole [D]; whom they name is asked row by row in their acts
WHOLE = {
    "can_end_programme",
    "can_assign_some", "can_decide_some", "can_compile", "can_establish", "can_deliver", "can_acknowledge",
    "can_examine",
}  # fmt: skip


# {permission: the noun of what it is asked of}
TABLE = {
    "can_charge": "tranche",
    "can_dispatch": "decision", "can_register_decision": "decision", "can_set_answer_day": "assignment",
    "can_lapse": "assignment", "can_register_answer": "assignment", "can_remind": "assignment",
    "can_annul": "assignment", "can_reopen_offer": "assignment", "can_end": "assignment",
    "can_register_budget": "riksdag", "can_confirm_budget": "riksdag", "can_prepare": "tranche",
    "can_decide_grants": "tranche", "can_grant": "tranche", "can_reopen_tranche": "tranche",
    "can_close": "tranche", "can_register_requisition": "tranche", "can_handle_requisitions": "requisition",
    "can_return_requisition": "requisition", "can_approve": "requisition", "can_pay": "payment",
    "can_confirm_bank_details": "details", "can_release": "payment", "can_release_now": "payment",
    "can_confirm_payment": "payment", "can_correct_payment": "payment", "can_accept_account": "tranche",
    "can_register_repayment": "claim", "can_waive": "claim", "can_adjust": "claim", "can_defer": "claim",
    "can_reverse": "entry", "can_open_recovery": "tranche", "can_handle_recovery": "recovery",
    "can_withdraw_recovery": "recovery", "can_decide_recovery": "recovery",
    "can_register_report": "report", "can_type_in": "report", "can_review": "report",
    "can_check_report": "report", "can_assign": "report", "can_be_assigned": "report", "can_comment": "report",
    "can_decide_reports": "report", "can_approve_report": "report", "can_return_report": "report",
    "can_cancel_payment": "payment", "can_correct_now": "payment", "can_export": "payment",
    "can_tell": "payment", "can_bring_back": "payment",
    "can_ask_fact_check": "check", "can_handle_fact_check": "check",
}  # fmt: skip


def matters(cast):
    """{permission: (what it is asked of, whom that concerns)}"""
    tranche, assignment = cast.tranche("04", 2019), cast.assignment("04")
    requisition = Requisition.objects.filter(status="submitted").first()
    payment = Payment.objects.filter(status="prepared").first()
    account = PaymentAccount.objects.get(status="unverified")
    claim = next(claim for row in cast.tranches(2018) for claim in row.claims.all())
    entry = claim.entries.first() or claim.entries.model(claim=claim, kind="receipt")
    recovery = Recovery(pk=1, tranche=tranche, opened_by=cast.payer())
    report = (
        ActivityReport.objects.filter(tranche__place__part="recipient").exclude(submitted_on=None).first()
    )
    check = FactCheck(pk=1, tranche=tranche, version=CompilationVersion.objects.earliest("pk"))
    succession = Succession.objects.filter(status="registered").first()
    details = BankDetails(programme=cast.programme, entered_by=cast.head())
    decision, riksdag = draft_for(cast, "08"), budget(cast, amounts={place_of(cast, "08"): Decimal(700_000)})
    eighth = cast.tranche("08", 2020).holder
    on = {
        "assignment": (assignment, assignment.holder),
        "tranche": (tranche, tranche.holder),
        "requisition": (requisition, requisition.tranche.holder),
        "payment": (payment, payment.tranche.holder),
        "claim": (claim, claim.tranche.holder),
        "entry": (entry, claim.tranche.holder),
        "recovery": (recovery, tranche.holder),
        "report": (report, report.holder),
        "decision": (decision, eighth),
        "riksdag": (riksdag, eighth),
        "check": (check, tranche.holder),
        "details": (details, cast.programme.disburser),
    }
    found = {name: ((on[noun][0],), on[noun][1]) for name, noun in TABLE.items()}
    found["can_register_successions"] = ((cast.programme, succession), succession.predecessor)
    found["can_plan_succession"] = ((cast.programme, succession), succession.successor)
    found["can_amend"] = ((decision.amendments.get(),), eighth)
    found["can_register_amounts"] = ((list(riksdag.amounts.all()),), eighth)
    found["can_verify_account"] = ((account, cast.programme.disburser), account.actor)
    found["can_verify_anew"] = found["can_verify_account"]
    batch = PaymentBatch.objects.earliest("pk")
    found["can_take_in_answer"] = ((batch,), batch.lines.first().payment.tranche.holder)
    return found


def permissions():
    for module in (of_grants, charging, paying, telling, vouching, of_reporting, extending):
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if name.startswith("can_") and function.__module__ == module.__name__:
                yield name, function, module


def test_every_permission_refuses_the_biased_by_name(cast):
    person = everybody(cast)
    known, unheard, passed = matters(cast), [], []
    for name, function, module in permissions():
        if name in OWN or name in WHOLE or name == "can_decide":
            continue
        if name not in known:
            unheard.append(f"{module.__name__}.{name}")
            continue
        if name == "can_accept_account" and module is of_reporting:
            continue  # asks that of grants
        args, actor = known[name]
        with transaction.atomic():
            declare(person, actor)
            verdict = function(User.objects.get(pk=person.pk), *args)
            transaction.set_rollback(True)
        if "Jäv är anmält" not in verdict.reason:
            passed.append(f"{module.__name__}.{name}: {verdict}")
    assert not unheard, "Say in this table whom its matter concerns."
    assert not passed, "They let the biased through, or refuse them for another reason."


def everybody(cast):
    """One person with every role of those who handle and decide: only the conflict of interest stands in the way."""
    for party, roles in (
        (cast.programme.ministry, EVERYTHING[:3]),
        (cast.programme.secretariat, EVERYTHING[3:]),
    ):
        for role in roles:
            memberships.invite(party, email="allt@staten.example", name="Alla Roller", role=role)
    return User.objects.get(email="allt@staten.example")


def test_an_extension_is_not_decided_by_the_biased(cast):
    duty = (
        Obligation.objects.open()
        .filter(kind="repay", extender__isnull=False)
        .select_related("debtor")
        .first()
    )
    row = Extension(obligation=duty, asked_by=cast.head())
    person = everybody(cast)
    assert extending.can_decide(User.objects.get(pk=person.pk), row)
    declare(person, duty.debtor)
    assert "Jäv är anmält" in extending.can_decide(User.objects.get(pk=person.pk), row).reason


# --- In the database


@POSTGRESQL
def test_the_database_refuses_a_biased_name_on_a_decision(cast):
    row, riksdag = draft_for(cast, "08"), budget(cast, amounts={place_of(cast, "08"): Decimal(700_000)})
    declare(cast.decider(), cast.tranche("08", 2020).holder)
    with pytest.raises(IntegrityError, match="conflict of interest"), transaction.atomic():
        GovernmentDecision.objects.filter(pk=row.pk).update(
            dispatched_by=cast.decider(), dispatched_on="2019-03-20", status="dispatched"
        )
    with pytest.raises(IntegrityError, match="conflict of interest"), transaction.atomic():
        type(riksdag).objects.filter(pk=riksdag.pk).update(
            confirmed_by=cast.decider(), confirmed_on="2019-03-20"
        )


ROWS = {
    "grants_repaymentclaim": (
        "opened_by_id",
        "tranche_id IN (SELECT id FROM grants_tranche WHERE assignment_id = {a})",
    ),
    "grants_assignment": ("answered_by_id", "id = {a}"),
    "grants_tranche": ("used_by_id", "assignment_id = {a}"),
    "reporting_activityreport": (
        "reviewed_by_id",
        "tranche_id IN (SELECT id FROM grants_tranche WHERE assignment_id = {a})",
    ),
    "actors_succession": ("registered_by_id", "predecessor_id = {h} OR successor_id = {h}"),
}


@POSTGRESQL
@pytest.mark.parametrize("table", ROWS)
def test_the_database_refuses_a_biased_name_wherever_a_row_names_people(cast, table):
    """By raw SQL, in tables that have a row in the story."""
    claim = next(claim for row in cast.tranches(2018) for claim in row.claims.all())
    assignment = claim.tranche.assignment
    if table == "actors_succession":
        holder = Succession.objects.filter(status="registered").first().successor
    else:
        holder = assignment.holder
    person = cast.other_payer()
    declare(person, holder)
    column, where = ROWS[table]
    sql = f"UPDATE {table} SET {column} = %s WHERE {where.format(a=assignment.pk, h=holder.pk)}"
    refused = pytest.raises(IntegrityError, match="conflict of interest")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [person.pk])


@POSTGRESQL
def test_the_database_raises_for_a_path_it_does_not_know():
    refused = pytest.raises(IntegrityError, match="it is not said whom")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM grants_concerned('unheard of', 1)")


@POSTGRESQL
def test_every_table_that_names_who_decides_is_guarded():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgfoid = 'grants_impartial'::regproc"
        )
        guarded = {name for (name,) in cursor.fetchall()}
    assert guarded >= set(ROWS) | {
        "grants_payment",
        "grants_requisition",
        "grants_recovery",
        "grants_claimentry",
    }
    assert guarded >= {
        "grants_governmentdecision",
        "grants_budgetdecision",
        "grants_extension",
        "reporting_factcheck",
    }


def test_a_conflict_for_one_actor_does_not_stop_the_others(cast):
    row = tranches.reopen(cast.tranche("04", 2019), by=cast.decider(), reason="Fel.")
    declare(cast.official(), cast.tranche("14", 2019).holder)
    assert tranches.prepare(row, by=User.objects.get(pk=cast.official().pk), amount=1000)
