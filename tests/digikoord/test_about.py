"""The accessibility statement is true, and leads to somebody."""

import pytest

from digikoord import accessibility, contact
from tests.production import CONTACT

pytestmark = pytest.mark.django_db
PAGES = ("/tillganglighet/", "/kontakt/")


def test_the_statement_tells_each_failing_with_a_way_round_it(client):
    told = client.get("/tillganglighet/").content.decode()
    for failing in accessibility.FAILINGS:
        assert failing.what in told
        assert failing.criterion in told
        assert failing.way in told
    for untried in accessibility.UNTRIED:
        assert untried in told
    assert "helt förenlig" not in told


@pytest.mark.parametrize(
    "known", ["sidhuvudet", "158", "25 av 281", "320", "toning", "ämnesraden", "34 sidor", "hjälpmedel"]
)
def test_what_was_found_is_told(client, known):
    assert known in client.get("/tillganglighet/").content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_it_leads_to_an_address_a_telephone_and_a_time(client, settings, page):
    settings.CONTACT = contact.told(CONTACT)
    told = client.get(page).content.decode()
    assert all(value in told for value in CONTACT.values())
    assert f'href="mailto:{CONTACT["DIGIKOORD_CONTACT_EMAIL"]}"' in told
    assert 'href="tel:+46846500401"' in told
    assert "Påhittade uppgifter" not in told


@pytest.mark.parametrize("page", PAGES)
def test_what_is_made_up_is_marked(client, page):
    assert "Påhittade uppgifter" in client.get(page).content.decode()


def test_half_a_contact_is_none():
    assert contact.told(CONTACT | {"DIGIKOORD_CONTACT_PHONE": " "}).is_made_up
    assert contact.told({}).is_made_up
