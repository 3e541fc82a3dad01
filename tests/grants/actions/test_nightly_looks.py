"""Who looks each night at what waits gives nobody new days: a duty that nobody meets becomes late."""

import datetime
import itertools

import pytest

from actors.roles import Role
from digikoord import daily
from digikoord.lib.clock import standing_at
from duties.models import Obligation
from grants.actions import bank_details
from grants.models import BankDetails
from tests.factories import at

pytestmark = pytest.mark.django_db
EVE = datetime.date(2018, 12, 28)
NIGHTS = [datetime.date(2019, 1, 1) + datetime.timedelta(days=days) for days in range(5)]


def open_duties():
    rows = Obligation.objects.open().order_by("kind", "key")
    return {(row.kind, row.key): (row.due, row.role) for row in rows}


def test_a_duty_of_the_night_keeps_its_day_the_next_night():
    """A payment released before the turn of the year, whose payer has not said from which account it goes, and whom nobody
    is left to release again."""
    _walk, _payment = at.payment_at("released")
    BankDetails.objects.all().delete()
    seen = []
    for night in NIGHTS:
        with standing_at(night):
            daily.run()
            seen.append(open_duties())
    kinds = {kind for kind, _key in seen[0]}
    assert {"charge", "enter_bank_details"} <= kinds
    for before, after in itertools.pairwise(seen):
        assert {key: after[key] for key in before if key in after} == before


def test_what_the_authority_has_not_said_of_itself_is_a_payers_duty_until_it_has():
    walk, _payment = at.payment_at("prepared")
    BankDetails.objects.all().delete()
    with standing_at(EVE):
        assert bank_details.look_at_all() == 1
        duty = Obligation.objects.open().get(kind="enter_bank_details")
        assert (duty.debtor, duty.role) == (walk.programme.disburser, Role.PAYER)
        bank_details.enter(
            walk.programme,
            by=walk.payer(),
            debit_giro="bankgiro",
            debit_number="5050-1055",
            org_nr="202100-3831",
        )
        assert not Obligation.objects.open().filter(kind="enter_bank_details").exists()
        assert bank_details.look_at_all() == 0
