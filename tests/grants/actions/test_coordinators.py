"""Appointments follow each other, within the assignment, without overlapping."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from digikoord.lib.clock import standing_at
from digikoord.lib.verdict import Refused
from duties.models import Obligation
from grants.actions import coordinators
from grants.models import Coordinator
from overview.selectors import staffing
from tests.factories import at

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2018, 9, 3)


def appoint(walk, row, starts, ends=None, **changes):
    fields = {"name": "Åsa Öberg", "email": "a@aktor.example", "starts": starts, "ends": ends} | changes
    with standing_at(TODAY):
        return coordinators.appoint(row, by=walk.signatory(row.holder), **fields)


@pytest.fixture
def held():
    walk, row = at.assignment_at("in_force")
    return walk, row, appoint(walk, row, TODAY, datetime.date(2018, 10, 31))


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        ("2018-10-31", None),
        ("2018-08-20", "2018-09-03"),
        ("2018-09-10", "2018-09-20"),
        ("2018-08-20", None),
    ],
)
def test_ordinary_appointments_never_overlap(held, starts, ends):
    walk, row, _ = held
    last = ends and datetime.date.fromisoformat(ends)
    with pytest.raises(Refused, match="Åsa Öberg är koordinator från"):
        appoint(walk, row, datetime.date.fromisoformat(starts), last, name="Annan")
    assert Coordinator.objects.count() == 1


def test_the_next_may_follow_without_a_gap_and_a_deputy_beside(held):
    walk, row, _ = held
    appoint(walk, row, datetime.date(2018, 11, 1), name="Nästa")
    appoint(walk, row, datetime.date(2018, 10, 1), name="Vikarie", function="deputy")
    assert row.coordinators.count() == 3


@pytest.mark.parametrize(("starts", "ends"), [("2018-07-01", None), ("2020-12-01", "2021-01-31")])
def test_an_appointment_stays_inside_the_assignment(starts, ends):
    walk, row = at.assignment_at("in_force")
    last = ends and datetime.date.fromisoformat(ends)
    with pytest.raises(Refused, match="utanför uppdragets tid"):
        appoint(walk, row, datetime.date.fromisoformat(starts), last)


def test_one_that_ends_before_it_begins_is_refused():
    walk, row = at.assignment_at("in_force")
    with pytest.raises(ValidationError, match="Slutdagen kan inte ligga före"):
        appoint(walk, row, TODAY, TODAY - datetime.timedelta(days=1))


def test_ending_without_a_next_is_a_vacancy_and_a_duty(held):
    walk, row, one = held
    with standing_at(TODAY):
        coordinators.end(one, by=walk.signatory(row.holder), ends=TODAY)
    assert Obligation.objects.open().filter(kind="appoint", place=row.place.code).exists()
    on = datetime.date(2018, 9, 13)
    with standing_at(on):
        rows = staffing.staffing(walk.official(), walk.programme, 2018, on)
    vacancy = next(found for found in rows if found.place == row.place).open_vacancy
    assert (vacancy.starts, vacancy.days) == (datetime.date(2018, 9, 4), 10)


def test_staffed_months_and_full_time_equivalents():
    walk, row = at.assignment_at("in_force")
    appoint(walk, row, datetime.date(2018, 9, 3), datetime.date(2018, 10, 31), share=50)
    on = datetime.date(2018, 12, 31)
    with standing_at(on):
        rows = staffing.staffing(walk.official(), walk.programme, 2018, on)
    found = next(one for one in rows if one.place == row.place)
    # 28 of September's 30 days, and all of October
    assert str(found.months) == "1.93"
    # 59 days at half time of 365
    assert str(found.full_time) == "0.08"
