"""The list of claims: found by what is left of them."""

import datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.urls import reverse

from actors.models import User
from digikoord.lib.clock import standing_at
from grants.actions import settlements
from grants.forms.filters import RepaymentClaimFilter
from grants.selectors import claims_of


@pytest.fixture
def left(cast):
    """left(value): the places found by the filter, seen by the payer."""

    request = SimpleNamespace(resolver_match=SimpleNamespace(kwargs={"programme": cast.programme.code}))

    def found(value):
        payer = User.objects.get(pk=cast.payer().pk)
        rows = claims_of(payer, cast.programme)
        shown = RepaymentClaimFilter({"outstanding": value}, queryset=rows, request=request)
        return {row.tranche.place.code for row in shown.qs}

    return found


def test_found_by_what_is_left(cast, left):
    claim = cast.tranche("08", 2018).claims.get()
    assert ("08" in left("whole"), "08" in left("part"), "08" in left("nothing")) == (True, False, False)
    settlements.receive(claim, by=cast.payer(), amount=Decimal("0.01"), on=datetime.date(2019, 3, 20))
    assert ("08" in left("whole"), "08" in left("part"), "08" in left("nothing")) == (False, True, False)
    rest = claim.amount - Decimal("0.01")
    settlements.receive(claim, by=cast.payer(), amount=rest, on=datetime.date(2019, 3, 20))
    assert ("08" in left("whole"), "08" in left("part"), "08" in left("nothing")) == (False, False, True)


def test_late_is_counted_from_the_day_of_law(cast, left):
    claim = cast.tranche("08", 2018).claims.get()
    assert claim.due == datetime.date(2019, 3, 31), "a Sunday"
    for day, late in ((31, False), (32, False), (33, True)):
        with standing_at(datetime.date(2019, 3, 1) + datetime.timedelta(days=day - 1)):
            assert ("08" in left("late")) == late, day


def test_the_page_keeps_the_choice_and_sums_what_it_shows(cast, client):
    client.force_login(cast.payer())
    url = reverse("grants:repayment_claim_list", args=[cast.programme.code])
    page = client.get(url, {"outstanding": "whole"})
    assert '<option value="whole" selected>' in page.content.decode()
    assert "87" in page.content.decode()
    assert client.get(url, {"outstanding": "allt"}).status_code == 200
