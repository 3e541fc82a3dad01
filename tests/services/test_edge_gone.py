"""What people meet while Redis is gone or the post office says nothing: acts, logins and links go on, and nothing is lost."""

import re
import socket
import threading
import time

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from access.actions import memberships
from actors.models import Actor, User
from actors.roles import Role
from digikoord import daily, reruns
from digikoord.lib import queue, tries
from digikoord.models import JobRequest, JobRun, Stage
from duties.actions import letters
from duties.models import Letter

from .conftest import environment, until
from .machine import Machine
from .test_killed import TODAY, office

__all__ = ["office"]
PASSWORD = "en-lang-losenmening-2019"
EARLIER = "2018-01-01T00:00Z"
GONE = 6  # seconds; production's two minutes end alike


@pytest.fixture
def machine(postgresql, office, tmp_path, monkeypatch):
    if not settings.CELERY_BROKER_URL.startswith("redis:"):
        pytest.skip("needs Redis")
    quick = {"DIGIKOORD_SWEEP_SECONDS": "1", "DIGIKOORD_BACK_OFF_SECONDS": "0.5", "EMAIL_URL": office.url}
    machine = Machine(environment() | quick | {"DIGIKOORD_TASK_SECONDS": "60"}, tmp_path)
    monkeypatch.setattr(queue._Away, "until", 0.0)
    yield machine
    machine.end()


@pytest.fixture
def web(machine, settings, monkeypatch):
    """This process is a web of the same installation: it queues and counts at the machine's Redis."""
    url = machine.environment["REDIS_URL"]
    settings.CELERY_BROKER_URL = url
    to = queue._connection
    monkeypatch.setattr(queue, "_connection", lambda: to(url))
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": url}}
    settings.SECURE_SSL_REDIRECT = False
    return Client()


def somebody(name="anna"):
    actor, _made = Actor.objects.get_or_create(
        code="halland", kind="region", legal_name="H", display_name="H"
    )
    person = memberships.invite(actor, email=f"{name}@prov.example", name=name, role=Role.SIGNATORY).user
    person.set_password(PASSWORD)
    person.save()
    return person


def quickly(do, seconds=1.5):
    began = time.monotonic()
    result = do()
    assert time.monotonic() - began < seconds
    return result


def ask_for_a_link(client, email="anna@prov.example"):
    return client.post("/losenord/glomt/", {"email": email})


def test_what_was_asked_for_while_redis_was_gone_is_done_when_it_is_back(machine, web, office):
    Stage.objects.create(pk=1, rehearsal=True, today=TODAY)
    anna = somebody()
    machine.keep_alive()
    until(lambda: JobRun.objects.filter(job=daily.SWEEP).exists(), "the sweep has run", seconds=60)
    ask_for_a_link(web)  # what is imported once is imported
    Letter.objects.update(next_try_at=EARLIER)  # the worker's hour is the machine's, the test's is eight
    until(lambda: Letter.objects.filter(status="sent").exists(), "a letter goes out", seconds=60)
    Letter.objects.update(sent_at=EARLIER)
    machine.kill("redis")
    job = next(one for one in daily.JOBS if one.name == "remind")
    for _act in range(5):
        quickly(lambda: reruns.ask(job, by=anna))
    quickly(lambda: ask_for_a_link(web))
    for _wrong in range(8):
        wrong = web.post("/logga-in/", {"login": "anna@prov.example", "password": "fel"})
    assert "Vänta" in wrong.text, "the counts go on"
    answer = web.get("/beredskap/")
    assert answer.status_code == 503
    assert "kö: fel" in answer.text
    assert "inloggningsförsök: fel" in answer.text
    time.sleep(int(re.search(r"Vänta (\d+)", wrong.text)[1]) + 1)
    login = {"login": "anna@prov.example", "password": PASSWORD}
    assert quickly(lambda: web.post("/logga-in/", login), 3).status_code == 302
    assert Letter.objects.filter(status="queued").count() == 1
    assert JobRequest.objects.filter(done_at__isnull=True).count() == 5
    Letter.objects.update(next_try_at=EARLIER)
    time.sleep(GONE)
    machine.keep_alive()
    until(lambda: not Letter.objects.filter(status="queued").exists(), "the letter is sent", seconds=90)
    until(lambda: not JobRequest.objects.filter(done_at__isnull=True).exists(), "the job is run", seconds=30)
    assert sum(office.taken.values()) == 2
    assert "inloggningsförsök: ok" in web.get("/beredskap/").text


def test_of_many_tries_at_once_no_more_than_the_free_and_one_are_let_in(race, broker):
    waits = race(lambda _number: tries.admit(tries.Count("tries:race", 5, 10)), times=30)
    assert all(isinstance(wait, int) for wait in waits), waits
    assert waits.count(0) == 6


def test_a_post_office_that_says_nothing_holds_up_nobody_who_forgot_a_password(postgresql, settings, broker):
    people = [somebody(f"p{number}") for number in range(14)]
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen(20)
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = silent.getsockname()
        settings.EMAIL_TIMEOUT = 4
        ask_for_a_link(Client(), people[0].email)
        worker = threading.Thread(target=_send)
        worker.start()
        time.sleep(0.3)
        for one in people:
            assert quickly(lambda one=one: ask_for_a_link(Client(), one.email)).status_code == 302
            assert quickly(lambda: Client().get("/halsa/")).status_code == 200
        worker.join()
    assert Letter.objects.filter(status="queued", purpose="password").count() == 14
    assert set(Letter.objects.values_list("attempts", flat=True)) == {0}, (
        "nobody answered: no attempt is lost"
    )
    assert User.objects.count() >= 14


def _send():
    try:
        letters.send_due()
    finally:
        connection.close()
