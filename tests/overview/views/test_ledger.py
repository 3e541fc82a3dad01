"""The ledger's page: every figure opens rows whose sum is the figure, now and on any day."""

import csv
import io
import re
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from digikoord.rehearsal.people import person
from overview.actions import ledger_checks
from overview.models import LedgerCheck

PAGE = "/program/rdk-2018/ekonomi/"
CELL = re.compile(r'<td class="money num"><a href="([^"]+)">([^<]+)</a>')


def browser(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def auditor(cast):
    return browser(person("revisor", cast.programme.ministry.code))


def number(text):
    return Decimal(text.replace("\u00a0", "").replace(",", ".").replace("−", "-"))


def sum_of_file(client, url):
    text = client.get(url + ("&" if "?" in url else "?") + "format=csv").content.decode("utf-8-sig")
    mark, table = text.split("\r\n", 1)
    assert mark == "ÖVNING – PÅHITTADE UPPGIFTER"
    rows = list(csv.DictReader(io.StringIO(table), delimiter=";"))
    return sum((number(row["Belopp"]) for row in rows), start=Decimal(0))


@pytest.mark.parametrize("query", ["?per=2019-02-01", "?ar=alla&efter=aktor", "?ar=2019"])
def test_every_figure_is_the_sum_of_the_rows_it_opens(auditor, query):
    cells = CELL.findall(auditor.get(PAGE + query).content.decode().replace("&amp;", "&"))
    assert len(cells) > 200
    wrong, some_of_nothing = {}, [url for url, shown in cells if shown == "0"][::20]
    for url, shown in dict(cells[::4]).items():
        if shown == "0" and url not in some_of_nothing:
            continue
        if number(shown) != sum_of_file(auditor, url):
            wrong[url] = (shown, sum_of_file(auditor, url))
    assert not wrong
    assert len({number(shown) for _, shown in cells}) > 8


def test_the_rows_behind_open_the_matters(auditor):
    page = auditor.get(PAGE + "utbetalt/?ar=2018&plats=05").content.decode()
    assert "Utbetalt: 500\u00a0000\u00a0kr" in page
    [url] = re.findall(r'<th scope="row"><a href="([^"]+)">Utbetalning RDK-', page)
    assert auditor.get(url).status_code == 200


def test_a_figure_of_nothing_says_so_and_one_that_is_not_is_not_found(auditor):
    assert "summan är noll" in auditor.get(PAGE + "eftergivet/?ar=2018").content.decode()
    assert auditor.get(PAGE + "hittepa/").status_code == 404
    assert auditor.get(PAGE + "utbetalt/?ar=aldrig&per=igår").status_code == 200


def test_an_actor_opens_its_own_rows_only(cast):
    own = browser(cast.signatory(cast.assignment("14").holder))
    assert sum_of_file(own, PAGE + "hogst/?ar=2019") == 1_000_000
    assert sum_of_file(own, PAGE + "hogst/?plats=05") == 0
    assert "Böckerna" not in own.get(PAGE).content.decode()


def test_the_last_check_is_shown_with_what_it_found(cast, auditor):
    ledger_checks.check(cast.programme)
    assert "Böckerna stämmer. Kontrollerat 2019-03-20" in auditor.get(PAGE).content.decode()
    tranche = cast.assignment("14").tranches.first()
    LedgerCheck.objects.create(
        programme=cast.programme,
        compared=1,
        differences=[{"what": "Örebro län 2018", "url": tranche.get_absolute_url(), "sentence": "fattas."}],
    )
    page = auditor.get(reverse("overview:ledger", args=["rdk-2018"])).content.decode()
    assert f'<a href="{tranche.get_absolute_url()}">Örebro län 2018</a>: fattas.' in page
