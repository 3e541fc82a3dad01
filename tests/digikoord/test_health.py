"""What the machine that watches is told: alive is not ready, and a part that fails is named without saying why."""

import datetime
import socket
import time

import pytest
from django.db import connection, connections
from django.db.utils import OperationalError
from django.utils import timezone

from digikoord import daily, health
from digikoord.models import JobRun

pytestmark = pytest.mark.django_db


@pytest.fixture
def ran():
    """The night's jobs have all gone well."""
    for job in daily.JOBS:
        JobRun.objects.create(
            day=timezone.localdate(), job=job.name, started_at=timezone.now(), finished_at=timezone.now()
        )


@pytest.fixture(autouse=True)
def no_queue(settings):
    settings.CELERY_BROKER_URL = "files://localhost"


def parts(client):
    answer = client.get("/beredskap/")
    return answer.status_code, dict(line.split(": ", 1) for line in answer.text.splitlines())


def test_ready_when_every_part_is(client, ran):
    assert parts(client) == (200, dict.fromkeys(health.CHECKS, "ok"))
    assert "no-store" in client.get("/beredskap/")["Cache-Control"]


def test_a_failed_job_is_named_and_a_mended_one_is_not(client, ran):
    JobRun.objects.filter(job="remind").update(error="Traceback: hemligt")
    status, told = parts(client)
    assert (status, told["jobb"]) == (503, "fel: remind")
    JobRun.objects.create(
        day=timezone.localdate() + datetime.timedelta(days=1), job="remind", started_at=timezone.now()
    )
    assert parts(client)[0] == 200


def test_nights_that_nobody_runs_are_noticed(client, ran):
    JobRun.objects.update(started_at=timezone.now() - datetime.timedelta(hours=27))
    assert parts(client)[1]["jobb"] == "fel: nattens jobb har inte körts"
    JobRun.objects.all().delete()
    assert parts(client)[0] == 503


def test_a_database_that_is_only_read_is_alive_and_not_ready(client, ran):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite's file is one's own")
    with connection.cursor() as cursor:
        cursor.execute("SET transaction_read_only = on")
    status, told = parts(client)
    assert (status, told["databas"]) == (503, "fel: kan läsas men inte skrivas")
    assert client.get("/halsa/").status_code == 200


def test_a_database_that_is_away_is_alive_and_not_ready(client, monkeypatch):
    def away(*_arguments, **_named):
        raise OperationalError("could not connect: lösenord")

    monkeypatch.setattr(type(connections["default"]), "cursor", away)
    assert client.get("/halsa/").status_code == 200
    answer = client.get("/beredskap/")
    assert answer.status_code == 503
    assert "lösenord" not in answer.text
    assert answer.text.startswith("databas: fel: svarar inte")


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_a_queue_that_is_silent_costs_a_moment(client, ran, settings):
    """Somebody listens and never answers: the worst of all."""
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen(5)
        settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        began = time.monotonic()
        status, told = parts(client)
    assert (status, told["kö"]) == (503, "fel: svarar inte")
    assert time.monotonic() - began < 3
