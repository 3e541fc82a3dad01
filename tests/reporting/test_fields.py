"""The catalogue of a report's fields, what is kept from others, and what hinders submission."""

import pytest

from programmes.programme_file import read
from reporting import content as contents
from reporting import fields, secrecy
from reporting.faults import doubts_in, faults_in
from tests.factories.walk import FIRST, fill

YEAR = 2019


@pytest.fixture(scope="module")
def definition():
    return read(FIRST.read_text())


@pytest.fixture
def filled(definition):
    content = fill(definition, YEAR, 1000)
    rows, content["initiatives"] = content["initiatives"], []
    contents.add_initiatives(content, rows)
    return content


def test_half_year_asks_for_fewer_sections(definition, filled):
    letters = {step.section.letter for step in fields.steps(definition, 2018, filled)}
    assert letters == {"A", "B", "D", "G", "H"}


def test_every_field_has_a_key_of_its_own_and_holds_what_is_put(definition, filled):
    catalogue = fields.catalogue(definition, YEAR, filled)
    assert len({field.key for field in catalogue}) == len(catalogue)
    for field in catalogue:
        kept = {"several": ["D-ledning"], "yes": True}.get(field.kind, "7")
        fields.put(filled, field, kept)
        assert fields.value(filled, field) == kept, field.key


def test_an_initiatives_id_is_never_used_again(definition, filled):
    last = filled["last_id"]
    contents.remove_initiative(filled, last)
    assert contents.add_initiatives(filled, [{"title": "Ny"}]) == [last + 1]


@pytest.mark.parametrize(
    ("wanted", "key", "opened"),
    [
        ({}, "function_fte", True),
        ({"function_fte": ""}, "function_fte", True),
        ({"function_fte": ""}, "function_start", False),
        ({"initiatives-1": ""}, "initiatives-1-title", True),
        ({"initiatives-1": ""}, "initiatives-11-title", False),
        ({"initiatives": ""}, "initiatives-11-title", True),
        ({"initiatives-1-result": ""}, "initiatives-1-title", False),
    ],
)
def test_a_supplement_opens_exactly_what_it_names(wanted, key, opened):
    assert fields.is_open(key, wanted) is opened


def test_what_is_marked_as_secret_is_kept_from_others(definition, filled):
    filled["initiatives"][1]["partners"] = "Polisen"
    filled["secrecy"] = {
        "initiatives-1": "Förhandling pågår",
        "initiatives-2-partners": "18 kap. OSL",
        "cooperation": "31 kap. OSL",
        "indicator_K2": "Osäker",
        "attachment-7": "Ritning",
    }
    filled["attachments"] = [7, 8]
    seen = secrecy.masked(filled, definition, YEAR)
    assert [row["id"] for row in seen["initiatives"]] == [2, 3, 4, 5]
    assert seen["initiatives"][0]["partners"] == secrecy.MARK
    assert seen["texts"]["cooperation"] == secrecy.MARK
    assert seen["indicators"]["K2"] == ""
    assert seen["indicators"]["K1"] == "12"
    assert seen["attachments"] == [8]
    assert seen["secrecy"] == {}
    assert "Polisen" not in str(seen)
    assert filled["texts"]["cooperation"] != secrecy.MARK, "the report itself is untouched"


def test_what_the_grant_paid_is_always_public(definition, filled):
    keys = {field.key for field in secrecy.claimable(definition, YEAR, filled)}
    assert "account_salaries_grant" not in keys
    assert "account_salaries_own" in keys


@pytest.mark.parametrize(
    ("path", "wrong", "sentence"),
    [
        (("texts", "function_fte"), "1000", "Årsarbetskrafter: ange ett tal mellan 0 och 100."),
        (("texts", "function_fte"), "-1", "Årsarbetskrafter: ange ett tal mellan 0 och 100."),
        (("texts", "function_start"), "  ", "Fyll i ”Funktionen har funnits från”."),
        (
            ("indicators", "F1"),
            "101",
            "F1 Tillgång till minst 100 Mbit/s, procent: ange ett tal mellan 0 och 100.",
        ),
        (
            ("indicators", "K1"),
            "NaN",
            "K1 Kompetensinsatser, antal: ange ett tal mellan 0 och 9\u00a0999\u00a0999\u00a0999.",
        ),
        (
            ("results", "D-ledning"),
            {"movement": "7"},
            "Digital ledning, förflyttning: välj ett av alternativen.",
        ),
    ],
)
def test_what_cannot_be_hinders_submission(definition, filled, path, wrong, sentence):
    *way, last = path
    place = filled
    for part in way:
        place = place[part]
    place[last] = wrong
    assert [fault.sentence for fault in faults_in(filled, definition, YEAR, 1000)] == [sentence]


def test_costs_above_what_was_paid_hinder_submission(definition, filled):
    (fault,) = faults_in(filled, definition, YEAR, 999)
    assert "1\u00a0000\u00a0kr" in fault.sentence
    assert fault.step == "h"


def test_an_empty_year_can_be_reported(definition):
    """Nothing was done, and that is said: the texts, no initiative, no figure."""
    content = fill(definition, YEAR, 0)
    content["initiatives"], content["indicators"] = [], {}
    assert faults_in(content, definition, YEAR, 0) == []


def test_figures_that_do_not_go_together_are_asked_about(definition, filled):
    filled["texts"]["function_fte"] = "0,5"
    filled["initiatives"][0]["external_money"] = "5000"
    told = doubts_in(filled, definition, YEAR)
    assert len(told) == 2
    assert "12, men avsnittet om funktionen säger 0,5" in told[0]
    assert "insatserna sammanlagt säger 5000" in told[1]
