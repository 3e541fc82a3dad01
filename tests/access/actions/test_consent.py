"""The insider's ways: another party's person, her letters and her mail, and the address of somebody who pays."""

from importlib import import_module

import pytest
from django.db import connection, transaction
from django.test import Client

from access.actions import address_changes, addresses, memberships, offers
from access.models import MembershipOffer
from actors.models import Membership, User
from actors.roles import Role
from digikoord.lib.clock import standing_at
from digikoord.lib.verdict import Refused
from duties.actions import bounces, letters, notices
from duties.models import Letter, Obligation
from tests.duties.actions.test_ladders import cast, day, person

__all__ = ["cast"]


@pytest.fixture
def region_admin(cast):
    return person(cast["region"], Role.ADMINISTRATOR, "adam")


@pytest.fixture
def ministry_admin(cast):
    return person(cast["ministry"], Role.ADMINISTRATOR, "arne")


@pytest.fixture
def secretariat(cast, settings):
    """`actors` knows no programme; here the secretariat is one actor."""
    settings.SECRETARIATS = f"{__name__}.secretariats"
    return person(cast["secretariat"], Role.ADMINISTRATOR, "sara")


def secretariats():
    return set(User.objects.get(email="sara@prov.example").memberships.values_list("actor", flat=True))


def page(user, url):
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    return client.get(url)


def post(user, url, **data):
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    return client.post(url, data, follow=True)


def add(cast, admin, role=Role.AUDITOR):
    """The region's administrator adds the ministry's official by address."""
    return memberships.grant(
        cast["region"], by=admin, email=cast["official"].email.upper(), name="Skrivet Namn", role=role
    )


@transaction.atomic
def told(person_, text):
    notices.tell_people([person_], text=text, url="/")


def bounced(person_):
    User.objects.filter(pk=person_.pk).update(bounced_address=person_.email)


def test_nobody_is_added_to_a_party_who_has_not_said_yes(cast, region_admin):
    official = cast["official"]
    url = "/part/halland/personer/lagg-upp/"
    answer = post(region_admin, url, email=official.email, name="Skrivet Namn", role=Role.AUDITOR)
    assert "är tillfrågad" in answer.text
    assert official.name not in answer.text
    assert not Membership.objects.filter(user=official, actor=cast["region"]).exists()
    assert not User.objects.get(pk=official.pk).belongs_to(cast["region"].pk)
    with pytest.raises(Exception, match="redan erbjuden"):
        add(cast, region_admin)
    offer = MembershipOffer.objects.get()
    with pytest.raises(Refused, match="Bara den som har erbjudits"):
        memberships.accept(offer, by=region_admin)
    assert "Tacka ja" in page(official, "/mina-roller/").text
    post(official, f"/mina-roller/{offer.pk}/ja/")
    made = Membership.objects.get(user=official, actor=cast["region"])
    assert (made.role, made.granted_by) == (Role.AUDITOR, region_admin)
    with pytest.raises(Refused, match="Antagen"):
        offers.withdraw(offer, by=region_admin)


def test_who_says_no_or_is_asked_no_more_gets_nothing(cast, region_admin):
    offers.decline(add(cast, region_admin), by=cast["official"])
    offers.withdraw(add(cast, region_admin), by=region_admin)
    assert not Membership.objects.filter(user=cast["official"], actor=cast["region"]).exists()
    listed = page(region_admin, "/part/halland/personer/").text
    assert cast["official"].email not in listed


def test_somebody_of_the_own_party_gets_another_role_at_once(cast, region_admin):
    signatory = cast["signatory"]
    memberships.grant(cast["region"], by=region_admin, email=signatory.email, name="x", role=Role.WRITER)
    assert User.objects.get(pk=signatory.pk).has(Role.WRITER, cast["region"].pk)


def test_whose_role_has_ended_is_asked_anew(cast, region_admin):
    row = Membership.objects.get(user=cast["signatory"])
    memberships.end(row, by=region_admin)
    with standing_at(day(400)):
        made = memberships.grant(
            cast["region"], by=region_admin, email=cast["signatory"].email, name="x", role=Role.WRITER
        )
    assert isinstance(made, MembershipOffer)
    assert Letter.objects.get(recipient=cast["signatory"]).purpose == "matter", (
        "nobody anywhere is written to"
    )


