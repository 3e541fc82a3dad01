"""What the figures say: beside the year before, with whom there was cooperation, and what is left out. Pure data."""

from dataclasses import replace
from decimal import Decimal

import pytest

from digikoord.bench import made_up
from reporting import content as contents
from reporting.documents import verification
from reporting.selectors.before import Before, changes, figures
from reporting.selectors.compilation import derived
from reporting.selectors.seats import hidden_in


@pytest.fixture(scope="module")
def told():
    rules, seats = made_up.seats_of(3)
    last, _about = made_up.compilation(rules, seats[:2])
    before = Before(2018, 2, figures(derived(last), last.asked))
    return made_up.compilation(rules, seats, before=before)[0]


def change(told, group, key):
    return next(row for row in told.changes if (row.group, row.key) == (group, key))


def test_money_and_counts_are_set_beside_the_year_before(told):
    paid = change(told, "money", "paid")
    assert (paid.before, paid.now, paid.difference) == (
        Decimal(2_000_000),
        Decimal(3_000_000),
        Decimal(1_000_000),
    )
    assert change(told, "key", "approved").difference == 1
    goals = [row.now for row in told.changes if row.group == "goal"]
    assert sum(goals) == told.initiatives


def test_a_context_indicator_is_never_summed_and_so_never_compared(told):
    compared = {row.key for row in told.changes if row.group == "indicator"}
    context = {row.code for row in told.terms.indicators if not row.summed}
    assert context
    assert not compared & context


def test_what_a_year_did_not_ask_is_missing_and_never_nought(told):
    before = Before(2018, None, figures(derived(replace(told, before=None)), asked=()))
    rows = changes(before, figures(derived(told), told.asked))
    row = next(one for one in rows if one.key == "initiatives")
    assert (row.before, row.difference) == (None, None)
    assert row.now == told.initiatives


def test_an_altered_comparison_is_named_by_verification(told):
    first, *rest = told.changes
    altered = replace(told, changes=(replace(first, difference=Decimal(99)), *rest))
    assert any(fault.startswith("changes[0].difference anges till") for fault in verification._sums(altered))


def test_an_altered_figure_of_the_year_before_is_named(told):
    first, *rest = told.before.figures
    altered = replace(told, before=replace(told.before, figures=(replace(first, value=Decimal(7)), *rest)))
    assert list(verification._sums(altered))


def test_the_matrix_counts_places_at_each_extent(told):
    assert [row.name for row in told.cooperation_matrix] == [
        row.name for row in told.terms.cooperation_parties
    ]
    for row in told.cooperation_matrix:
        assert sum(row.counts) == row.answers <= told.count
        assert len(row.counts) == len(contents.EXTENTS)


def test_an_altered_matrix_is_named(told):
    first, *rest = told.cooperation_matrix
    altered = replace(told, cooperation_matrix=(replace(first, answers=99), *rest))
    assert any("cooperation_matrix[0].answers" in fault for fault in verification._sums(altered))


def test_claimed_fields_are_counted_and_attachments_are_not():
    assert hidden_in({"secrecy": {"obstacles": "x", "initiatives-2": "y", "attachment-7": "z"}}) == 2
    assert hidden_in({}) == 0
