"""Money goes only where a second person has looked."""

import pytest

from digikoord.lib.verdict import Refused
from grants.actions import payments
from grants.lifecycle.payment import Status
from grants.models import Payment
from tests.factories.played import fingerprint


def test_nothing_is_paid_to_an_account_that_nobody_has_verified(cast):
    row = Payment.objects.get(requisition__tranche__place__code="18", status=Status.PREPARED)
    before = fingerprint()
    with pytest.raises(Refused, match="inte kontrollerad"):
        payments.release(row, by=cast.other_payer())
    assert fingerprint() == before


def test_of_many_with_one_that_is_blocked_none_is_released(cast):
    rows = list(Payment.objects.filter(status=Status.PREPARED))
    with pytest.raises(Refused, match="Örebro"):
        payments.release_many(rows, by=cast.payer())
    assert set(Payment.objects.filter(pk__in=[row.pk for row in rows]).values_list("status", flat=True)) == {
        Status.PREPARED
    }
