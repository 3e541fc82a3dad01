"""Initiatives from a workbook: all of it right, or every fault by its cell."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from programmes.programme_file import read
from reporting.documents import initiative_book
from reporting.forms.initiative_import import ImportForm
from tests.digikoord.lib.test_workbooks import book
from tests.factories.walk import FIRST

HEAD = ["Rubrik", "Huvudsakligt delmål", "Andra delmål", "Deltagare, antal", "Gott exempel att lyfta fram"]


@pytest.fixture(scope="module")
def definition():
    return read(FIRST.read_text())


@pytest.fixture
def form(definition):
    def filled(content, **data):
        file = SimpleUploadedFile("insatser.xlsx", content)
        return ImportForm(data, {"file": file}, definition=definition, year=2019)

    return filled


def test_rows_become_initiatives(form):
    goals = "Digital ledning; d-kompetens"
    made = form(
        book([HEAD, ["Nätverk", "Digital trygghet", goals, 12.5, "Ja"], ["Möten", None, "", None, None]])
    )
    assert made.is_valid(), made.errors
    first, second = made.cleaned_data["rows"]
    assert first == {
        "title": "Nätverk",
        "sub_goal": "D-trygghet",
        "other_goals": ["D-ledning", "D-kompetens"],
        "participants": "12.5",
        "good_example": True,
    }
    assert second["participants"] == ""
    assert second["good_example"] is False


def test_every_fault_is_told_by_its_cell_and_nothing_is_taken_in(form):
    wrong = [
        [*HEAD, "Egen kolumn"],
        ["", "Digital trygghet", "", "många", "kanske"],
        ["Möten", "Okänt mål", "Digital ledning; Fel", -1, "", "mer"],
        ["Nät", "", "", "=SUM(A1:A2)", ""],
        ["x" * 201, "", "", "", ""],
    ]
    made = form(book(wrong))
    assert not made.is_valid()
    told = "\n".join(made.errors["file"])
    for cell in (
        "F1:",
        "A2, Rubrik:",
        "D2, Deltagare",
        "E2, Gott exempel",
        "B3,",
        "C3,",
        "D3,",
        "D4,",
        "A5,",
        "F3:",
    ):
        assert cell in told, cell
    assert "formel" in told


@pytest.mark.parametrize("rows", [[], [HEAD], [["Namn"], ["a"]], [["Rubrik", "Rubrik"], ["a", "b"]]])
def test_a_sheet_without_initiatives_or_with_other_headings_is_refused(form, rows):
    assert not form(book(rows)).is_valid()


def test_the_template_is_taken_in_as_it_is_handed_out(form, definition):
    empty = form(initiative_book.template(definition, 2019))
    assert not empty.is_valid()
    assert "inga insatser" in empty.errors["file"][0]


def test_what_was_written_in_the_template_is_read_back(form, definition):
    asked = initiative_book.asked(definition, 2019)
    head = [field.label for field in asked]
    row = ["Nät" if field.key.endswith("title") else "" for field in asked]
    assert form(book([head, row], others=["Så fyller du i"])).is_valid()
