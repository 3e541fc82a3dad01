"""A table's columns, written once: the page, CSV, Excel and the PDF read the same tuple."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import xlsxwriter
from django.utils import timezone

from .money import NBSP, amount

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

MISSING = "–"
NUMERIC = {"money", "int", "percent"}
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
EXCEL_FORMATS = {
    "text": {"num_format": "@"},
    "status": {"num_format": "@"},
    "money": {"num_format": "#,##0.00"},
    "int": {"num_format": "#,##0"},
    "date": {"num_format": "yyyy-mm-dd"},
    "percent": {"num_format": '0.0" %"'},
}
EXCEL_WIDTHS = {"text": 30, "status": 20, "money": 18, "int": 10, "date": 12, "percent": 10}


@dataclass(frozen=True)
class Column:
    """One column. `key` names an attribute, a method without arguments or a dictionary's key.

    kind    text, money (kronor), date, int, percent (84.5 means 84,5 %), or status (a chip on the page)
    value   a function of the row, where no key says it
    total   sum this column in the foot
    link    a function of the row giving the address of the thing in the cell
    """

    key: str
    heading: str
    kind: str = "text"
    value: Callable[[Any], object] | None = None  # a row is whatever the table is of
    total: bool = False
    link: Callable[[Any], str | None] | None = None  # ... here too

    @property
    def numeric(self) -> bool:
        return self.kind in NUMERIC

    def raw(self, row: Any) -> Any:  # ... and its value what the column's kind says
        """The value itself; None where it is missing, which is never 0."""
        if self.value:
            return self.value(row)
        if self.kind == "status":
            return row.get_status_display()
        found = row[self.key] if isinstance(row, dict) else getattr(row, self.key)
        return found() if callable(found) else found

    def text(self, row: object) -> str:
        """As a person reads it in Swedish."""
        return written(self.raw(row), self.kind)

    def sum(self, rows: Iterable[object]) -> Decimal | int | None:
        """Of what is there; None when nothing is."""
        values = [value for value in map(self.raw, rows) if value is not None]
        return sum(values) if values else None


def written(value: Any, kind: str) -> str:  # the value is what its kind says
    if value is None or value == "":
        return MISSING
    if kind == "money":
        return amount(value)
    if kind == "int":
        return f"{value:,}".replace(",", NBSP)
    if kind == "percent":
        return f"{Decimal(value):.1f}".replace(".", ",").removesuffix(",0") + f"{NBSP}%"
    if kind == "date":
        return _day(value).isoformat()
    return str(value)


def totals(columns: Sequence[Column], rows: Iterable[object]) -> list[str] | None:
    """One text per column for the foot; None when no column is summed."""
    if not any(column.total for column in columns):
        return None
    rows = list(rows)
    return [written(column.sum(rows), column.kind) if column.total else "" for column in columns]


def as_csv(columns: Sequence[Column], rows: Iterable[object], mark: str = "") -> bytes:
    """For Excel in Swedish: UTF-8 with BOM, semicolons, CRLF, decimal comma. `mark` is a first line."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    if mark:
        writer.writerow([_harmless(mark)])
    writer.writerow([_harmless(column.heading) for column in columns])
    for row in rows:
        writer.writerow([_csv_cell(column.raw(row), column.kind) for column in columns])
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(
    columns: Sequence[Column], rows: Iterable[object], title: str = "Uppgifter", mark: str = ""
) -> bytes:
    """One sheet with frozen headings and real numbers and dates. The same bytes for the same rows."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        # A fixed date of creation: an export of the same rows is the same file.
        book.set_properties({"title": title, "comments": mark, "created": datetime(2018, 7, 12)})
        sheet = book.add_worksheet(_sheet_name(title))
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        formats = {kind: book.add_format(look) for kind, look in EXCEL_FORMATS.items()}
        top = 1 if mark else 0
        if mark:
            sheet.write_string(0, 0, mark, bold)
        for at, column in enumerate(columns):
            sheet.set_column(at, at, EXCEL_WIDTHS[column.kind])
            sheet.write_string(top, at, column.heading, bold)
        sheet.freeze_panes(top + 1, 1)
        for down, row in enumerate(rows, top + 1):
            for at, column in enumerate(columns):
                _write(sheet, down, at=at, value=column.raw(row), kind=column.kind, look=formats[column.kind])
    return out.getvalue()


def _write(
    sheet: "Worksheet", down: int, *, at: int, value: Any, kind: str, look: "Format"
) -> None:  # as above
    if value is None:
        sheet.write_blank(down, at, None, look)
    elif kind in NUMERIC:
        sheet.write_number(down, at, value, look)
    elif kind == "date":
        sheet.write_datetime(down, at, _day(value), look)
    else:
        sheet.write_string(down, at, str(value), look)


def _csv_cell(value: Any, kind: str) -> str:  # as above
    if value is None:
        return ""
    if kind == "money":
        return f"{value:.2f}".replace(".", ",")
    if kind in NUMERIC:
        return str(value).replace(".", ",")
    if kind == "date":
        return _day(value).isoformat()
    return _harmless(str(value))


def _harmless(text: str) -> str:
    """Excel runs a cell that begins like a formula; an apostrophe makes it text. Numbers pass."""
    return f"'{text}" if text.startswith(DANGEROUS) and not _is_number(text) else text


def _is_number(text: str) -> bool:
    return text[1:].replace(",", "", 1).isdecimal() and text[1:2].isdecimal() and text[0] in "+-"


def _day(value: date) -> date:
    """The Swedish day of a moment; a date as it is."""
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


def _sheet_name(title: str) -> str:
    """Excel takes at most 31 characters, and none of []:*?/\\ ."""
    return "".join(" " if sign in "[]:*?/\\" else sign for sign in title)[:31].strip() or "Uppgifter"
