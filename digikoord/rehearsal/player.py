"""Plays the story from nothing to a day, and steps the stage on from where it stands."""

import datetime
import typing
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path

from django.db import transaction

from actors.models import User
from digikoord.lib import clock, queue
from digikoord.lib.verdict import Refused
from grants.actions import programmes
from programmes.models import Programme

from .. import daily
from ..models import RehearsalMark, Stage
from . import people
from .cast import Cast
from .story import story

FILE = Path(__file__).parents[2] / "programmes/files/regional-digital-coordinators-2018.toml"
# It reads all there is, so hundreds of days played at once are checked when the last has been.
UNTIL_THE_END = ("check-ledger",)
FIRST_DAY = datetime.date(2018, 7, 12)


def play(until: datetime.date, told: Callable[[str], object] = lambda text: None) -> None:
    """Play the story up to and including `until`, in a database with nothing in it."""
    if Programme.objects.exists() or User.objects.exists():
        raise Refused("Databasen är inte tom. Övningen spelas bara i en tom databas.")
    if until < FIRST_DAY:
        raise Refused(f"Övningen börjar {FIRST_DAY}.")
    with queue.silenced():
        with clock.standing_at(FIRST_DAY):
            cast = _set_the_stage()
        _play_days(cast, FIRST_DAY, until, told)


def play_on(until: datetime.date, told: Callable[[str], object] = lambda text: None) -> None:
    """Play the story on from the day after the one that the stage stands at, up to and including `until`."""
    stage = Stage.current()
    if not stage.rehearsal:
        raise Refused("Bara en övning kan spelas vidare.")
    with queue.silenced():
        cast = Cast(Programme.objects.select_related("ministry", "disburser", "secretariat").earliest("pk"))
        _play_days(cast, typing.cast("datetime.date", stage.today) + datetime.timedelta(days=1), until, told)


def _play_days(cast: Cast, first: datetime.date, until: datetime.date, told: Callable[[str], object]) -> None:
    codes = cast.programme.places.filter(part="recipient").order_by("code")
    scenes = story(list(codes.values_list("code", flat=True)))
    by_day = {day: [act for _, act in rows] for day, rows in groupby(scenes, lambda row: row[0])}
    for today in _days(first, until):
        with clock.standing_at(today):
            _play_day(cast, by_day.get(today, ()), passing=today < until)
        if today.day == 1:
            told(f"{today:%Y-%m}")


@transaction.atomic
def _set_the_stage() -> Cast:
    Stage.objects.create(pk=1, rehearsal=True, today=FIRST_DAY)
    programme, _ = programmes.load(FILE.read_text(), by=User.objects.system())
    RehearsalMark.put("databasen", f"program {programme.code}")
    people.lay_up(programme)
    return Cast(programme)


@transaction.atomic
def _play_day(cast: Cast, acts: Iterable[Callable[[Cast], None]], passing: bool) -> None:
    """One day whole: its scenes, then its jobs, then the stage's own day."""
    for act in acts:
        act(cast)
    daily.run(without=UNTIL_THE_END if passing else (), strict=True)
    Stage.objects.update(today=clock.today())


def step(until: datetime.date) -> list[datetime.date]:
    """Move the stage on to `until`, running the jobs of each day passed. Returns the days."""
    with transaction.atomic():
        stage = Stage.objects.select_for_update().get(pk=1)
        if not stage.rehearsal:
            raise Refused("Bara en övning kan stegas fram.")
        today_was = typing.cast("datetime.date", stage.today)
        if until <= today_was:
            raise Refused(f"Övningen står vid {stage.today}. Välj en senare dag.")
        days = list(_days(today_was + datetime.timedelta(days=1), until))
        for today in days:
            with clock.standing_at(today):
                daily.run(without=UNTIL_THE_END if today < until else (), strict=True)
        stage.today = until
        stage.save(update_fields=["today"])
    return days


def _days(first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
    return (first + datetime.timedelta(days=n) for n in range((last - first).days + 1))
