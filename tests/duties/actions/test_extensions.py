"""A later day (anstånd): who may ask, who may decide, and what follows."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.transaction import atomic
from django.test import Client
from django.urls import reverse

from access.actions import conflicts
from digikoord.lib.clock import standing_at, today
from digikoord.lib.verdict import Refused
from duties.actions import extensions, obligations
from duties.models import Extension, Notice, Obligation
from grants.actions import claims
from grants.models import RepaymentClaim
from records.models import Event
from reporting.actions import reports

LATER = datetime.date(2019, 3, 25)


@pytest.fixture
def duty(cast):
    """To supplement the returned report: 22 March, asked of Västmanland."""
    return Obligation.objects.select_related("debtor").get(kind="supplement", closed_on=None)


def client(person):
    browser = Client()
    browser.force_login(person)
    return browser


def asked(cast, duty, wanted=LATER):
    return extensions.ask(duty, by=cast.writer(duty.debtor), wanted=wanted, reason="Vi hinner inte.")


def test_asked_on_the_dutys_page_and_granted_there(cast, duty):
    page = reverse("duties:duty_detail", args=[duty.pk])
    writer, officer = client(cast.writer(duty.debtor)), client(cast.case_officer())
    assert "Begär anstånd" in writer.get(page).content.decode()
    given = {"wanted": "2019-03-30", "reason": "Sjukdom."}
    assert writer.post(reverse("duties:extension_ask", args=[duty.pk]), given).url == page
    row = duty.extensions.get()
    todo = Obligation.objects.get(kind="decide_extension", key=f"extension:{row.pk}")
    assert (todo.debtor, todo.role) == (cast.programme.secretariat, "case_officer")
    assert todo.due == datetime.date(2019, 3, 25), "three working days"
    grant = reverse("duties:extension_grant", args=[row.pk])
    shown = officer.get(grant).content.decode()
    assert "passerar 2019-03-26" in shown
    bad = officer.post(grant, {"due": "2019-03-30", "reason": ""})
    assert bad.status_code == 422
    assert 'value="2019-03-30"' in bad.content.decode()
    assert officer.post(grant, {"due": "2019-03-30", "reason": "Ja."}).url == page
    duty.refresh_from_db()
    assert (duty.due, duty.act_by) == (datetime.date(2019, 3, 30), datetime.date(2019, 4, 1))
    assert duty.next_step_on == datetime.date(2019, 3, 25), "its reminders begin anew, seven days before"
    todo.refresh_from_db()
    assert todo.outcome == "done"
    text = officer.get(page).content.decode()
    assert "flyttad från lördag 2019-03-30" in text
    assert "Dagen passerar 2019-03-26" in text


def test_granted_another_day_than_the_one_asked_for(cast, duty):
    row = asked(cast, duty, LATER)
    extensions.grant(row, by=cast.case_officer(), due=datetime.date(2019, 3, 24), reason="En dag till.")
    row.refresh_from_db()
    assert (row.status, row.wanted, row.due) == ("granted", LATER, datetime.date(2019, 3, 24))


def test_refused_with_a_reason_the_day_stands_and_both_are_told(cast, duty):
    row = asked(cast, duty)
    assert Notice.objects.filter(recipient=cast.case_officer(), text__contains="begär anstånd").exists()
    with pytest.raises(ValidationError, match="har ett skäl"):
        extensions.refuse(row, by=cast.case_officer(), reason="")
    extensions.refuse(row, by=cast.case_officer(), reason="Tiden räcker.")
    duty.refresh_from_db()
    assert duty.due == datetime.date(2019, 3, 22)
    told = Notice.objects.filter(text__startswith="Begäran om anstånd avslagen")
    people = {cast.writer(duty.debtor), cast.signatory(duty.debtor)}
    assert {one.recipient for one in told} == people
    assert told.count() == len(people), "each is told once"
    assert Event.objects.filter(verb="extension.refused", key=f"extension:{row.pk}").exists()
    again = asked(cast, duty)
    extensions.withdraw(again, by=cast.signatory(duty.debtor))
    assert not Obligation.objects.open().filter(kind="decide_extension", parent=duty).exists()


def test_only_the_debtor_asks_and_only_who_may_decides(cast, duty):
    for person in (cast.case_officer(), cast.official(), cast.writer(cast.assignment("12").holder)):
        with pytest.raises(Refused, match="Bara den som skriver"):
            extensions.ask(duty, by=person, wanted=LATER, reason="Nej.")
    row = asked(cast, duty)
    for person in (cast.head(), cast.official(), cast.writer(duty.debtor)):
        with pytest.raises(Refused):
            extensions.grant(row, by=person, due=LATER, reason="Nej.")
    officer = cast.case_officer()
    conflicts.declare(officer, by=officer, actor=duty.debtor, reason="Syskon.")
    with pytest.raises(Refused, match="Jäv"):
        extensions.grant(row, by=officer, due=LATER, reason="Nej.")


@pytest.mark.parametrize("wanted", ["2019-03-22", "2019-03-01"])
def test_a_day_that_is_no_later_is_refused_on_the_page(cast, duty, wanted):
    url = reverse("duties:extension_ask", args=[duty.pk])
    response = client(cast.writer(duty.debtor)).post(url, {"wanted": wanted, "reason": "Behåll texten."})
    assert response.status_code == 422
    assert "Ni har redan tid till och med 2019-03-22" in response.content.decode()
    assert "Behåll texten." in response.content.decode()
    assert not duty.extensions.exists()


def test_the_agencys_own_day_is_never_extended(cast):
    compiling = Obligation.objects.open().get(kind="compile")
    with pytest.raises(Refused):
        extensions.ask(compiling, by=cast.case_officer(), wanted=LATER, reason="Nej.")
    assert compiling.extender is None
    page = client(cast.case_officer()).get(reverse("duties:duty_detail", args=[compiling.pk]))
    assert "Begär anstånd" not in page.content.decode()


def test_a_duty_that_ends_takes_the_request_with_it(cast, duty):
    row = asked(cast, duty)
    report = cast.report("19", 2018)
    reports.submit(report, by=cast.signatory(report.holder), certified=True)
    waiting = Obligation.objects.get(kind="decide_extension", parent=duty)
    assert (waiting.outcome, waiting.why) == ("void", "Skyldigheten som begäran gällde har upphört.")
    row.refresh_from_db()
    assert (row.status, row.due, row.decided_by) == ("lapsed", None, None)
    assert Event.objects.get(verb="extension.lapsed").by_name == "digikoord"
    with pytest.raises(Refused, match="har upphört"):
        extensions.grant(Extension.objects.get(pk=row.pk), by=cast.case_officer(), due=LATER, reason="Ja.")
    page = client(cast.case_officer()).get(reverse("duties:duty_detail", args=[duty.pk]))
    assert "Förfallet" in page.content.decode()
    assert "förföll, eftersom skyldigheten upphörde" in page.content.decode()


def test_more_time_to_repay_is_given_on_the_claim_by_law(cast):
    claim = RepaymentClaim.objects.get(status="open")
    duty = Obligation.objects.select_related("debtor").get(kind="repay", closed_on=None)
    row = asked(cast, duty, datetime.date(2019, 5, 2))
    with pytest.raises(Refused, match="rättsliga grunden"):
        extensions.grant(row, by=cast.decider(), due=row.wanted, reason="Ja.")
    extensions.grant(row, by=cast.decider(), due=row.wanted, reason="Ja.", legal_basis="villkoren i beslutet")
    claim.refresh_from_db()
    duty.refresh_from_db()
    assert claim.due == duty.due == datetime.date(2019, 5, 2)
    assert claim.deferrals.get().reason == "Ja."
    with pytest.raises(Refused):
        claims.defer(claim, by=cast.decider(), due=today(), legal_basis="x", reason="y")


def test_more_time_to_answer_is_given_on_the_offer(cast):
    offer = cast.assignment("01")
    duty = Obligation.objects.select_related("debtor").get(kind="answer", closed_on=None)
    row = asked(cast, duty, datetime.date(2019, 4, 12))
    extensions.grant(row, by=cast.official(), due=row.wanted, reason="Nämnden sammanträder då.")
    offer.refresh_from_db()
    assert offer.answer_due == datetime.date(2019, 4, 12)


def test_the_database_keeps_the_rules(cast, duty):
    row = asked(cast, duty)
    with pytest.raises(Refused, match="väntar redan"):
        asked(cast, duty)
    for broken in (
        {"wanted": duty.due},
        {"due": LATER},
        {"decided_by": row.asked_by, "decided_on": today()},
        {"decided_by": cast.head()},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Extension.objects.filter(pk=row.pk).update(**broken)
    with pytest.raises(IntegrityError), transaction.atomic():
        Extension.objects.create(
            obligation=duty, before=duty.due, wanted=LATER, reason="x", asked_by=row.asked_by
        )


def test_a_day_moved_by_decision_leaves_the_extended_one(cast):
    duty = Obligation.objects.get(kind="report", place="22", closed_on=None)
    row = Extension.objects.get(obligation=duty)
    before = duty.due
    with standing_at(datetime.date(2019, 3, 21)):
        extensions.grant(row, by=cast.case_officer(), due=datetime.date(2019, 3, 22), reason="Ja.")
    with atomic():
        obligations.move(duty.programme, ("report",), before=before, due=datetime.date(2019, 5, 2))
    duty.refresh_from_db()
    assert duty.due == datetime.date(2019, 3, 22)


def test_the_debtor_finds_the_dutys_page_among_what_is_to_be_done(cast, duty):
    page = client(cast.writer(duty.debtor)).get(reverse("overview:todo")).content.decode()
    assert reverse("duties:duty_detail", args=[duty.pk]) in page
