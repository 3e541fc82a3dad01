"""The Excel template that initiatives are taken in from."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import xlsxwriter

from .. import fields

if TYPE_CHECKING:
    from programmes.programme_file.shape import ProgrammeFile


SHEET, GUIDE = "Insatser", "Så fyller du i"
ROWS = 200
WIDE, NARROW = 40, 22
HOW = (
    "Skriv en insats per rad på bladet Insatser. Ändra inte rubrikerna i första raden.",
    "Rubrik måste fyllas i. Allt annat kan kompletteras i digikoord efteråt.",
    "Skriv värden, inga formler. Skriv 0 om något är noll; lämna tomt om ni inte vet.",
    "Andra delmål: skriv flera med semikolon emellan.",
    "Gott exempel: skriv Ja eller Nej.",
    "Ladda sedan upp arbetsboken i redovisningen. Finns det fel får du veta vilka celler, och inget sparas.",
)


def asked(definition: ProgrammeFile, year: int) -> tuple[fields.Field, ...]:
    """The fields of one initiative, the title first."""
    steps = fields.steps(definition, year, {"initiatives": [{"id": 0}]})
    return next((step.fields for step in steps if step.number == 0), ())


def template(definition: ProgrammeFile, year: int) -> bytes:
    """The workbook's bytes."""
    written = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(written, options)
    sheet, guide = book.add_worksheet(SHEET), book.add_worksheet(GUIDE)
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    body = book.add_format({"text_wrap": True, "valign": "top"})
    for at, field in enumerate(asked(definition, year)):
        sheet.set_column(at, at, WIDE if field.kind == "text" else NARROW, body)
        sheet.write_string(0, at, field.label, head)
        choices = _choices(field)
        if choices:
            sheet.data_validation(1, at, ROWS, at, {"validate": "list", "source": choices})
    sheet.freeze_panes(1, 1)
    guide.set_column(0, 0, 110, body)
    goals = ", ".join(row.name for row in definition.sub_goals)
    for at, sentence in enumerate([*HOW, *([f"Delmålen är: {goals}."] if goals else [])]):
        guide.write_string(at, 0, sentence)
    book.close()
    return written.getvalue()


def _choices(field: fields.Field) -> list[str]:
    if field.kind == "choice":
        return [label for _, label in field.choices]
    return ["Ja", "Nej"] if field.kind == "yes" else []
