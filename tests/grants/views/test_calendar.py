"""The programme's calendar: the month, the list, and what each may read there."""

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from duties.models import Obligation


@pytest.fixture
def look(cast):
    def looked(person, **query):
        client = Client()
        client.force_login(person)
        response = client.get(reverse("overview:calendar", args=[cast.programme.code]), query)
        assert response.status_code == 200
        return response

    return looked


def cell(response, day):
    tree = html.document_fromstring(response.content)
    return " ".join(tree.xpath(f"//td[time[@datetime='{day}']]")[0].text_content().split())


def test_the_month_shows_the_day_of_law(cast, look):
    march, april = look(cast.official()), look(cast.official(), manad="2019-04")
    assert "Sammanställning senast" in cell(march, "2019-03-26")
    assert "Betala tillbaka" not in cell(march, "2019-03-31")
    assert "ledig dag" in cell(march, "2019-03-31")
    assert "Betala tillbaka medel för 2018, Kalmar län" in cell(april, "2019-04-01")
    assert "flyttad från 2019-03-31" in april.content.decode()
    assert "manad=2019-02" in march.content.decode()


def test_an_actor_reads_its_own_and_the_common_days(cast, look):
    other = cast.writer(cast.assignment("12").holder)
    text = look(other, manad="2019-04").content.decode()
    assert "Betala tillbaka medel" not in text
    assert "Återbetalning senast" in text


def test_filtered_by_kind_and_county_and_what_has_ended(cast, look):
    text = look(cast.official(), manad="2019-04", slag="repay", lan="08").content.decode()
    assert "Betala tillbaka medel" in text
    assert "Återbetalning senast" not in text
    ended = Obligation.objects.filter(kind="report", outcome="done").latest("act_by")
    month = f"{ended.act_by:%Y-%m}"
    assert f"/skyldighet/{ended.pk}/" not in look(cast.official(), manad=month).content.decode()
    shown = look(cast.official(), manad=month, stangda="on").content.decode()
    assert f"/skyldighet/{ended.pk}/" in shown
    assert "<s>" in shown


@pytest.mark.parametrize("month", ["2019-13", "x", "9999-12", "0001-01"])
def test_a_month_that_is_none_is_answered(cast, look, month):
    assert "Kalender" in look(cast.official(), manad=month).content.decode()


def test_the_file_has_every_day(cast, look):
    text = look(cast.official(), format="csv").content.decode("utf-8-sig")
    assert "2019-04-01;2019-03-31" in text
    assert text.startswith("ÖVNING")
