"""Classes on the map: by thirds, few values one by one, and no answer apart."""

from decimal import Decimal

import pytest

from overview.selectors import results


@pytest.mark.parametrize(
    ("known", "labels"),
    [
        ([], []),
        ([4, 4], ["4"]),
        ([0, 7], ["7", "0"]),
        ([1, 2, 3, 4, 5, 6], ["5 till 6", "3 till 4", "1 till 2"]),
        ([0, 0, 0, 0, 3, 9], ["3 till 9", "0"]),
        ([Decimal("84.50"), Decimal("90"), Decimal("99.1")], ["99,1", "90", "84,5"]),
    ],
)
def test_every_value_has_one_class(known, labels):
    classes = results._classes([Decimal(value) for value in known])
    assert [results._range(least, most) for _, least, most in classes] == labels
    for value in known:
        assert results._class(Decimal(value), classes)


def test_no_answer_is_not_zero_and_places_that_are_no_counties_have_no_map():
    assert results._class(None, []) == "none"
    assert results.county_map("x", {"": Decimal(1)}) == ""
    assert "Inget svar" in results.county_map("x", {"01": None, "03": Decimal(0)})
