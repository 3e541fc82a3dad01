"""Who may be given a role, by whom, and what ends."""

import datetime

import pytest

from access.actions import memberships
from actors.models import Membership, User
from actors.roles import Role
from digikoord.lib.clock import standing_at
from digikoord.lib.verdict import Refused
from digikoord.rehearsal.people import person


@pytest.fixture
def administrator(cast):
    return person("administrator", cast.programme.ministry.code)


def grant(actor, by, email="ny@prov.example", role=Role.OFFICIAL):
    return memberships.grant(actor, by=by, email=email, name="Ny Person", role=role)


def test_the_administrator_lays_up_people_of_the_own_party_only(cast, administrator):
    made = grant(cast.programme.ministry, administrator)
    assert made.user.has(Role.OFFICIAL, cast.programme.ministry.pk)
    with pytest.raises(Refused, match="Bara administratören hos"):
        grant(cast.programme.secretariat, administrator, role=Role.CASE_OFFICER)


def test_nobody_gives_a_role_to_oneself(cast, administrator):
    with pytest.raises(Refused, match="dig själv"):
        grant(cast.programme.ministry, administrator, email=administrator.email.upper())
    assert not administrator.has(Role.OFFICIAL, cast.programme.ministry.pk)


@pytest.mark.parametrize("role", [Role.OFFICIAL, Role.DECISION_MAKER, Role.AUDITOR])
def test_only_an_administrator_lays_up(cast, role):
    by = next(iter(User.objects.holding(role, cast.programme.ministry, datetime.date(2019, 3, 20))))
    with pytest.raises(Refused, match="Bara administratören"):
        grant(cast.programme.ministry, by)


def test_an_administrator_has_no_case_powers(cast, administrator):
    assert {row.role for row in administrator.memberships_now} == {Role.ADMINISTRATOR}
    assert not administrator.has(Role.OFFICIAL, cast.programme.ministry.pk)


def test_a_role_ends_and_what_the_person_did_stays(cast, administrator):
    official = cast.official()
    row = Membership.objects.get(user=official)
    memberships.end(row, by=administrator)
    with standing_at(datetime.date(2019, 3, 21)):
        assert not cast.official().has(Role.OFFICIAL, cast.programme.ministry.pk)
    assert Membership.objects.filter(pk=row.pk).exists()
    with pytest.raises(Refused, match="redan upphört"):
        memberships.end(row, by=administrator)


def test_the_own_role_is_ended_by_another(cast, administrator):
    with pytest.raises(Refused, match="dina egna"):
        memberships.end(Membership.objects.get(user=administrator), by=administrator)
