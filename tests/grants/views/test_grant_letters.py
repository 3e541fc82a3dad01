"""A granted amount is told in a letter: registered with the decision, the same bytes whenever it is opened."""

import pytest
from django.urls import reverse

from digikoord.lib import pdf
from grants.actions import tranches
from records.models import Registration

pytestmark = pytest.mark.django_db


@pytest.fixture
def reopened(cast):
    return tranches.reopen(cast.tranche("04", 2019), by=cast.decider(), reason="Fel belopp.")


def letters(row):
    return Registration.objects.filter(key=row.subject().key, direction="out").order_by("number")


def grant_again(cast, row, amount):
    tranches.prepare(cast.tranche("04", 2019), by=cast.official(), amount=amount)
    return tranches.grant(cast.tranche("04", 2019), by=cast.decider())


def test_the_letter_says_what_was_decided_by_whom_and_on_what(cast, reopened):
    grant_again(cast, reopened, 900_000)
    first, second = letters(reopened)
    told = second.body
    assert "900\u00a0000\u00a0kr (niohundratusen kronor)" in told
    assert "rskr. 2018/19:109" in told
    assert f"handling {first.number}" in told, "it says which letter it replaces"
    assert cast.decider().name in told
    assert (second.party, second.case_number) == (reopened.holder, reopened.assignment.decision.case_number)


def test_many_are_granted_without_a_page_being_typeset(cast, reopened, monkeypatch):
    monkeypatch.setattr(pdf, "render", lambda *_args, **_options: pytest.fail("typeset inside the act"))
    grant_again(cast, reopened, 1000)
    assert letters(reopened).count() == 2


def test_the_letter_is_linked_and_stays_as_it_was_sent(cast, client):
    row = cast.tranche("04", 2019)
    client.force_login(cast.writer(row.holder))
    letter = letters(row).get()
    assert letter.get_absolute_url() in client.get(row.get_absolute_url()).content.decode()
    url = reverse("overview:registration_file", args=[letter.pk])
    before = client.get(url).content
    tranches.reopen(row, by=cast.decider(), reason="Fel belopp.")
    assert client.get(url).content == before
    assert "1\u00a0000\u00a0000\u00a0kr" in client.get(letter.get_absolute_url()).content.decode()
