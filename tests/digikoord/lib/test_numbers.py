"""Numbers as people type them: one reading for every field of every form, and amounts in words."""

import ast
import re
from decimal import Decimal
from importlib import import_module
from pathlib import Path

import pytest
from django import forms
from hypothesis import given, settings
from hypothesis import strategies as st

from digikoord.lib.fields import MoneyField, PercentField, TypedNumber, WholeField
from digikoord.lib.money import counted, in_words
from digikoord.rooms import OURS
from reporting.forms.report_step import FigureField

ROOT = Path(__file__).resolve().parents[3]
NUMERIC = (forms.DecimalField, forms.IntegerField, forms.FloatField)
NO_NUMBER = [
    "1e6",
    "1E6",
    "1e-2",
    "Infinity",
    "-Infinity",
    "inf",
    "NaN",
    "nan",
    "sNaN",
    "0x10",
    "1_000",
    "0b1",
    "\u0661\u0662\u0663",
    "\uff11\uff12\uff13",
    "\u09e7",
    "\u00b2",
    "\u2460",
    "\u0967\u0966\u0966\u0966",
    "1.000,00",
    "1,000.00",
    "1.000",
    "1.000.000",
    "1 00",
    "10 00",
    "1  000",
    " 1 000 00",
    "1,",
    ",5",
    "1,,5",
    "1.5.5",
    "+1",
    "--1",
    "1-",
    "\u22121\u2212",
    "1 - 1",
    "5 kronor",
    "kr",
    "kr 5",
    "5 kr kr",
    "SEK 5",
    "\u20ac5",
    "1/2",
    "1\n000",
    "1\t000",
    "1\u2003000",
    "1\u200b000",
    "<1>",
    "1;2",
    "9" * 61,
    "1\x00",
]


@pytest.mark.parametrize("text", NO_NUMBER)
@pytest.mark.parametrize(
    "field", [MoneyField(), MoneyField(min_value=None), PercentField(), FigureField(most=10**12)]
)
def test_what_is_no_number_to_a_swedish_reader_is_refused(field, text):
    with pytest.raises(forms.ValidationError):
        field.clean(text)


@pytest.mark.parametrize(
    ("text", "kronor"),
    [
        ("0", "0"),
        ("500000", "500000"),
        ("1 000 000", "1000000"),
        ("1\u00a0000\u00a0000", "1000000"),
        ("1\u202f000,50", "1000.50"),
        ("1\u2009000", "1000"),
        ("12,50", "12.50"),
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        (" 500 000 kr ", "500000"),
        ("500 000KR", "500000"),
        ("0,01", "0.01"),
    ],
)
def test_an_amount_is_read_as_it_is_written(text, kronor):
    assert MoneyField().clean(text) == Decimal(kronor)


@pytest.mark.parametrize("text", ["0,001", "0.0001", "12,500"])
def test_there_is_nothing_smaller_than_an_ore(text):
    with pytest.raises(forms.ValidationError, match="högst två decimaler"):
        MoneyField().clean(text)


@pytest.mark.parametrize("text", ["-1", "\u22121", "-0,01"])
def test_a_sign_stands_only_where_it_may(text):
    with pytest.raises(forms.ValidationError):
        MoneyField().clean(text)
    assert MoneyField(min_value=None).clean(text) < 0


@pytest.mark.parametrize(
    ("text", "part"), [("12,5", "12.5"), ("12,5 %", "12.5"), ("0,0001", "0.0001"), ("100", "100")]
)
def test_a_percentage_has_at_most_four_decimals(text, part):
    assert PercentField().clean(text) == Decimal(part)


@pytest.mark.parametrize("text", ["100,1", "-1", "0,00001", "12,5 kr"])
def test_no_percentage(text):
    with pytest.raises(forms.ValidationError):
        PercentField().clean(text)


@pytest.mark.parametrize("text", ["1,5", "1.5", "\u0661", "1e3", "x"])
def test_a_whole_number_is_whole(text):
    with pytest.raises(forms.ValidationError):
        WholeField().clean(text)


