""" "Att göra" with nothing, a few things and sixty; one programme at a time; days that were moved."""

import datetime
from types import SimpleNamespace

import pytest
from django.db.transaction import atomic

from access.actions import conflicts
from actors.models import User
from actors.roles import Role
from digikoord.rehearsal.people import person
from duties.actions import obligations
from overview.selectors import todo
from overview.views.todo import _tabs

SUNDAY = datetime.date(2019, 3, 31)


@atomic
def owe(cast, kind, due=SUNDAY):
    return obligations.open(
        kind,
        cast.programme,
        label=f"Göra {kind}",
        url=f"/{kind}/",
        debtor=cast.programme.ministry,
        role=Role.AUDITOR,
        due=due,
    )


@pytest.fixture
def auditor(cast):
    return person("revisor", cast.programme.ministry.code)


def test_nothing_to_do_says_so(client, auditor):
    client.force_login(auditor)
    assert "Du har gjort allt" in client.get("/").content.decode()


def test_sixty_things_are_listed_latest_day_last_and_counted_in_the_menu(client, cast, auditor):
    for number in range(60):
        owe(cast, f"sak-{number:02d}", SUNDAY + datetime.timedelta(days=60 - number))
    client.force_login(auditor)
    page = client.get("/")
    days = [task.act_by for task in page.context["todo"].mine]
    assert len(days) == 60
    assert days == sorted(days)
    assert page.context["nav"][0].count == 60


def test_a_day_that_was_moved_is_shown_with_the_day_it_was(client, cast, auditor):
    owe(cast, "betala")
    client.force_login(auditor)
    text = client.get("/").content.decode().replace("\u00a0", " ")
    assert "1 april 2019" in text
    assert "Flyttad från 2019-03-31" in text


def test_one_programme_at_a_time(cast, auditor):
    owe(cast, "betala")
    assert len(todo.todo(auditor, only=cast.programme.code).mine) == 1
    assert todo.todo(auditor, only="another").mine == ()
    rows = [SimpleNamespace(code="a", short_name="A"), SimpleNamespace(code="b", short_name="B")]
    assert [(tab["url"], tab["current"]) for tab in _tabs(rows, "b")] == [
        ("?", False),
        ("?program=a", False),
        ("?program=b", True),
    ]
    assert _tabs(rows[:1], "") == []


def test_the_number_in_the_menu_is_the_number_of_lines(cast):
    """Two conflicts are examined on one page, and are two lines of it."""
    official = cast.official()
    for place in ("03", "04"):
        conflicts.declare(official, by=official, actor=cast.assignment(place).holder, reason="Syskon.")
    decider = User.objects.get(pk=cast.decider().pk)
    assert todo.count_mine(decider) == len(todo.todo(decider).mine) >= 2
