"""kill -9 of the worker, beat and Redis while letters go out: none is lost, and a double was in flight at a kill."""

import contextlib
import datetime
import os
import random
import time

import pytest
from django.conf import settings
from kombu import Connection
from kombu.exceptions import OperationalError

from actors.models import Actor, Membership, User
from actors.roles import Role
from digikoord.celery import app
from digikoord.models import Stage
from duties.models import Letter, Notice, Obligation

from .conftest import environment, until
from .machine import Machine, PostOffice

SOAK = bool(os.environ.get("DIGIKOORD_SOAK"))
LETTERS, KILLS, LONGEST, PACE = (2_000, 20, 900, 0.04) if SOAK else (200, 5, 180, 0.08)
TODAY = datetime.date(2019, 3, 20)
VICTIMS = ("worker", "redis", "beat", "worker", "redis")


@pytest.fixture
def office():
    office = PostOffice(random.Random(5), PACE)
    office.controller.start()
    yield office
    office.controller.stop()


@pytest.fixture
def machine(postgresql, office, tmp_path):
    if not settings.CELERY_BROKER_URL.startswith("redis:"):
        pytest.skip("needs Redis")
    quick = {"DIGIKOORD_SWEEP_SECONDS": "1", "DIGIKOORD_BACK_OFF_SECONDS": "0.5", "EMAIL_URL": office.url}
    machine = Machine(environment() | quick | {"DIGIKOORD_TASK_SECONDS": "60"}, tmp_path)
    yield machine
    machine.end()


def a_programme_of_duties(count):
    """One signatory each of as many actors, who owe something in a week."""
    Stage.objects.create(pk=1, rehearsal=True, today=TODAY)
    system = User.objects.system()
    actors = Actor.objects.bulk_create(
        Actor(code=f"a{at}", kind="region", legal_name=f"A {at}", display_name=f"A {at}")
        for at in range(count)
    )
    people = User.objects.bulk_create(
        User(email=f"p{at}@prov.example", name=f"P {at}") for at in range(count)
    )
    Membership.objects.bulk_create(
        Membership(user=one, actor=actor, role=Role.SIGNATORY, valid_from=TODAY, granted_by=system)
        for one, actor in zip(people, actors, strict=True)
    )
    due = TODAY + datetime.timedelta(days=7)
    values = {"kind": "report", "label": "Redovisa", "url": "/", "programme": "p", "role": Role.SIGNATORY}
    values |= {"due": due, "act_by": due, "ladder": [7, 0], "next_step_on": TODAY, "legal": True}
    Obligation.objects.bulk_create(
        Obligation(key=f"a:{actor.pk}", debtor=actor, **values) for actor in actors
    )


def two_schedulers(machine):
    """Ask for the day's jobs twice at once, as two schedulers started by mistake would."""
    with Connection(machine.environment["REDIS_URL"], connect_timeout=1) as connection:
        for _scheduler in range(2):
            app.send_task("digikoord.daily", connection=connection, retry=False)


def test_nothing_is_lost_and_only_what_was_in_flight_is_sent_twice(machine, office):
    a_programme_of_duties(LETTERS)
    dice, began = random.Random(7), time.monotonic()
    worker_kills = in_the_middle = 0
    machine.keep_alive()
    for number in range(KILLS):
        until_something_goes_out(machine, office)
        time.sleep(dice.uniform(0.05, 1.0))
        in_the_middle += Letter.objects.filter(status="sent").count() < LETTERS
        victim = VICTIMS[number % len(VICTIMS)]
        machine.kill(victim)
        worker_kills += victim == "worker"
        machine.keep_alive()
    until(lambda: sent(machine) == LETTERS, "every letter is sent", seconds=LONGEST)
    assert len(office.taken) == Letter.objects.count() == Notice.objects.count() == LETTERS
    assert set(office.taken) == set(Letter.objects.values_list("message_id", flat=True))
    doubles = sum(office.taken.values()) - LETTERS
    assert doubles <= worker_kills, "a worker has one letter in flight when it is killed"
    assert in_the_middle == KILLS, "a kill after the last letter proves nothing"
    assert office.asked > LETTERS, "the server refused some for now"
    assert time.monotonic() - began < LONGEST


def until_something_goes_out(machine, office):
    """The next kill comes in the middle of things."""
    before = office.asked
    until(lambda: office.asked > before or sent(machine) == LETTERS, "a letter goes out", seconds=60)


def sent(machine):
    """How many are sent; whatever has died meanwhile is started, and the hour strikes until the day's jobs are done."""
    machine.keep_alive()
    if Letter.objects.count() < LETTERS:
        with contextlib.suppress(OSError, OperationalError):  # Redis is coming
            two_schedulers(machine)
        time.sleep(0.5)
    return Letter.objects.filter(status="sent").count()
