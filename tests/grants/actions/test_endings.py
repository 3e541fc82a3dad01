"""Revoking and concluding: what is unpaid is cancelled and nothing else; what hinders is said."""

import datetime

import pytest

from digikoord.lib.clock import standing_at
from digikoord.lib.verdict import Refused
from grants.actions import endings
from grants.lifecycle.payment import Status as PaymentStatus
from grants.models import Assignment
from tests.factories import at

pytestmark = pytest.mark.django_db
LATER = datetime.date(2018, 11, 20)
AFTER = datetime.date(2021, 1, 15)


def revoke(walk, row, **changes):
    fields = {"heard_on": LATER, "reason": "Uppdraget har inte utförts."} | changes
    with standing_at(LATER):
        return endings.revoke(row, by=walk.decider(), **fields)


def test_revoking_cancels_what_is_unpaid_and_only_that():
    walk, payment = at.payment_at(PaymentStatus.PAID)
    row = payment.tranche.assignment
    revoke(walk, row)
    row = Assignment.objects.get(pk=row.pk)
    assert (row.status, row.ends) == ("revoked", LATER)
    stages = dict(row.tranches.values_list("year__year", "status"))
    assert stages == {2018: "granted", 2019: "cancelled", 2020: "cancelled"}


def test_the_actor_is_heard_first():
    walk, row = at.assignment_at("in_force")
    with pytest.raises(Refused, match="hörts innan"):
        revoke(walk, row, heard_on=LATER + datetime.timedelta(days=1))
    assert Assignment.objects.get(pk=row.pk).status == "in_force"


def test_what_has_not_begun_is_not_revoked_yet():
    walk, row = at.assignment_at("in_force")
    Assignment.objects.filter(pk=row.pk).update(starts=LATER + datetime.timedelta(days=1))
    with pytest.raises(Refused, match="börjar gälla 2018-11-21"):
        revoke(walk, row)


def test_only_a_decision_maker_revokes():
    walk, row = at.assignment_at("in_force")
    with standing_at(LATER), pytest.raises(Refused, match="beslutsfattare"):
        endings.revoke(row, by=walk.official(), heard_on=LATER, reason="Nej.")


def test_it_is_not_concluded_while_a_year_is_unsettled():
    walk, payment = at.payment_at(PaymentStatus.PAID)
    row = payment.tranche.assignment
    with standing_at(AFTER):
        hinders = endings.hindrances(row)
        assert [text for text in hinders if "2018" in text] == [
            "Årsbeloppet 2018 är beviljat, inte slutreglerat."
        ]
        with pytest.raises(Refused, match="inte slutreglerat"):
            endings.conclude(row, by=walk.decider())
    assert Assignment.objects.get(pk=row.pk).status == "in_force"


def test_it_is_not_concluded_before_its_time_is_over():
    _walk, row = at.assignment_at("in_force")
    with standing_at(LATER):
        assert "tid går ut 2020-12-31" in endings.hindrances(row)[0]
