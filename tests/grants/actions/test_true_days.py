"""What is registered afterwards takes the day it happened: never after today, never before what it rests on."""

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from digikoord.lib.clock import standing_at
from digikoord.lib.verdict import Refused
from grants.actions import decisions, tranches
from grants.models import Assignment, Tranche
from overview.selectors import history
from overview.selectors.proof import prove
from records.models import Event, Registration
from tests.factories import at, walk

pytestmark = pytest.mark.django_db
DECIDED, SENT, LATER = (
    datetime.date(2018, 7, 12),
    datetime.date(2018, 7, 13),
    datetime.date(2018, 8, 10),
)


def draft():
    world = walk.loaded()
    return world, world.programme.decisions.get(assignments__place__code="14")


@pytest.mark.parametrize(
    ("day", "why"),
    [(LATER + datetime.timedelta(days=1), "framtiden"), (DECIDED - datetime.timedelta(days=1), "från")],
)
def test_a_dispatch_is_neither_to_come_nor_before_the_decision(day, why):
    world, decision = draft()
    with standing_at(LATER), pytest.raises(Refused, match=why) as refusal:
        decisions.dispatch(decision, by=world.decider(), on=day)
    assert refusal.value.field == "on"
    assert not Event.objects.filter(verb="decision.dispatched").exists()


def test_a_dispatch_is_told_of_the_day_it_was_made():
    world, decision = draft()
    with standing_at(LATER):
        decisions.dispatch(decision, by=world.decider(), on=SENT)
        told = Event.objects.filter(
            verb__in=("decision.dispatched", "assignment.offered", "tranche.reserved")
        )
        assert told.count() > 60
        assert {row.effective_on for row in told} == {SENT}
        assert all(row.is_late_knowledge for row in told)
        assert set(Registration.objects.filter(direction="out").values_list("on", flat=True)) == {SENT}
    assert type(decision).objects.get(pk=decision.pk).dispatched_on == SENT
    assert history.on_day(world.programme, SENT).answers
    assert not prove(world.programme).differences


def test_a_decision_that_is_registered_after_it_was_dispatched_says_when(client):
    """Registered and corrected today, dispatched on paper before: what is told of the draft hinders nothing."""
    world, first = draft()
    with standing_at(SENT):
        decisions.dispatch(first, by=world.decider())
    with standing_at(LATER):
        made = decisions.register(
            world.programme, by=world.official(), title="Ändring", text="Text.", decided_on=SENT, amends=first
        )
        client.force_login(world.decider())
        address = reverse("grants:decision_dispatch", args=[made.pk])
        posted = {"as_read": client.get(address).context["as_read"]}
        refused = client.post(address, posted | {"on": DECIDED.isoformat()})
        assert refused.status_code == 422
        earlier = SENT + datetime.timedelta(days=1)
        assert client.post(address, posted | {"on": earlier.isoformat()}).status_code == 302
        assert not prove(world.programme).differences
    made.refresh_from_db()
    assert (made.status, made.dispatched_on) == ("dispatched", earlier)


def test_an_amount_is_prepared_and_granted_of_the_days_it_was():
    world, row = at.tranche_at("open")
    bound = Assignment.objects.get(pk=row.assignment_id).answered_on
    day = datetime.date(2018, 9, 3)
    with standing_at(at.PAYING):
        with pytest.raises(Refused, match="Svaret på erbjudandet"):
            tranches.prepare(
                row, by=world.official(), amount=row.ceiling, on=bound - datetime.timedelta(days=1)
            )
        tranches.prepare(row, by=world.official(), amount=row.ceiling, on=day)
        with pytest.raises(Refused, match="Det senaste som hände"):
            tranches.grant(row, by=world.decider(), on=day - datetime.timedelta(days=1))
        tranches.grant(row, by=world.decider(), on=day)
    row = Tranche.objects.get(pk=row.pk)
    assert (row.prepared_on, row.granted_on) == (day, day)
    was = history.on_day(world.programme, day).years[row.place.code, 2018]
    assert was.granted == row.amount > Decimal(0)
    assert not prove(world.programme).differences


def test_many_are_granted_of_one_day_on_the_page(client):
    world, row = at.tranche_at("prepared")
    day = at.PAYING
    client.force_login(world.decider())
    year = row.year
    address = reverse("grants:tranche_grant_many", args=[world.programme.code, year.year])
    with standing_at(datetime.date(2018, 11, 20)):
        page = client.get(address)
        mark = page.context["as_read"]
        posted = {"rows": [row.pk], "as_read": mark}
        refused = client.post(address, posted | {"on": "2018-10-01"})
        assert refused.status_code == 422
        assert "Det senaste som hände" in refused.content.decode()
        assert client.post(address, posted | {"on": day.isoformat()}).status_code == 302
        page = client.get(row.get_absolute_url()).content.decode()
    assert "registrerat i efterhand" in page
    assert Tranche.objects.get(pk=row.pk).granted_on == day
