"""Workbooks that people hand in: read as values, or refused with a sentence."""

import io
import zipfile

import openpyxl
import pytest

from digikoord.lib import workbooks

LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="str"><v>&b;</v></c></row></sheetData></worksheet>"""


def book(rows, name="Insatser", others=()):
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = name
    for row in rows:
        sheet.append(row)
    for other in others:
        made.create_sheet(other)
    return saved(made)


def saved(made):
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def with_part(content, name, data):
    """The same file with one part more, or in place of its own."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            if part.filename != name:
                new.writestr(part, old.read(part))
        new.writestr(name, data)
    return written.getvalue()


def test_values_are_read_as_a_person_reads_them():
    content = book([["Rubrik", "Antal"], ["Nät", 12], ["", None], ["Möte", 12.5], [True, 3.0]])
    sheet = workbooks.read(content, "Insatser")
    assert [[cell.text for cell in row[:2]] for row in sheet.rows] == [
        ["Rubrik", "Antal"],
        ["Nät", "12"],
        ["Möte", "12,5"],
        ["Ja", "3"],
    ]
    assert sheet.rows[2][1].address == "B4"


def test_a_formula_is_no_value_but_text_that_looks_like_one_is():
    made = openpyxl.Workbook()
    made.active.title = "Insatser"
    made.active["A1"] = "=1+1"
    made.active["A2"] = "=inte en formel"
    made.active["A2"].data_type = "s"
    rows = workbooks.read(saved(made), "Insatser").rows
    assert "formel" in rows[0][0].fault
    assert rows[1][0].text == "=inte en formel"


def test_other_sheets_are_left_and_a_missing_one_is_named():
    assert workbooks.read(book([["a"]], others=["Hjälp"]), "Insatser").others == ("Hjälp",)
    with pytest.raises(workbooks.Unreadable, match="Bladen är: Blad1, Blad2"):
        workbooks.read(book([["a"]], name="Blad1", others=["Blad2"]), "Insatser")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "ingen Excelarbetsbok"),
        (b"MZ\x90\x00 not a workbook", "ingen Excelarbetsbok"),
        (b"\xd0\xcf\x11\xe0 old", "äldre Excelformat"),
        (with_part(book([["a"]]), "xl/vbaProject.bin", b"macro"), "makron"),
        (with_part(book([["a"]]), "xl/media/bomb.bin", b"\0" * (51 * 1024 * 1024)), "för stor"),
        (with_part(book([["a"]]), "xl/worksheets/sheet1.xml", b"<nonsense"), "går inte att läsa"),
        (
            with_part(
                book([["a"]]),
                "xl/workbook.xml",
                b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><workbook>&a;</workbook>',
            ),
            "går inte att läsa",
        ),
        (with_part(book([["a"]]), "xl/worksheets/sheet1.xml", LAUGHS), "går inte att läsa"),
        (book([["a"]] * 2001), "fler än 2000 rader"),
    ],
    ids=["empty", "an EXE", "xls", "macros", "a bomb", "broken", "external entity", "laughs", "too long"],
)
def test_what_is_no_workbook_is_refused_with_a_sentence(content, sentence):
    with pytest.raises(workbooks.Unreadable, match=sentence):
        workbooks.read(content, "Insatser")


def test_a_small_file_that_would_keep_a_thread_busy_for_a_minute_is_refused():
    strings = (
        b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        + b"<si><t>a</t></si>" * 700_000
    )
    content = with_part(book([["a"]]), "xl/sharedStrings.xml", strings + b"</sst>")
    assert len(content) < 100_000
    with pytest.raises(workbooks.Unreadable, match="för stor när den packas upp"):
        workbooks.read(content, "Insatser")