def test_asking_shows_nothing_of_a_person_and_stops_no_mail(cast, region_admin):
    """The region's administrator read the letters of the ministry's official, and stopped them."""
    add(cast, region_admin)
    told(cast["official"], "Departementets hemlighet")
    letters.gather()
    letters.send_due()
    letter = Letter.objects.get(recipient=cast["official"])
    assert page(region_admin, letter.get_absolute_url()).status_code == 404
    assert cast["official"].email not in page(region_admin, "/part/halland/brev/").text
    for act in ("studs", "skicka-igen"):
        assert page(region_admin, f"{letter.get_absolute_url()}{act}/").status_code == 404
    with pytest.raises(Refused):
        addresses.bounce(letter, by=region_admin, reason="550")
    assert page(region_admin, cast["official"].address_url).status_code == 404


def test_who_is_somebody_at_two_parties_is_seen_by_each_for_itself(cast, region_admin, ministry_admin):
    official = cast["official"]
    memberships.accept(add(cast, region_admin), by=official)
    with transaction.atomic():
        notices.tell(cast["ministry"], Role.OFFICIAL, text="Departementets sak", url="/")
    letters.gather()
    letters.send_due()
    letter = Letter.objects.get(recipient=official)
    assert page(region_admin, letter.get_absolute_url()).status_code == 404
    assert "Departementets sak" in page(ministry_admin, letter.get_absolute_url()).text
    with standing_at(day(-20)), transaction.atomic():
        notices.tell(cast["ministry"], Role.OFFICIAL, text="Bara departementets", url="/")
        notices.tell(cast["region"], Role.AUDITOR, text="Bara regionens", url="/")
    with standing_at(day(-20)):
        letters.gather()
        both = Letter.objects.filter(recipient=official).latest("pk")
        seen = page(region_admin, both.get_absolute_url()).text
        assert "Bara regionens" in seen
        assert "Bara departementets" not in seen
        with pytest.raises(Refused, match="hos fler än er"):
            addresses.bounce(both, by=region_admin, reason="550")


def test_a_payers_address_is_changed_by_two(cast, ministry_admin, secretariat):
    """The ministry's administrator changed it, had a new password sent, and stood before the payment list."""
    payer = person(cast["ministry"], Role.PAYER, "pia")
    bounced(payer)
    with pytest.raises(Refused, match="två personer"):
        addresses.correct(payer, by=ministry_admin, email="arne2@prov.example")
    answer = post(ministry_admin, payer.address_url, email="arne2@prov.example")
    assert "väntar på en andra person" in answer.text
    payer.refresh_from_db()
    assert payer.email == "pia@prov.example"
    change = payer.address_changes.get()
    with pytest.raises(Refused, match="Du har föreslagit"):
        address_changes.confirm(change, by=ministry_admin)
    with pytest.raises(Refused, match="egen adress"):
        address_changes.confirm(change, by=payer)
    with pytest.raises(Refused, match="sekretariatet"):
        address_changes.confirm(change, by=cast["official"])
    task = Obligation.objects.open().get(kind="confirm_address")
    assert (task.debtor, task.role) == (cast["secretariat"], Role.ADMINISTRATOR)
    post(secretariat, change.get_absolute_url())
    payer.refresh_from_db()
    assert payer.email == "arne2@prov.example"
    assert not payer.address_bounces
    assert not Obligation.objects.open().filter(kind="confirm_address").exists()
    told_to = list(Letter.objects.filter(purpose="address").values_list("address", flat=True))
    assert told_to == ["pia@prov.example"] * 2, "the address that was is told of both steps"


def test_another_administrator_of_the_party_comes_before_the_secretariat(cast, ministry_admin, secretariat):
    second = person(cast["ministry"], Role.ADMINISTRATOR, "anders")
    bounced(cast["official"])
    change = address_changes.propose(cast["official"], by=ministry_admin, email="ny@prov.example")
    assert Obligation.objects.open().get(kind="confirm_address").debtor == cast["ministry"]
    with pytest.raises(Refused, match="annan administratör"):
        address_changes.confirm(change, by=secretariat)
    address_changes.confirm(change, by=second)
    assert User.objects.get(pk=cast["official"].pk).email == "ny@prov.example"


