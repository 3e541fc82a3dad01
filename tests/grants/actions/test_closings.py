"""A year is not closed while its money is on its way: with nothing paid it would be settled, and then paid."""

import pytest

from digikoord.lib.clock import standing_at
from digikoord.lib.verdict import Refused
from grants.actions import payments, settlements, tranches
from grants.models import AccountLine, Payment, Tranche
from tests.factories import at

pytestmark = pytest.mark.django_db


def close(walk, tranche):
    return tranches.close(tranche, by=walk.official(), reason="Ingen rekvisition.")


def accept(walk, tranche):
    line = AccountLine(code="salaries", name="Löner", reported=0, accepted=0)
    return settlements.accept_account(tranche, by=walk.payer(), lines=[line])


@pytest.mark.parametrize("act", [close, accept])
@pytest.mark.parametrize("status", ["prepared", "released", "exported"])
def test_money_on_its_way_keeps_the_year_open(act, status):
    walk, row = at.payment_at(status)
    with standing_at(at.PAYING), pytest.raises(Refused, match="En utbetalning är inte färdig"):
        act(walk, row.tranche)
    assert Tranche.objects.get(pk=row.tranche.pk).status == "granted"


@pytest.mark.parametrize("act", [close, accept])
def test_a_failed_payment_is_on_its_way_until_it_is_cancelled(act):
    walk, row = at.payment_at("exported")
    with standing_at(at.PAYING):
        payments.fail(row, by=walk.payer(), reason="Kontot är avslutat")
        with pytest.raises(Refused, match="inte färdig"):
            act(walk, row.tranche)
        payments.cancel(Payment.objects.get(pk=row.pk), by=walk.official(), reason="Skulle inte ha gjorts.")
        act(walk, row.tranche)
    assert Tranche.objects.get(pk=row.tranche.pk).status == "settled"
