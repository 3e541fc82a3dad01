"""What is owed opens with one act and ends with another, on the day the programme says."""

import datetime

import pytest

from access.actions import memberships
from actors.models import User
from actors.roles import Role
from digikoord.lib.clock import standing_at
from digikoord.rehearsal import duty_scenes, reporting_scenes, scenes
from duties.actions import ladders
from duties.models import Notice, Obligation
from grants.actions import budget_decisions, coordinators, tranches
from grants.models import BudgetDecision
from overview.selectors import todo
from reporting.actions import compilations, renderings, reports
from reporting.documents.compilation import Document
from reporting.duties import supplement_due
from reporting.models import CompilationVersion, Purpose

# By 2019-03-20 the story has opened these, and somebody has ended those
OPENED = set(
    """answer appoint register_budget confirm_budget prepare grant requisition submit_requisition
    approve_requisition verify_account release_payment export_payment hand_over_file confirm_payment
    confirm_bank_details repay report supplement review approve_report accept_account compile
    decide_extension""".split()  # noqa: SIM905
)
NEVER_ENDED = {"supplement", "compile"}


def open_(kind, **lookups):
    return Obligation.objects.open().filter(kind=kind, **lookups)


def test_the_story_opens_and_ends_each_kind_of_duty(cast):
    rows = list(Obligation.objects.select_related("debtor"))
    assert {row.kind for row in rows} >= OPENED
    assert {row.kind for row in rows if row.outcome == "done"} >= OPENED - NEVER_ENDED
    assert all(row.url and row.label and row.role for row in rows)
    assert all(row.why for row in rows if row.outcome == "void"), "what fell away says why"


def test_the_day_of_law_and_the_nominal_day(cast):
    repay = open_("repay").get()
    assert (repay.due, repay.act_by) == (datetime.date(2019, 3, 31), datetime.date(2019, 4, 1))


def test_the_budget_decision_is_owed_the_year_before_and_met_when_it_is_registered(cast):
    duty = open_("register_budget").get()
    assert (duty.due, duty.role) == (datetime.date(2020, 1, 1), "official")
    with standing_at(datetime.date(2019, 12, 17)):
        decided = {
            "kind": "appropriation",
            "outcome": "as_proposed",
            "proposition": "x",
            "expenditure_area": "22",
        }
        decided |= {"committee_report": "x", "riksdag_letter": "x", "decided_on": datetime.date(2019, 12, 16)}
        scenes.budget(cast, year=2020, **decided)
        assert not open_("register_budget").exists()
        row = BudgetDecision.objects.get(year__year=2020)
        budget_decisions.withdraw(row, by=cast.official(), reason="Fel skrivelse.")
        assert open_("register_budget").get().due == datetime.date(2020, 1, 1)


def test_an_appointment_with_an_end_leaves_a_vacancy_to_fill(cast):
    assignment = cast.assignment("14")
    serving = assignment.coordinators.get()
    ends = datetime.date(2019, 6, 30)
    signatory = cast.signatory(assignment.holder)
    coordinators.end(serving, by=signatory, ends=ends)
    assert open_("appoint", place="14").get().due == ends
    given = {"name": "Ny Person", "email": "ny@region.example", "starts": datetime.date(2019, 7, 1)}
    coordinators.appoint(assignment, by=signatory, ends=datetime.date(2019, 12, 31), **given)
    assert open_("appoint", place="14").get().due == datetime.date(2019, 12, 31)
    later = {**given, "name": "Nästa Person", "starts": datetime.date(2020, 1, 1)}
    coordinators.appoint(assignment, by=signatory, **later)
    assert not open_("appoint", place="14").exists()


def test_a_supplement_is_proposed_shorter_near_the_day_of_the_compilation(cast):
    report = cast.report("21", 2018)
    assert supplement_due(report) == datetime.date(2019, 3, 22), "ten working days would pass 26 March"
    with standing_at(datetime.date(2019, 2, 20)):
        assert supplement_due(report) == datetime.date(2019, 3, 6)


def test_a_reopened_report_has_no_account_to_accept(cast):
    with standing_at(datetime.date(2019, 3, 20)):
        reporting_scenes.review(cast, "21", 2018)
        reporting_scenes.approve_report(cast, "21", 2018)
        assert open_("accept_account", place="21").exists()
        reports.reopen(cast.report("21", 2018), by=cast.head(), reason="En uppgift saknas.")
    assert not open_("accept_account", place="21").exists()
    assert Obligation.objects.get(kind="accept_account", place="21").outcome == "void"


def test_freezing_establishing_and_thawing(cast):
    version = CompilationVersion.objects.get()
    rendering = renderings.request(version, by=cast.case_officer(), purpose=Purpose.FINAL)
    renderings.render(rendering, lambda *_: Document({}, b"%PDF"))
    assert not open_("compile").exists()
    assert open_("establish").get().due == datetime.date(2019, 3, 26), "never past the compilation's own day"
    compilations.thaw(CompilationVersion.objects.get(), by=cast.case_officer(), reason="Ett fel.")
    assert open_("compile").get().due == datetime.date(2019, 3, 13), "the plan's own day"
    assert open_("deliver").get().due == datetime.date(2019, 3, 26)
    assert not open_("establish").exists()


def test_what_comes_within_an_extension_is_not_late(cast):
    report = cast.report("21", 2018)
    assert not report.versions.get().received_late, "the extension of Gävleborg was to 15 March"


@pytest.mark.parametrize(("day", "late"), [("2019-04-08", False), ("2019-04-09", True)])
def test_late_is_counted_from_the_extended_day(cast, day, late):
    with standing_at(datetime.date(2019, 3, 21)):
        duty_scenes.grant_later(cast, "22", reason="Ja.")
    with standing_at(datetime.date.fromisoformat(day)):
        reporting_scenes.report(cast, "22", 2018)
    assert cast.report("22", 2018).versions.get().received_late is late


def test_who_took_the_first_of_two_steps_never_has_the_second_to_take(cast):
    """Neither in "Att göra" nor in the mail; the other one has it."""
    preparer, tranche = cast.official(), cast.tranche("04", 2019)
    memberships.invite(
        cast.programme.ministry, email=preparer.email, name=preparer.name, role=Role.DECISION_MAKER
    )
    preparer = User.objects.get(pk=preparer.pk)  # nothing cached: the new role counts
    tranches.reopen(tranche, by=cast.decider(), reason="Annat belopp.")
    tranches.prepare(tranche, by=preparer, amount=tranche.ceiling)
    duty = open_("grant", key=tranche.subject().key).get()
    assert preparer.has(Role.DECISION_MAKER, cast.programme.ministry_id)
    assert not duty.is_for(preparer)
    assert duty.is_for(cast.decider())
    line = next(row for row in todo.todo(preparer).party if row.duty == duty.pk)
    assert "beslutsfattare, en annan än du" in line.who
    with standing_at(duty.day_of_next_step(duty.opened_on) or duty.act_by):
        ladders.climb()
    told = Notice.objects.filter(obligation=duty)
    assert preparer.pk not in set(told.values_list("recipient", flat=True))
    assert told.filter(recipient=cast.decider()).exists()
