"""Whether the compilation can be sent, what each report waits for, and the reminder to those it waits for."""

import datetime

import pytest
from django.urls import reverse

from access.actions import conflicts
from digikoord.lib.clock import standing_at
from digikoord.lib.verdict import Refused
from duties.models import Notice
from records.models import Event
from reporting.actions import reminders, reports
from reporting.selectors.critical_path import critical_path
from reporting.selectors.readiness import reporting
from reporting.selectors.reminders import open_duties
from reporting.selectors.reminders import reminders as letters

DAY = datetime.date


@pytest.fixture
def year(cast):
    return cast.year(2018)


def by_place(year):
    return {path.row.place.code: path for path in critical_path(year).paths}


def test_the_path_of_each_report_in_working_days(cast, year):
    paths = by_place(year)
    reviewing = paths[
        "21"
    ]  # came in 14 March: reviewed within the plan, before the compilation; approval five more
    assert (reviewing.duty.kind, reviewing.duty.due) == ("review", DAY(2019, 3, 22))
    assert (reviewing.earliest, reviewing.slack) == (DAY(2019, 3, 29), -3)
    missing = paths["25"]  # at best in today: fifteen and five working days, Easter is later
    assert (missing.earliest, missing.slack, missing.possible) == (DAY(2019, 4, 17), -22, False)
    assert paths["14"].earliest is None
    assert paths["14"].verdict == "Godkänd"


def test_the_steps_of_the_secretariat_are_counted_back(cast, year):
    path = critical_path(year)
    assert [(step.label, step.latest) for step in path.steps] == [
        ("Granska redovisningarna", DAY(2019, 2, 21)),
        ("Godkänn dem och skicka sidorna för faktagranskning", DAY(2019, 2, 27)),
        ("Ta emot svaren på faktagranskningen och frys", DAY(2019, 3, 13)),
        ("Fastställ", DAY(2019, 3, 26)),
        ("Överlämna", DAY(2019, 3, 26)),
    ]
    assert path.steps[0].passed
    assert path.working_days == 4


def test_in_time_where_there_is_time(cast, year):
    with standing_at(DAY(2019, 2, 15)):
        path = by_place(year)["25"]
    assert (path.earliest, path.possible) == (DAY(2019, 3, 15), True)


def test_the_page_names_who_waits_for_whom(cast, year, browse):
    url = reverse("reporting:readiness", args=[cast.programme.code, 2018])
    text = browse(cast.case_officer()).get(url).content.decode()
    assert "17 av 21 redovisningar är godkända" in text
    assert "6 dagar kvar, 4 arbetsdagar" in text
    assert "Komplettera redovisningen för 2018" in text
    assert "Hinner inte utan kortare handläggning" in text
    csv = browse(cast.official()).get(url, {"format": "csv"}).content.decode("utf-8-sig")
    assert csv.startswith("ÖVNING")
    assert "Gävleborgs län;Granskas;Tillväxtverket" in csv


def test_the_mass_reminder_reaches_those_whose_move_it_is(cast, year, browse):
    url = reverse("reporting:readiness_remind_many", args=[cast.programme.code, 2018])
    client = browse(cast.case_officer())
    page = client.get(url).content.decode()
    assert "Redovisningen är godkänd." in page
    told, excluded = letters(year, reporting(year, versions=None))
    assert len(told) + len(excluded) == 22
    keys = [letter.key for letter in told]
    assert {letter.row.place.code for letter in told} <= {"19", "22", "25"}
    assert client.post(url, {"rows": []}).status_code == 422
    before = Notice.objects.count()
    assert client.post(url, {"rows": keys}).status_code == 302
    assert Notice.objects.count() - before == sum(len(letter.people) for letter in told)
    assert Event.objects.filter(verb="report.reminded").count() == len(told)
    again = client.get(url).content.decode()
    assert again.count("Påmind idag redan.") >= len(told)
    with pytest.raises(Refused, match="redan påmind"):
        reminders.remind_many(year, by=cast.case_officer(), duties=open_duties(year).filter(pk__in=keys))


def test_nobody_who_has_reported_or_is_kept_away_by_bias_is_reminded(cast, year):
    officer = cast.case_officer()
    report = cast.report("19", 2018)
    conflicts.declare(officer, by=officer, actor=report.holder, reason="Syskon.")
    _, excluded = letters(year, reporting(year, versions=None), officer.biased_against)
    assert any("jäv" in row.reason for row in excluded)
    reports.submit(report, by=cast.signatory(report.holder), certified=True)
    assert not open_duties(year).filter(kind="supplement").exists()
    with pytest.raises(Refused, match="bygga sammanställningen"):
        reminders.remind_many(year, by=cast.official(), duties=open_duties(year))