def test_a_whole_number_is_an_int():
    assert WholeField().clean("12") == 12
    assert isinstance(WholeField().clean("12"), int)
    assert WholeField(required=False).clean("") is None


@settings(deadline=None)  # a busy machine is no counter-example
@given(st.decimals(min_value=0, max_value=9_999_999_999, places=2))
def test_what_is_shown_in_a_field_is_read_back(value):
    assert MoneyField().clean(MoneyField().prepare_value(value)) == value


@settings(deadline=None)  # a busy machine is no counter-example
@given(st.text(max_size=12))
def test_any_text_is_an_amount_of_at_most_two_decimals_or_refused(text):
    try:
        value = MoneyField(required=False).clean(text)
    except forms.ValidationError:
        return
    typed = "".join(sign for sign in text if not sign.isspace())
    assert value is None or (value.is_finite() and value == round(value, 2) and typed.isascii())


# --- Every form of the project


def form_modules():
    for path in ROOT.glob("*/forms/*.py"):
        if path.stem != "__init__":
            yield import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    yield import_module("digikoord.lib.fields")


def all_forms():
    list(form_modules())
    found, waiting = set(), [forms.BaseForm]
    while waiting:
        for kind in waiting.pop().__subclasses__():
            if kind not in found:
                found.add(kind)
                waiting.append(kind)
    return [kind for kind in found if kind.__module__.split(".")[0] in OURS]


def test_no_form_reads_a_number_in_another_way():
    seen = all_forms()
    assert len(seen) > 50, "the walk found the forms"
    others = [
        f"{kind.__module__}.{kind.__name__}.{name}"
        for kind in seen
        for name, field in kind.base_fields.items()
        if isinstance(field, NUMERIC) and not isinstance(field, TypedNumber)
    ]
    assert not others, others


def test_no_code_makes_a_number_field_of_another_class():
    """What a form adds to itself, row by row, is in no class: its source is read instead."""
    names = {"DecimalField", "IntegerField", "FloatField", "NumberFilter", "RangeFilter"}
    made = []
    for path in [*ROOT.glob("*/forms/*.py"), *ROOT.glob("*/views/*.py"), *ROOT.glob("*/filters.py")]:
        for node in ast.walk(ast.parse(path.read_text())):
            called = isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", ""))
            if called in names:
                made.append(f"{path.relative_to(ROOT)}:{node.lineno} {called}")
    assert not made, made


# --- In words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "noll"),
        (1, "ett"),
        (100, "etthundra"),
        (1000, "ett tusen"),
        (1001, "ett tusen ett"),
        (2000, "tvåtusen"),
        (21_000, "tjugoett tusen"),
        (101_000, "etthundraett tusen"),
        (500_000, "femhundratusen"),
        (1_000_000, "en miljon"),
        (1_001_000, "en miljon ett tusen"),
        (2_500_000, "två miljoner femhundratusen"),
        (1_234_567, "en miljon tvåhundratrettiofyratusen femhundrasextiosju"),
    ],
)
def test_numbers_in_words(number, words):
    assert counted(number) == words


@pytest.mark.parametrize(
    ("kronor", "words"),
    [
        ("1000", "ett tusen kronor"),
        ("1", "en krona"),
        ("0.50", "noll kronor och femtio öre"),
        ("1000.01", "ett tusen kronor och ett öre"),
        ("-21000.50", "minus tjugoett tusen kronor och femtio öre"),
    ],
)
def test_kronor_in_words(kronor, words):
    assert in_words(Decimal(kronor)) == words


THRICE = re.compile(r"(\w)\1\1")


@settings(deadline=None)  # a busy machine is no counter-example
@given(st.integers(0, 9_999_999_999))
def test_no_letter_stands_three_times_in_a_row(number):
    assert not THRICE.search(counted(number)), counted(number)


def test_no_letter_stands_three_times_in_a_row_in_any_number_of_thousands():
    assert not [number for number in range(1_000) if THRICE.search(counted(number * 1_000 + 1))]
