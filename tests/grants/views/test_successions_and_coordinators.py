"""What is typed wrong is said at its field; what cannot be undone is not offered."""

import pytest
from django.urls import reverse

from actors.models import Succession
from digikoord.rehearsal import scenes

pytestmark = pytest.mark.django_db


def appoint(client, row, **wrong):
    fields = {"name": "Kim Ek", "email": "kim@aktor.example", "share": "100", "function": "ordinary"}
    url = reverse("grants:coordinator_appoint", args=[row.pk])
    return client.post(url, fields | {"starts": "2019-03-21"} | wrong)


@pytest.mark.parametrize(
    ("wrong", "field", "told"),
    [
        ({"starts": "2018-01-01"}, "starts", "utanför uppdragets tid"),
        ({"ends": "2021-06-01"}, "ends", "utanför uppdragets tid"),
        ({}, "starts", "tills vidare. Avsluta det förordnandet först"),
        ({"share": "0"}, "share", "mellan 1 och 100"),
        ({"share": "101"}, "share", "mellan 1 och 100"),
    ],
)
def test_a_wrong_appointment_is_told_at_its_field(cast, client, wrong, field, told):
    row = cast.assignment("12")
    client.force_login(cast.signatory(row.holder))
    answer = appoint(client, row, **wrong)
    assert answer.status_code == 422
    assert told in str(answer.context["form"].errors[field])
    assert "Kim Ek" in answer.content.decode()
    assert not row.coordinators.filter(name="Kim Ek").exists()


def test_undoing_is_offered_until_the_successor_has_answered(cast, client):
    client.force_login(cast.decider())
    row = Succession.objects.get(predecessor=cast.tranche("01", 2018).holder)
    listed = reverse("grants:succession_list", args=[cast.programme.code])
    undo = reverse("grants:succession_undo", args=[cast.programme.code, row.pk])
    page = client.get(listed).content.decode()
    assert undo in page
    assert page.count("/angra/") == 1, "the other six have answered"
    assert client.get(undo).status_code == 200
    scenes.accept(cast, "01")
    assert undo not in client.get(listed).content.decode()
    refusal = client.get(undo)
    assert refusal.status_code == 403
    assert "har redan handlat i sin plats" in refusal.content.decode()
