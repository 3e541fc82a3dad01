"""Offers that are answered on paper, taken back, opened again; assignments acknowledged; reminders."""

import datetime

import pytest

from actors.models import Membership
from digikoord.lib.clock import standing_at
from digikoord.lib.papers import Paper
from digikoord.lib.verdict import Refused
from duties.models import Notice, Obligation
from grants.actions import assignments, reminders
from grants.models import Assignment
from grants.selectors import answers
from records.models import Event
from tests import databases

pytestmark = pytest.mark.django_db

SCAN = Paper("svar.png", "image/png", b"\x89PNG\r\n\x1a\n")
ONE = [("Ada Berg", "regiondirektör")]


def register(cast, code="01", **given):
    given = {"answer": "accept", "answered_on": datetime.date(2019, 3, 18), "signers": ONE, **given}
    return assignments.register_answer(cast.assignment(code), by=cast.official(), paper=SCAN, **given)


def test_an_answer_on_paper_counts_from_its_own_day(cast):
    with standing_at(datetime.date(2019, 4, 15)):
        row = register(cast, answered_on=datetime.date(2019, 3, 27))
        assert (row.status, row.answered_late) == ("in_force", False)
        signed = row.signatures.get()
        assert (signed.name, signed.person, signed.registered_by) == ("Ada Berg", None, cast.official())
        told = Event.objects.filter(verb="assignment.accepted").latest("pk")
        assert told.effective_on == datetime.date(2019, 3, 27)


def test_a_late_answer_on_paper_is_late(cast):
    with standing_at(datetime.date(2019, 4, 15)):
        assert register(cast, answered_on=datetime.date(2019, 4, 1)).answered_late


def test_a_no_on_paper_cancels_what_is_unpaid(cast):
    row = register(cast, answer="decline", reason="Resurser saknas.")
    assert row.status == "declined"
    assert set(row.tranches.values_list("status", flat=True)) == {"cancelled"}


@pytest.mark.parametrize(("day", "why"), [("2019-03-21", "framtiden"), ("2019-01-07", "lämnades 2019-01-08")])
def test_the_day_of_a_paper_lies_between_the_dispatch_and_today(cast, day, why):
    with pytest.raises(Refused, match=why):
        register(cast, answered_on=datetime.date.fromisoformat(day))
    assert cast.assignment("01").status == "offered"


def test_an_answer_no_older_than_the_reopening(cast):
    lapsed = assignments.lapse(cast.assignment("01"), by=cast.official(), reason="Inget svar.")
    assignments.reopen(
        lapsed, by=cast.decider(), answer_due=datetime.date(2019, 4, 1), reason="De vill svara."
    )
    with pytest.raises(Refused, match="lämnades 2019-03-20"):
        register(cast)


def test_two_jointly_sign_a_paper_both(cast):
    holder = cast.assignment("01").holder
    type(holder).objects.filter(pk=holder.pk).update(signatures_required=2)
    with pytest.raises(Refused, match="Ange båda"):
        register(cast)
    row = register(cast, signers=[*ONE, ("Bo Ek", "ordförande")])
    assert answers.signers(row) == "Ada Berg, regiondirektör, Bo Ek, ordförande"


def test_an_offer_is_taken_back(cast):
    row = assignments.annul(cast.assignment("01"), by=cast.decider(), reason="Fel mottagare.")
    assert row.status == "annulled"
    assert set(row.tranches.values_list("status", flat=True)) == {"cancelled"}
    assert not Obligation.objects.open().about("answer", row.subject().key).exists()
    with pytest.raises(Refused):
        assignments.annul(row, by=cast.decider(), reason="Igen.")


def test_an_assignment_is_acknowledged_once_and_an_offer_never(cast):
    row = cast.assignment("sek")
    signatory = cast.signatory(row.holder)
    assert assignments.acknowledge(row, by=signatory).acknowledged_by == signatory
    with pytest.raises(Refused, match="bekräftades"):
        assignments.acknowledge(row, by=signatory)
    offered = cast.assignment("01")
    with pytest.raises(Refused, match="uppdrag"):
        assignments.acknowledge(offered, by=cast.signatory(offered.holder))


def test_the_silent_are_reminded_exactly_as_previewed(cast):
    [letter] = answers.reminders(answers.silent(cast.programme))
    before = Notice.objects.count()
    reminders.remind_many(cast.programme, by=cast.official(), offers=[letter.assignment])
    told = Notice.objects.order_by("-pk")[: Notice.objects.count() - before]
    assert [(one.recipient, one.text) for one in told] == [(person, letter.text) for person in letter.people]
    event = Event.objects.get(verb="assignment.reminded")
    assert event.facts["people"] == [f"{one.name} <{one.email}>" for one in letter.people]


def test_nobody_is_reminded_when_one_has_answered(cast):
    offer = cast.assignment("01")
    register(cast)
    with pytest.raises(Refused, match="hunnit svara"):
        reminders.remind_many(cast.programme, by=cast.official(), offers=[offer])


def test_an_actor_without_a_signatory_is_left_out(cast):
    holder = cast.assignment("01").holder
    Membership.objects.filter(actor=holder, role="signatory").update(valid_to=datetime.date(2019, 3, 1))
    with databases.without_guards():
        Membership.objects.filter(actor=holder, role="signatory").update(valid_from=datetime.date(2018, 1, 1))
    assert answers.reminders(answers.silent(cast.programme))[0].people == ()
    with pytest.raises(Refused, match="ingen behörig företrädare"):
        reminders.remind_many(cast.programme, by=cast.official(), offers=[cast.assignment("01")])


def test_the_board_of_answers_counts_21(cast):
    rows = list(answers.answers_of(cast.official(), cast.programme))
    counted = {name: count for name, _label, count in answers.counts(rows)}
    assert len(rows) == 21
    assert counted == {"accepted": 20, "declined": 0, "silent": 1, "late": 0}
    assert answers.days_left(Assignment.objects.get(pk=rows[0].pk)) == 9
    with standing_at(datetime.date(2019, 4, 3)):
        assert answers.group_of(rows[0]) == "late"
        assert answers.days_left(rows[0]) == -5
