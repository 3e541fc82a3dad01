"""Asking to be paid: never more than was granted, not too early, late but marked."""

import datetime
from decimal import Decimal

import pytest

from digikoord.lib.clock import standing_at
from digikoord.lib.verdict import Refused
from grants.actions import requisitions, tranches
from grants.lifecycle.requisition import Status
from grants.lifecycle.tranche import Status as Money
from grants.models import Requisition, Tranche
from tests.factories import at
from tests.factories.played import fingerprint

pytestmark = pytest.mark.django_db
ORE = Decimal("0.01")


def granted():
    walk, row = at.tranche_at(Money.GRANTED)
    return walk, row, walk.signatory(row.holder)


def ask(row, by, amount, day=at.PAYING):
    with standing_at(day):
        return requisitions.submit(requisitions.write(row, by=by, amount=amount), by=by)


def test_not_an_ore_more_than_is_left():
    _, row, signatory = granted()
    before = fingerprint()
    with pytest.raises(Refused, match="kvar att rekvirera"):
        ask(row, signatory, row.amount + ORE)
    assert fingerprint() == before


def test_the_programme_pays_once_a_year():
    _, row, signatory = granted()
    ask(row, signatory, row.amount - 1000)
    with pytest.raises(Refused, match="en gång om året"):
        ask(row, signatory, 1000)


def test_not_before_the_window_opens():
    _, row, signatory = granted()
    with pytest.raises(Refused, match="från och med 2018-08-20"):
        ask(row, signatory, 1000, day=datetime.date(2018, 8, 19))
    assert ask(row, signatory, 1000, day=datetime.date(2018, 8, 20)).status == Status.SUBMITTED


@pytest.mark.parametrize(("day", "late"), [("2018-11-15", False), ("2018-11-16", True)])
def test_after_the_last_day_it_is_taken_in_and_marked(day, late):
    _, row, signatory = granted()
    made = ask(row, signatory, 1000, day=datetime.date.fromisoformat(day))
    assert (made.status, made.received_late) == (Status.SUBMITTED, late)


@pytest.mark.parametrize("status", [Money.OPEN, Money.PREPARED])
def test_only_what_is_granted(status):
    walk, row = at.tranche_at(status)
    with pytest.raises(Refused, match="Bara beviljade medel"):
        ask(row, walk.signatory(row.holder), 1000)


def test_a_changed_amount_at_submission_is_measured_too():
    walk, row = at.requisition_at(Status.DRAFT)
    signatory = walk.signatory(row.tranche.holder)
    with standing_at(at.PAYING), pytest.raises(Refused, match="kvar att rekvirera"):
        requisitions.submit(row, by=signatory, amount=row.amount + ORE)
    assert Requisition.objects.get(pk=row.pk).status == Status.DRAFT


def test_a_grant_asked_of_is_not_opened_again_and_a_withdrawal_frees_it():
    walk, row = at.requisition_at(Status.SUBMITTED)
    tranche, signatory = row.tranche, walk.signatory(row.tranche.holder)
    with standing_at(at.PAYING):
        with pytest.raises(Refused, match="redan rekvirerats"):
            tranches.reopen(tranche, by=walk.decider(), reason="Fel.")
        requisitions.withdraw(row, by=signatory)
        tranches.reopen(tranche, by=walk.decider(), reason="Fel.")
    assert Tranche.objects.get(pk=tranche.pk).status == Money.OPEN


def test_an_approved_requisition_with_its_payment_is_not_cancelled():
    walk, row = at.requisition_at(Status.APPROVED)
    with standing_at(at.PAYING), pytest.raises(Refused, match="Makulera utbetalningen först"):
        requisitions.cancel(row, by=walk.official(2), reason="Fel.")
