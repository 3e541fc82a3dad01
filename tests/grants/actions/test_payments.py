"""From approved to paid: two persons, a verified account, and evidence."""

import datetime

import pytest

from digikoord.lib.clock import standing_at
from digikoord.lib.verdict import Refused
from duties.models import Notice
from grants.actions import payment_accounts, payments, settlements, tranches
from grants.lifecycle.payment import Status
from grants.models import AccountLine, Payment, Tranche
from tests.factories import at

pytestmark = pytest.mark.django_db


def fresh(row):
    return Payment.objects.get(pk=row.pk)


def test_a_changed_account_holds_what_was_released_and_both_parties_are_told():
    walk, row = at.payment_at(Status.RELEASED)
    holder = row.tranche.holder
    with standing_at(at.PAYING):
        payment_accounts.enter(holder, by=walk.signatory(holder), giro="bankgiro", number="5050-1055")
        held = fresh(row)
        assert (held.status, held.account, held.released_by) == (Status.PREPARED, None, None)
        with pytest.raises(Refused, match="inte kontrollerad"):
            payments.release(held, by=walk.payer(2))
    told = {notice.recipient.email for notice in Notice.objects.filter(text__contains="5050-1055")}
    assert {walk.signatory(holder).email, walk.payer(2).email} <= told


def test_it_is_released_anew_to_the_new_account_by_the_same_people():
    """What is told at the end of the transaction is of the account it goes to, whoever verified the one before."""
    walk, row = at.payment_at(Status.RELEASED)
    holder = row.tranche.holder
    with standing_at(at.PAYING):
        new = at.verified_account(walk, holder, number="5050-1055")
        assert payments.release(fresh(row), by=walk.payer(2)).account == new
    told = row.steps.filter(step="verified_account").values_list("account__number", flat=True)
    assert list(told) == ["5052-5781", "5050-1055"]


@pytest.mark.parametrize("days", [-1, 1])
def test_the_value_date_lies_between_the_list_and_today(days):
    walk, row = at.payment_at(Status.EXPORTED)
    day = at.PAYING + datetime.timedelta(days=days)
    with standing_at(at.PAYING), pytest.raises(Refused, match="Valutadagen"):
        payments.confirm(row, by=walk.payer(3), value_date=day, evidence="Kontoutdrag")
    assert fresh(row).status == Status.EXPORTED


def test_the_one_who_released_does_not_confirm():
    walk, row = at.payment_at(Status.EXPORTED)
    with standing_at(at.PAYING), pytest.raises(Refused, match="själv utanordnat"):
        payments.confirm(row, by=walk.payer(2), value_date=at.PAYING, evidence="Kontoutdrag")


def test_a_failed_payment_is_corrected_and_released_anew_by_another():
    walk, row = at.payment_at(Status.EXPORTED)
    with standing_at(at.PAYING):
        payments.fail(row, by=walk.payer(), reason="Kontot är avslutat.")
        payments.correct(fresh(row), by=walk.official(), reason="Nytt konto.")
        again = payments.release(fresh(row), by=walk.payer(2))
    assert (again.status, again.batch) == (Status.RELEASED, None)


def test_an_empty_list_is_no_list():
    walk, _ = at.payment_at(Status.PREPARED)
    with standing_at(at.PAYING), pytest.raises(Refused, match="Välj minst en"):
        payments.export(walk.programme, by=walk.payer(), payments=[])


@pytest.mark.parametrize("status", [Status.PREPARED, Status.RELEASED, Status.EXPORTED])
def test_a_year_is_not_closed_while_a_payment_is_under_way(status):
    """Otherwise it would be settled at nothing used, and the money would leave afterwards."""
    walk, row = at.payment_at(status)
    line = AccountLine(code="salaries", name="Löner", reported=0, accepted=0)
    with standing_at(at.PAYING):
        with pytest.raises(Refused, match="En utbetalning är inte färdig"):
            settlements.accept_account(row.tranche, by=walk.payer(), lines=[line])
        with pytest.raises(Refused, match="En utbetalning är inte färdig"):
            tranches.close(row.tranche, by=walk.official(), reason="Året är slut.")
    assert Tranche.objects.get(pk=row.tranche.pk).status == "granted"


def test_a_year_is_closed_once_its_payment_is_cancelled():
    walk, row = at.payment_at(Status.PREPARED)
    with standing_at(at.PAYING):
        payments.cancel(row, by=walk.official(), reason="Skulle inte ha gjorts.")
        tranches.close(Tranche.objects.get(pk=row.tranche.pk), by=walk.official(), reason="Året är slut.")
    assert Tranche.objects.get(pk=row.tranche.pk).status == "settled"
