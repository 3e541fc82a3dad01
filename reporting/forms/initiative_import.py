"""Initiatives from an Excel workbook: all of it is right, or every fault is told by its cell and nothing is taken in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from django import forms

from digikoord.lib import workbooks
from digikoord.lib.examined import ExaminedField
from digikoord.lib.papers import MOST_BYTES as MOST_BYTES

from ..documents.initiative_book import SHEET, asked
from .report_step import form_field

if TYPE_CHECKING:
    from programmes.programme_file.shape import ProgrammeFile

    from ..fields import Field


MOST_TOLD = 100
YES, NO = ("ja", "x", "1", "sant"), ("nej", "0", "falskt", "")


class ImportForm(forms.Form):
    """Cleans to `rows` ({field: as kept}) and `replace`."""

    file = ExaminedField(
        label="Arbetsbok (.xlsx)", most=MOST_BYTES, widget=forms.FileInput(attrs={"accept": ".xlsx"})
    )
    replace = forms.ChoiceField(
        label="Vad som händer med insatserna som redan finns",
        choices=[
            ("", "De står kvar, och de nya läggs till efter dem"),
            ("yes", "De ersätts av arbetsbokens"),
        ],
        required=False,
        widget=forms.RadioSelect,
        initial="",
    )

    def __init__(
        self, *args: Any, definition: ProgrammeFile, year: int, **kwargs: Any
    ) -> None:  # what forms.Form takes
        super().__init__(*args, **kwargs)
        self.asked = asked(definition, year)

    def clean_file(self) -> list[dict[str, object]]:
        file = self.cleaned_data["file"]
        try:
            sheet = workbooks.read(file.read(), SHEET)
        except workbooks.Unreadable as error:
            raise forms.ValidationError(str(error)) from error
        rows, faults = taken_in(sheet, self.asked)
        if faults:
            left = len(faults) - MOST_TOLD
            told = [*faults[:MOST_TOLD], *([f"… och {left} fel till."] if left > 0 else [])]
            raise forms.ValidationError([forms.ValidationError(fault) for fault in told])
        return rows

    def clean(self) -> dict[str, object]:
        super().clean()
        data = self.cleaned_data
        return {"rows": data.get("file"), "replace": bool(data.get("replace"))}


def taken_in(sheet: workbooks.Sheet, asked: Sequence[Field]) -> tuple[list[dict[str, object]], list[str]]:
    """(rows, faults): each initiative as the content keeps it, and a sentence for every cell that cannot be."""
    if not sheet.rows:
        return [], [f"Bladet {sheet.name} är tomt."]
    head, *lines = sheet.rows
    columns, faults = _columns(head, asked)
    rows = []
    for cells in lines:
        row, wrong = _row(cells, columns)
        rows.append(row)
        faults += wrong
    if not lines and not faults:
        faults = [f"Bladet {sheet.name} har rubriker men inga insatser."]
    return rows, faults


def _columns(head: Sequence[workbooks.Cell], asked: Sequence[Field]) -> tuple[dict[int, Field], list[str]]:
    """{position: field} by the headings."""
    by_label = {field.label.lower(): field for field in asked}
    found: dict[int, Field] = {}
    faults = []
    for at, cell in enumerate(head):
        heading = cell.text.lower()
        if not heading:
            continue
        field = by_label.get(heading)
        if field is None:
            faults.append(f"{cell.address}: kolumnen ”{cell.text[:60]}” finns inte i mallen.")
        elif field in found.values():
            faults.append(f"{cell.address}: kolumnen ”{cell.text[:60]}” finns två gånger.")
        else:
            found[at] = field
    title = asked[0]
    if title not in found.values():
        faults.append(f"{head[0].address}: kolumnen ”{title.label}” saknas. Använd mallens rubriker.")
    return found, faults


def _row(
    cells: Sequence[workbooks.Cell], columns: Mapping[int, Field]
) -> tuple[dict[str, object], list[str]]:
    row, faults = {}, []
    for at, field in columns.items():
        cell = cells[at] if at < len(cells) else None
        name = cast("str", field.path[-1])
        try:
            row[name] = _value(field, cell)
        except forms.ValidationError as error:
            faults += [
                f"{cast('workbooks.Cell', cell).address}, {field.label}: {sentence[:1].lower()}{sentence[1:]}"
                for sentence in error.messages
            ]
    beside = [cell for at, cell in enumerate(cells) if at not in columns and (cell.text or cell.fault)]
    faults += [f"{cell.address}: cellen står utanför mallens kolumner." for cell in beside]
    return row, faults


def _value(field: Field, cell: workbooks.Cell | None) -> object:
    if cell is None:
        text = ""
    elif cell.fault:
        raise forms.ValidationError(cell.fault)
    else:
        text = cell.text
    if field.required and field.kind == "line" and not text:
        raise forms.ValidationError("insatsen måste ha en rubrik.")
    match field.kind:
        case "choice":
            return _code(field, text) if text else ""
        case "several":
            return [_code(field, part.strip()) for part in text.split(";") if part.strip()]
        case "yes":
            if text.lower() not in YES + NO:
                raise forms.ValidationError("skriv Ja eller Nej.")
            return text.lower() in YES
    return form_field(field).clean(text)


def _code(field: Field, text: str) -> str:
    """The code of a choice that was written by its name or its code."""
    for code, label in field.choices:
        if text.lower() in (code.lower(), label.lower()):
            return code
    known = ", ".join(label for _, label in field.choices)
    raise forms.ValidationError(f"”{text[:60]}” är inget av alternativen ({known}).")
