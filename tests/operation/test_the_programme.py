"""The whole programme, 2018-07-12 to 2021-03-26, as it is operated: each night by the worker, each act at a page.

PostgreSQL with the application's own role, in autocommit; Redis; gunicorn behind a proxy; SMTP. Nothing is lent.
"""

import contextlib
import datetime
import os
from itertools import groupby

import pytest

from actors.models import User
from digikoord import daily
from digikoord.lib import clock
from digikoord.rehearsal import people
from digikoord.rehearsal.cast import Cast
from digikoord.rehearsal.player import FILE
from digikoord.rehearsal.story import story
from programmes.models import Programme

from . import reckoning
from .people import PASSWORD, Crew
from .scenes import SCENES

WHOLE = bool(os.environ.get("DIGIKOORD_SOAK"))
FIRST = datetime.date(2018, 7, 12)
# `make test` plays the first compilation's year, `make soak` all three.
LAST = datetime.date(2021, 3, 26) if WHOLE else datetime.date(2019, 3, 31)


@pytest.fixture
def programme(installation, inside):
    """Installed, loaded and with its people, on the first day."""
    installation.install(FIRST)
    installation.manage("load_programme", str(FILE))
    installation.manage(
        "invite",
        "forsta@regeringskansliet.example",
        "--party",
        "regeringskansliet",
        "--role",
        "administrator",
    )
    inside()
    found = Programme.objects.get()
    with clock.standing_at(FIRST):
        people.lay_up(found)
    for person in User.objects.filter(is_active=True):
        person.set_password(PASSWORD)
        person.save(update_fields=["password"])
    return found


def test_every_night_and_every_hand(installation, programme):
    cast = Cast(programme)
    codes = list(programme.places.filter(part="recipient").order_by("code").values_list("code", flat=True))
    told = story(codes)
    by_day = {day: [act for _, act in rows] for day, rows in groupby(told, lambda row: row[0])}
    with contextlib.closing(Crew(installation)) as crew:
        for today in days(FIRST, LAST):
            installation.night(today, jobs=len(daily.JOBS))
            for act in by_day.get(today, ()):
                crew.on(today)
                play(act, crew, cast, today)
    reckoning.the_jobs(installation, days(FIRST, LAST))
    reckoning.the_logs(installation)
    if WHOLE:
        reckoning.the_ledger(programme)
        reckoning.the_nightly_duties(programme)
        reckoning.the_letters(installation)
    assert "stämmer" in installation.manage("ledger", "--check", "--programme", programme.code)


def play(act, crew, cast, today):
    """A scene of the story, done at the pages."""
    function, named = getattr(act, "func", act), getattr(act, "keywords", {})
    try:
        with clock.standing_at(today):
            SCENES[function.__name__](crew, cast, **named)
    except AssertionError as failure:
        failure.add_note(f"{today} {function.__name__}: {crew.installation.log('web').read_text()[-2000:]}")
        raise


def days(first, last):
    return [first + datetime.timedelta(days=n) for n in range((last - first).days + 1)]
