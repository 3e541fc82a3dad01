"""A programme ends when nothing is left of it; afterwards it is read, searched and proved, and nothing is done in it."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from digikoord import daily
from digikoord.lib.clock import standing_at
from digikoord.lib.verdict import Refused
from duties.models import Obligation
from grants.actions import decisions, endings, programme_endings
from grants.events.government_decision import DecisionRegistered
from grants.models import Assignment
from overview.selectors import proof
from programmes.models import Programme
from records.actions import audit
from records.models import Event
from tests.factories import walk as walks
from tests.factories.walk import SECOND

pytestmark = pytest.mark.django_db
BEGINS, DAY = datetime.date(2022, 2, 1), datetime.date(2022, 5, 2)


def emptied():
    """A programme in which every assignment has been revoked before anything was granted."""
    walk = walks.begin(SECOND, BEGINS)
    with standing_at(DAY):
        for row in Assignment.objects.filter(status="in_force"):
            endings.revoke(row, by=walk.decider(), heard_on=DAY, reason="Programmet läggs ned.")
    return walk


def test_what_is_left_is_said_a_sentence_each():
    walk = walks.begin(SECOND, BEGINS)
    with standing_at(DAY):
        left = programme_endings.hindrances(walk.programme)
        assert any("uppdrag eller erbjudanden är inte avslutade" in one for one in left)
        assert any("årsbelopp är inte slutreglerade" in one for one in left)
        with pytest.raises(Refused, match="kan inte avslutas än"):
            programme_endings.end(walk.programme, by=walk.decider())
        with pytest.raises(Refused, match="Bara beslutsfattare"):
            programme_endings.end(walk.programme, by=walk.official())


def test_an_ended_programme_is_read_and_proved_and_never_changed(client):
    walk = emptied()
    with standing_at(DAY):
        programme_endings.end(walk.programme, by=walk.decider())
        programme = Programme.objects.get(pk=walk.programme.pk)
        assert programme.ended_on == DAY
        assert not Obligation.objects.open().filter(programme=programme.code).exists()
        assert Event.objects.latest("pk").verb == "programme.ended"
        with pytest.raises(Refused, match="avslutades 2022-05-02"):
            decisions.register(programme, by=walk.official(), title="Mer", text="Mer.", decided_on=DAY)
        with pytest.raises(IntegrityError, match="ended"), transaction.atomic():
            audit.record(DecisionRegistered(title="x"), programme, by=walk.official())
        assert not proof.prove(programme).differences
        daily.run(strict=True)
        assert not Obligation.objects.open().filter(programme=programme.code).exists()
        assert_read(client, walk, programme)


def assert_read(client, walk, programme):
    client.force_login(walk.official())
    for route in ("overview:board", "overview:ledger", "overview:trail", "grants:decision_list"):
        page = client.get(reverse(route, args=[programme.code]))
        assert page.status_code == 200
        assert "avslutades 2 maj 2022" in page.content.decode().replace("\xa0", " ")
    refusal = client.get(reverse("grants:decision_register", args=[programme.code]))
    assert refusal.status_code == 403
    assert "avslutades 2022-05-02" in refusal.content.decode()


def test_the_page_ends_it(client):
    walk = emptied()
    client.force_login(walk.decider())
    url = reverse("grants:programme_end", args=[walk.programme.code])
    with standing_at(DAY):
        assert "Allt är betalt" in client.get(url).content.decode()
        assert client.post(url).status_code == 302
        assert client.post(url).status_code == 403
