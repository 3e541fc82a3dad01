from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from grants.models import ProgrammeYear
from reporting.actions import accounts
from reporting.selectors.compilation import compiled
from tests.factories import walk as walks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("here")]


def told(walk):
    return compiled(ProgrammeYear.objects.get(programme=walk.programme, year=2022))


def test_missing_reports_are_named_with_the_reason(municipalities):
    left_out = [(row.name, row.state.key) for row in told(municipalities).left_out]
    assert [state for _, state in left_out] == ["submitted", "returned", "missing"]
    assert left_out[-1][0] == municipalities.tranches(2022)[-1].place.name


def test_only_approved_reports_have_content(municipalities):
    assert [bool(row.content) for row in told(municipalities).seats] == [True] * 5 + [False] * 3


def test_the_secretariat_is_not_among_the_n_and_need_not_exist(municipalities):
    compilation = told(municipalities)
    assert (compilation.approved, compilation.count) == (5, 8)
    assert compilation.secretariat is None
    assert compilation.compiler == "Provdepartementet"


def test_places_that_share_a_county_have_no_map(municipalities):
    assert not told(municipalities).by_county


def test_what_is_used_is_preliminary_until_the_account_is_accepted(municipalities):
    row = municipalities.tranches(2022)[1]
    before = told(municipalities).money
    line = municipalities.programme.definition.cost_lines[0]
    differing = {line.code: (Decimal(290_000), "En kostnad godtas inte.")}
    accounts.accept(row.report, by=municipalities.payer(), differing=differing)
    after = told(municipalities)
    assert (before.waiting, after.money.waiting) == (5, 4)
    assert before.preliminary - after.money.preliminary == Decimal(299_000)
    seat = next(seat for seat in after.seats if seat.code == row.place.code)
    assert (seat.money.used, seat.money.to_repay) == (Decimal(290_000), Decimal(10_000))
    assert seat.used_reason == f"{line.name}: En kostnad godtas inte."


def test_sums_leave_out_what_is_not_known(municipalities):
    money = told(municipalities).money
    assert money.paid == Decimal(2_400_000)
    assert money.used == 5 * Decimal(300_000) - Decimal(10_000)
    assert money.to_repay == Decimal(10_000)


def test_reading_costs_the_same_however_many_have_reported(municipalities):
    with CaptureQueriesContext(
        connection,
    ) as first:
        told(municipalities)
    row = municipalities.tranches(2022)[-1]
    walks.report(municipalities, row, until="approved")
    with CaptureQueriesContext(connection) as second:
        told(municipalities)
    assert len(first) == len(second) <= 11
