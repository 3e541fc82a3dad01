"""Each error has a number, on the page, in the log and in the count; and the log tells nothing of whom it was about."""

import json
import logging
import re

import pytest
import time_machine
from django.db import OperationalError, connections
from django.test import Client

from digikoord import errors, failures, tasks
from digikoord.celery import StagedTask
from digikoord.logs import JsonLines
from digikoord.models import Error
from digikoord.views import about
from duties.models import Obligation
from tests.conftest import MORNING

pytestmark = pytest.mark.django_db
SECRET = "Anna Almgren, anna@region.example, 19121212-1212"
NUMBER = re.compile(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}\b")


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


@pytest.fixture
def broken(monkeypatch):
    """broken(error): the page Kontakt raises it from then on."""

    def breaks(error):
        def render(*_arguments, **_named):
            raise error

        monkeypatch.setattr(about, "render", render)

    breaks(RuntimeError(SECRET))
    return breaks


@pytest.fixture
def lines(caplog):
    """lines(words): what the log's lines are."""
    caplog.set_level(logging.INFO, logger="digikoord.requests")
    return lambda words=False: [json.loads(JsonLines(words=words).format(row)) for row in caplog.records]


def test_the_page_the_log_and_the_count_have_the_same_number(client, broken, lines):
    answer = client.get(f"/kontakt/?namn={SECRET}")
    (number,) = set(NUMBER.findall(answer.content.decode()))
    assert answer.status_code == 500
    row = Error.objects.get()
    assert (row.number, row.kind, row.where) == (number, "RuntimeError", "contact")
    noted, request = [line for line in lines() if "error" in line]
    assert noted["error"] == request["error"] == number
    assert noted["raised"][0]["kind"] == "RuntimeError"
    assert request == request | {"method": "GET", "route": "contact", "status": 500}


def test_a_part_of_a_page_is_told_in_plain_words(client, broken):
    answer = client.get("/kontakt/", headers={"HX-Request": "true"})
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert Error.objects.get().number in answer.text


def test_an_error_page_that_breaks_still_has_a_number(client, broken, monkeypatch):
    monkeypatch.setattr(errors, "render_to_string", broken)
    answer = client.get("/kontakt/")
    assert (answer.status_code, Error.objects.get().number in answer.text) == (500, True)


@pytest.mark.parametrize("words", [False, True])
def test_the_log_tells_nothing_of_whom_it_was_about(client, broken, lines, words):
    client.get(f"/kontakt/?namn={SECRET}", headers={"referer": SECRET, "user-agent": SECRET})
    client.post("/logga-in/", {"login": "anna@region.example", "password": SECRET})
    client.get("/losenord/nytt/1-hemlignyckel/")
    told = json.dumps(lines(words), ensure_ascii=False)
    assert ("Anna" in told) is words, "a rehearsal's words are made up"
    assert "hemlignyckel" not in told
    assert "anna@region" not in told.replace(SECRET, "")


def test_each_request_is_one_line(client, lines):
    for address in ("/kontakt/?a=b", "/finns-inte/hemligt/", "/"):
        client.get(address)
    asked = [line for line in lines() if line["logger"] == "digikoord.requests"]
    assert [(line.get("route"), line["status"]) for line in asked] == [
        ("contact", 200),
        (None, 404),
        ("overview:todo", 302),
    ]
    assert all(isinstance(line["ms"], int) for line in asked)


def test_what_others_write_is_not_told():
    for name in ("django.request", "django.security.DisallowedHost", "celery.app.trace"):
        record = logging.LogRecord(name, logging.ERROR, "", 0, "said %s", (SECRET,), None)
        record.data = {"name": "digikoord.sweep", "args": SECRET}
        assert "Anna" not in JsonLines(words=False).format(record)


def test_a_database_that_is_away_is_not_asked_again(client, broken, monkeypatch, lines):
    broken(OperationalError(SECRET))
    monkeypatch.setattr(errors, "_count", lambda *_: pytest.fail("asked again"))
    monkeypatch.setattr(connections["default"], "connection", None)
    number = errors.noted("contact", OperationalError(SECRET))
    assert number in json.dumps(lines())


def test_a_count_that_fails_changes_nothing(client, broken, monkeypatch):
    monkeypatch.setattr(Error, "save", broken)
    answer = client.get("/kontakt/")
    assert NUMBER.search(answer.content.decode())
    assert Error.objects.count() == 0


def test_a_task_that_fails_has_a_number_too():
    StagedTask().on_failure(RuntimeError(SECRET), "id", (), {}, None)
    assert Error.objects.get().where.startswith("task")


def test_readiness_counts_the_last_hour(client, broken, settings):
    settings.CELERY_BROKER_URL = "files://localhost"

    def told():
        return next(
            line for line in client.get("/beredskap/").text.splitlines() if line.startswith("felsidor")
        )

    assert told() == "felsidor: ok"
    client.get("/kontakt/")
    assert told() == "felsidor: ok, 1 den senaste timmen"
    client.get("/kontakt/")
    client.get("/kontakt/")
    assert told() == "felsidor: fel: 3 den senaste timmen"
    with time_machine.travel(MORNING + failures.HOUR * 2):
        assert told() == "felsidor: ok"


def test_three_in_an_hour_are_the_administrators_duty_until_an_hour_has_none(cast, client, broken, queued):
    def duties():
        tasks._swept()
        return list(Obligation.objects.open().filter(kind=failures.KIND))

    for _time in range(2):
        client.get("/kontakt/")
    assert duties() == []
    client.get("/kontakt/")
    (duty,) = duties()
    assert (duty.debtor, duty.label) == (
        cast.programme.ministry,
        "Tjänsten svarar med fel: minst 3 på en timme",
    )
    assert duties() == [duty], "once"
    client.force_login(cast.official())
    assert Error.objects.first().number in client.get("/jobb/").content.decode()
    with time_machine.travel(MORNING + failures.HOUR * 2):
        assert duties() == []
    with time_machine.travel(MORNING + failures.KEPT * 2):
        duties()
    assert Error.objects.count() == 0
