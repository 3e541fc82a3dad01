"""After the year: to the öre, and never more than there is."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from digikoord.lib.verdict import Refused
from digikoord.rehearsal import reporting_scenes
from grants.actions import settlements
from grants.models import AccountLine, Tranche
from reporting.actions import reports
from tests.factories.played import fingerprint

ORE = Decimal("0.01")


@pytest.fixture
def approved(cast):
    """Place 21's tranche of 2018, whose report is approved and whose account is not accepted."""
    reporting_scenes.review(cast, "21", 2018)
    reports.approve(cast.report("21", 2018), by=cast.head())
    return cast.tranche("21", 2018)


def accept(cast, tranche, used, reported=Decimal(500_000), reason=""):
    line = AccountLine(code="salaries", name="Löner", reported=reported, accepted=used, reason=reason)
    return settlements.accept_account(tranche, by=cast.payer(), lines=[line])


def test_no_more_is_used_than_was_paid(cast, approved):
    before = fingerprint()
    with pytest.raises(Refused, match="högre än det utbetalda"):
        accept(cast, approved, Decimal(500_000) + ORE, reason="Mer.")
    assert fingerprint() == before


def test_another_amount_than_reported_needs_a_reason(cast, approved):
    with pytest.raises(ValidationError, match="Ange skäl"), transaction.atomic():
        accept(cast, approved, Decimal(500_000) - ORE)
    accept(cast, approved, Decimal(500_000) - ORE, reason="Avrundning.")
    claim = approved.claims.get()
    assert claim.amount == ORE
    assert Tranche.objects.get(pk=approved.pk).status == "closed"


def test_an_ore_repaid_settles_the_year(cast, approved):
    accept(cast, approved, Decimal(500_000) - ORE, reason="Avrundning.")
    claim = approved.claims.get()
    settlements.receive(claim, by=cast.payer(), amount=ORE, on=claim.opened_on)
    assert Tranche.objects.get(pk=approved.pk).status == "settled"


def test_an_account_is_accepted_once(cast, approved):
    accept(cast, approved, Decimal(500_000))
    with pytest.raises(Refused, match="redan godtagen"):
        accept(cast, approved, Decimal(500_000))


@pytest.mark.parametrize("act", ["receive", "waive"])
def test_a_claim_is_never_lessened_by_more_than_is_left(cast, act):
    claim = cast.tranche("08", 2018).claims.get()
    by, given = cast.payer(), {"on": claim.opened_on}
    if act == "waive":
        by, given = cast.decider(), {"legal_basis": "förordning (1993:1138) 13 §"}
    lessen = getattr(settlements, act)
    with pytest.raises(Refused, match="Av kravet återstår 87"):
        lessen(claim, by=by, amount=claim.amount + ORE, **given)
    lessen(claim, by=by, amount=claim.amount - ORE, **given)
    with pytest.raises(Refused, match="0,01"):
        lessen(claim, by=by, amount=2 * ORE, **given)
    lessen(claim, by=by, amount=ORE, **given)
    assert cast.tranche("08", 2018).status == "settled"


def test_a_closed_claim_takes_nothing_more(cast):
    claim = cast.tranche("13", 2018).claims.get()
    with pytest.raises(Refused, match="Reglerat"):
        settlements.receive(claim, by=cast.payer(), amount=ORE, on=claim.opened_on)