def test_a_proposal_can_be_refused_and_made_again(cast, ministry_admin, secretariat):
    bounced(cast["official"])
    change = address_changes.propose(cast["official"], by=ministry_admin, email="ny@prov.example")
    with pytest.raises(Refused, match="väntar på en andra person"):
        address_changes.propose(cast["official"], by=ministry_admin, email="ny2@prov.example")
    address_changes.reject(change, by=secretariat)
    again = address_changes.propose(cast["official"], by=ministry_admin, email="ny2@prov.example")
    address_changes.reject(again, by=ministry_admin)
    third = address_changes.propose(cast["official"], by=ministry_admin, email="ny3@prov.example")
    url = Letter.objects.filter(purpose="address").latest("pk").url
    post(cast["official"], url)
    third.refresh_from_db()
    assert (third.status, third.decided_by) == ("rejected", cast["official"]), "whose it is says no"
    assert User.objects.get(pk=cast["official"].pk).email == "olle@prov.example"


def test_what_is_proposed_is_nobodys_to_correct_until_it_is_turned_down(cast, ministry_admin, secretariat):
    """The task led to a page that refused."""
    official, waiting = cast["official"], Obligation.objects.open().filter(kind="correct_address")
    bounced(official)
    with transaction.atomic():
        bounces.owe(official)
    change = address_changes.propose(official, by=ministry_admin, email="ny@prov.example")
    assert not waiting.exists()
    address_changes.reject(change, by=secretariat)
    assert waiting.get().is_for(ministry_admin)
    again = address_changes.propose(official, by=ministry_admin, email="ny2@prov.example")
    address_changes.confirm(again, by=secretariat)
    assert not waiting.exists()


def test_a_role_that_was_ended_guards_the_address_still(cast, ministry_admin, secretariat):
    """Else: end the payer's role, change the address alone, and give the role back."""
    payer = person(cast["ministry"], Role.PAYER, "pia")
    memberships.grant(cast["ministry"], by=ministry_admin, email=payer.email, name="x", role=Role.AUDITOR)
    memberships.end(payer.memberships.get(role=Role.PAYER), by=ministry_admin)
    bounced(payer)
    with standing_at(day(400)), pytest.raises(Refused, match="två personer"):
        addresses.correct(payer, by=ministry_admin, email="arne2@prov.example")


def test_an_administrators_address_is_guarded_too(cast, ministry_admin, secretariat):
    """Else one administrator becomes two."""
    second = person(cast["ministry"], Role.ADMINISTRATOR, "anders")
    bounced(second)
    with pytest.raises(Refused, match="två personer"):
        addresses.correct(second, by=ministry_admin, email="arne2@prov.example")


def test_who_is_nobody_anywhere_logs_in_and_says_yes(cast, region_admin):
    Membership.objects.filter(user=cast["signatory"]).update(valid_to=day(-100))
    row = memberships.grant(
        cast["region"], by=region_admin, email=cast["signatory"].email, name="x", role=Role.WRITER
    )
    assert "Tacka ja" in page(cast["signatory"], "/mina-roller/").text
    assert post(cast["signatory"], f"/mina-roller/{row.pk}/ja/").status_code == 200
    assert User.objects.get(pk=cast["signatory"].pk).has(Role.WRITER, cast["region"].pk)


def test_letters_of_before_are_their_persons_only_partys_or_nobodys(cast, region_admin):
    """What the migration says of rows that bore no party."""
    memberships.accept(add(cast, region_admin), by=cast["official"])
    for one in (cast["signatory"], cast["official"]):
        Letter.objects.create(recipient=one, address=one.email)
    migration = import_module("actors.migrations.0071_consent")
    with connection.cursor() as cursor:
        cursor.execute(migration.ONLY_PARTY.format(table="actors_letter"))
        cursor.execute(migration.ONLY_PARTY.format(table="actors_notice"))
        cursor.execute(migration.DEBTOR)
    assert Letter.objects.get(recipient=cast["signatory"]).party == cast["region"]
    assert Letter.objects.get(recipient=cast["official"]).party is None


def test_the_database_says_it_again(cast):
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL's guard")
    with pytest.raises(Exception, match="changed by two"), transaction.atomic():
        User.objects.filter(pk=cast["official"].pk).update(email="arne2@prov.example")
    User.objects.filter(pk=cast["signatory"].pk).update(email="annan@prov.example")
