"""Reads a sheet of an Excel workbook that somebody handed in: values only, never formulas or macros.

The file is not trusted: its size unpacked is bounded, and openpyxl resolves no entities (lxml told not to, and defusedxml, which it
uses for the sheets where it is there).
"""

import datetime
import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import openpyxl
from openpyxl.utils import get_column_letter

from . import active_content

if TYPE_CHECKING:
    from openpyxl.cell import Cell as TheirCell
    from openpyxl.worksheet.worksheet import Worksheet

MOST_UNPACKED = 10 * 1024 * 1024  # two thousand full rows; openpyxl reads a megabyte in a second
MOST_PARTS = 1_000
MOST_ROWS = 2_000
MOST_COLUMNS = 60
OLD_EXCEL = b"\xd0\xcf\x11\xe0"


class Unreadable(Exception):
    """The file cannot be read as asked; the message is a sentence for a person."""


@dataclass(frozen=True)
class Cell:
    """`text` as a person would read it; `fault` is a sentence where the cell holds no plain value."""

    address: str
    text: str
    fault: str = ""


@dataclass(frozen=True)
class Sheet:
    """The rows that hold something, each with all its cells; `others` are the workbook's other sheets."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    others: tuple[str, ...]


def read(content: bytes, wanted: str) -> Sheet:
    """The Sheet named `wanted`, or the only one there is. Raises Unreadable."""
    _examine(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what openpyxl leaves out, which is nothing we read
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
            name = _name(book.sheetnames, wanted)
            rows = tuple(_rows(book[name]))
            book.close()
    except Unreadable:
        raise
    except Exception as error:  # whatever a broken file makes of the reader
        raise Unreadable("Filen går inte att läsa som en Excelarbetsbok.") from error
    return Sheet(name, rows, tuple(other for other in book.sheetnames if other != name))


def _examine(content: bytes) -> None:
    if content.startswith(OLD_EXCEL):
        raise Unreadable(
            "Filen är i ett äldre Excelformat eller skyddad med lösenord. Spara den som .xlsx utan lösenord."
        )
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except zipfile.BadZipFile as error:
        raise Unreadable("Filen är ingen Excelarbetsbok (.xlsx).") from error
    names = {part.filename for part in parts}
    if "xl/workbook.xml" not in names:
        raise Unreadable("Filen är ingen Excelarbetsbok (.xlsx).")
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Unreadable("Arbetsboken är för stor när den packas upp.")
    try:
        active_content.refuse_in_office(content)
    except active_content.Active as found:
        raise Unreadable(str(found)) from found
    except (
        zipfile.BadZipFile,
        zlib.error,
        RuntimeError,
        NotImplementedError,
    ) as error:  # broken, or with a password
        raise Unreadable("Filen går inte att läsa som en Excelarbetsbok.") from error


def _name(names: list[str], wanted: str) -> str:
    if wanted in names:
        return wanted
    if len(names) == 1:
        return names[0]
    if not names:
        raise Unreadable("Filen går inte att läsa som en Excelarbetsbok.")
    raise Unreadable(f"Arbetsboken har inget blad som heter {wanted}. Bladen är: {', '.join(names)}.")


def _rows(sheet: "Worksheet") -> Iterator[tuple[Cell, ...]]:
    if not hasattr(sheet, "iter_rows"):
        raise Unreadable("Bladet är ett diagram, inte en tabell.")
    for at, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), start=1):
        if at > MOST_ROWS:
            raise Unreadable(f"Bladet har fler än {MOST_ROWS} rader.")
        cells = tuple(_cell(cell, at, column) for column, cell in enumerate(row, start=1))
        if any(cell.text or cell.fault for cell in cells):
            yield cells


def _cell(cell: "TheirCell", row: int, column: int) -> Cell:
    address = f"{get_column_letter(column)}{row}"
    kind = getattr(cell, "data_type", "n")
    if kind == "f":
        return Cell(address, "", "cellen innehåller en formel. Klistra in värdet i stället.")
    if kind == "e":
        return Cell(address, "", f"cellen innehåller felet {cell.value}.")
    return Cell(address, _text(cell.value))


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "Ja" if value else "Nej"
        case float():
            return f"{value:.10f}".rstrip("0").rstrip(".").replace(".", ",")  # as it is shown in Swedish
        case datetime.datetime():
            return value.date().isoformat()
    return str(value).strip()
