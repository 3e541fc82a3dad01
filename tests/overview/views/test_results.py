"""The programme's results: sums of what was answered, never of what was not; the map, and the files."""

import pytest
from django.urls import reverse

from tests.factories.walk import dispatched

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("here")]


@pytest.fixture
def url(municipalities):
    return reverse("overview:results", args=[municipalities.programme.code])


def cells(csv):
    return [line.split(";") for line in csv.content.decode("utf-8-sig").splitlines()]


def test_the_page_tells_each_year_and_sums_only_what_was_answered(browse, municipalities, url):
    page = browse(municipalities.official()).get(url)
    assert page.status_code == 200
    years = page.context["years"]
    for row in page.context["series"]:
        for at in range(len(years)):
            told = row.years[at]
            if told and not told.summed:
                assert told.total is None
            if told and told.answers == 0:
                assert told.total is None
    assert "summeras aldrig" in page.content.decode()


def test_the_files_hold_what_the_page_shows(browse, municipalities, url):
    client = browse(municipalities.official())
    page = client.get(url)
    goals = cells(client.get(url, {"tabell": "insatser", "format": "csv"}))
    shown = [goal.name for goal in page.context["goals"]]
    assert [row[1] for row in goals if row[0] in {goal.code for goal in page.context["goals"]}] == shown
    series = cells(client.get(url, {"tabell": "indikatorer", "format": "csv"}))
    codes = [row.code for row in page.context["series"]]
    assert [row[0] for row in series if row[0] in codes] == codes
    excel = client.get(url, {"tabell": "insatser", "format": "xlsx"})
    assert excel.content.startswith(b"PK")


@pytest.mark.parametrize(
    "asked",
    [{"ar": "1066"}, {"ar": "x"}, {"delmal": "finns inte"}, {"matt": "Z9"}, {"tabell": "x", "format": "csv"}],
)
def test_what_does_not_exist_shows_the_nearest_that_does(browse, municipalities, url, asked):
    assert browse(municipalities.official()).get(url, asked).status_code == 200


def test_a_programme_without_reports_says_when_they_come(client, db):
    walk = dispatched()
    client.force_login(walk.official())
    page = client.get(reverse("overview:results", args=[walk.programme.code]))
    assert "Inga resultat ännu" in page.content.decode()
