"""What each role meets where the rehearsal stands, on 2019-03-20."""

import datetime

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from lxml import html

from digikoord.lib.verdict import Refused
from digikoord.models import Stage
from digikoord.rehearsal.people import on_stage, person
from grants.actions import payments
from grants.models import Assignment, Payment, RepaymentClaim, Requisition, Tranche
from records.models import Event
from reporting.models import Rendering
from tests.factories.played import MID_STORY, fingerprint


def read(user, where, *args, query=""):
    """The page's words, and the bare text of its tables' rows."""
    client = Client()
    client.force_login(user)
    response = client.get(reverse(where, args=args) + query)
    assert response.status_code == 200
    tree = html.document_fromstring(response.content)
    rows = [" ".join(row.text_content().split()) for row in tree.xpath("//main//tr")]
    return " ".join(tree.text_content().split()), rows


def test_the_case_officer_sees_how_ready_the_compilation_is(cast):
    text, _ = read(cast.case_officer(), "overview:todo")
    assert "6 dagar kvar: 17 godkända, 1 granskas, 1 återsänd, 2 saknas" in text
    rendering = Rendering.objects.get()
    assert (rendering.purpose, rendering.status) == ("draft", "done")
    assert bytes(rendering.pdf).startswith(b"%PDF")


def test_the_case_officer_is_the_first_to_become(cast):
    roles = on_stage(cast.programme)
    assert [role.key for role in roles if role.first] == [cast.case_officer().email]
    response = Client().get(reverse("account_login")).content.decode()
    assert all(role.key in response for role in roles)


def test_the_official_has_three_requisitions(cast):
    _, rows = read(cast.official(), "grants:requisition_approve_many", cast.programme.code)
    assert sum("Region" in row for row in rows) == 3
    waiting = Requisition.objects.filter(status="submitted", tranche__year__year=2019)
    assert sorted(waiting.values_list("tranche__place__code", flat=True)) == ["03", "05", "06"]


def test_a_batch_waits_for_release_and_the_changed_bankgiro_is_left_out_with_its_reason(cast):
    text, rows = read(cast.payer(), "grants:payment_release_many", cast.programme.code)
    chosen = [row for row in rows if any(name in row for name in ("Kronoberg", "Gotland", "Halland"))]
    assert len(chosen) == 3
    assert "Betalningsuppgiften för Region Örebro län är inte kontrollerad" in text
    frozen = Payment.objects.get(
        requisition__tranche__place__code="18", requisition__tranche__year__year=2019
    )
    assert frozen.status == "prepared"
    with pytest.raises(Refused, match="spärrad tills en annan person"):
        payments.release(frozen, by=cast.other_payer())


def test_2020_waits_for_the_riksdag(cast):
    _, rows = read(cast.official(), "grants:year_detail", cast.programme.code, 2020)
    assert sum("Villkorat" in row for row in rows) == 22
    assert set(Tranche.objects.filter(year__year=2020).values_list("status", flat=True)) == {"conditional"}


def test_one_offer_is_unanswered_and_its_signatory_is_asked(cast):
    offer = Assignment.objects.get(status="offered")
    assert str(offer.holder) == "Region Stockholm"
    text, _ = read(cast.signatory(offer.holder), "overview:todo")
    assert "9 dagar kvar 29 mars 2019" in text
    text, _ = read(cast.signatory(offer.holder), "grants:assignment_accept", offer.pk)
    assert "Tacka ja till erbjudandet" in text


def test_the_coordinator_has_a_returned_report_with_two_fields_to_supplement(cast):
    report = cast.report("19", 2018)
    writer = cast.writer(report.holder)
    assert (
        "Komplettera redovisningen för 2018 Västmanlands län 2 dagar kvar" in read(writer, "overview:todo")[0]
    )
    assert (
        "Två uppgifter behöver kompletteras" in read(writer, "reporting:activity_report_write", report.pk)[0]
    )


def test_the_board_tells_the_late_and_the_repayment_of_2018(cast):
    _, rows = read(cast.official(), "overview:board", cast.programme.code, query="?ar=2018")
    counties = {row.split(" län")[0]: row for row in rows if "utbetalt av högst" in row}
    assert len(counties) == 22, "21 and the secretariat"
    assert "Granskas" in counties["Gävleborgs"]
    assert "Återsänd" in counties["Västmanlands"]
    assert "Saknas48 dagar sen" in counties["Norrbottens"]
    assert "för sent" in counties["Hallands"], "a requisition that came in late stays marked"
    assert "Åter 87 650senast 1 april" in counties["Kalmar"], "31 March is a Sunday"


def test_the_board_tells_the_vacancy_and_the_successions_of_2019(cast):
    _, rows = read(cast.official(), "overview:board", cast.programme.code, query="?ar=2019")
    assert ["Norrbottens" in row for row in rows if "Vakans" in row] == [True]
    assert sum("efter " in row for row in rows) == 7
    assert any("efter Länsstyrelsen i Stockholms län Väntar" in row for row in rows)


def test_the_one_who_is_to_repay_is_told_by_when(cast):
    claim = RepaymentClaim.objects.get(status="open")
    text, _ = read(cast.signatory(claim.tranche.holder), "overview:todo")
    assert "12 dagar kvar 1 april 2019" in text


def test_the_auditor_follows_a_county_from_decision_to_payment(cast):
    auditor = person("revisor", cast.programme.ministry.code)
    text, _ = read(auditor, "overview:trail", cast.programme.code, query="?plats=14")
    verbs = Event.objects.filter(place="14").order_by("at", "pk").values_list("verb", flat=True)
    chain = ["assignment.offered", "assignment.accepted", "tranche.granted", "requisition.approved"]
    chain += ["payment.released", "payment.confirmed", "report.approved", "tranche.settled"]
    first = [list(verbs).index(verb) for verb in chain]
    assert first == sorted(first)
    assert "utanordn" in text.lower()


def test_every_page_and_letter_says_that_it_is_a_rehearsal(cast):
    mark = "ÖVNING – PÅHITTADE UPPGIFTER"
    assert mark in read(cast.official(), "overview:board", cast.programme.code)[0]
    client = Client()
    client.force_login(cast.payer())
    csv = client.get(reverse("grants:payment_batch_csv", args=[1])).content.decode("utf-8-sig")
    assert mark in csv


def test_a_database_with_something_in_it_is_never_played_over(cast):
    before = fingerprint()
    with pytest.raises(CommandError, match="inte tom"):
        call_command("rehearse", "--to", "2019-03-20")
    assert fingerprint() == before


def test_a_step_runs_the_jobs_of_each_day_and_stands_there(cast):
    client = Client()
    client.force_login(cast.official())
    response = client.post(reverse("rehearsal"), {"until": "2019-03-23"})
    assert response.status_code == 302
    assert Stage.current().today == MID_STORY + datetime.timedelta(days=3)
    response = client.post(reverse("rehearsal"), {"until": "2019-03-23"})
    assert response.status_code == 422
