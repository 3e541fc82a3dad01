"""What people type, as it is kept."""

import pytest

from digikoord.lib.fields import ReasonForm, tidy


@pytest.mark.parametrize("sign", ["\u200b", "\u202e", "\x07", "\u3164", "\ufffe", "\U000e0041", "\ufeff"])
def test_what_is_never_seen_is_left_out(sign):
    assert tidy(f"a{sign}b") == "ab"


def test_a_reason_of_what_is_never_seen_is_no_reason():
    assert not ReasonForm({"reason": "\u200b\u3164"}).is_valid()
    form = ReasonForm({"reason": "Fel\u202e belopp\x07"})
    assert form.is_valid()
    assert form.cleaned_data["reason"] == "Fel belopp"
