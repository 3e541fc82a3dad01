"""Is a compilation's PDF what it says? It is made again from the data inside it, and every sum from its parts."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, cast

import jsonschema
import pypdf

from digikoord.lib.plain import plain, schema_of

from ..selectors.compilation import derived
from ..selectors.compiled import Compiled
from . import compilation, figures

if TYPE_CHECKING:
    from ..reading import Section
    from ..selectors.compiled import Seat


Schema = dict[str, Any]  # JSON Schema, which nests as it likes
SHOWN = 160  # characters of a line that differs
MOST_TOLD = 200  # differences told before it is enough


@dataclass(frozen=True)
class Verified:
    """`faults` are sentences; none means that every figure holds. `data` is None where it could not be read."""

    faults: tuple[str, ...]
    pages: int
    data: compilation.Data | None


def verify(content: bytes) -> Verified:
    """Check the PDF's bytes against the data it carries, and the data against itself."""
    try:
        reader = pypdf.PdfReader(BytesIO(content))
        files, pages = _attached(reader), len(reader.pages)
    except Exception as error:
        return Verified((f"Filen går inte att läsa som PDF: {error}",), 0, None)
    missing = {compilation.DATA, compilation.ECONOMY_CSV} ^ set(files)
    if missing:
        names = ", ".join(sorted(missing))
        return Verified((f"Bilagorna i filen är inte sammanställningens: {names}.",), pages, None)
    try:
        data = json.loads(files[compilation.DATA])
        told, _about = compilation.read(data)
        jsonschema.validate(data, schema())
    except (ValueError, RecursionError, jsonschema.ValidationError) as error:
        reason = getattr(error, "message", error)
        return Verified((f"Uppgifterna i filen följer inte schemat: {reason}",), pages, None)
    try:
        faults = [*_sums(told), *_economy(told, files[compilation.ECONOMY_CSV])]
        faults += _pages(reader, content, compilation.again(data))
    except Exception as error:  # what follows the schema, and yet is no compilation of ours
        reason = f"{type(error).__name__}: {error}"
        return Verified(
            (f"Uppgifterna i filen går inte att göra om till ett dokument ({reason}).",), pages, data
        )
    return Verified(tuple(faults[:MOST_TOLD]), pages, data)


def carried(content: bytes) -> dict[str, bytes]:
    """{name: bytes} of the files inside the PDF."""
    return _attached(pypdf.PdfReader(BytesIO(content)))


def _attached(reader: pypdf.PdfReader) -> dict[str, bytes]:
    return {name: parts[0] for name, parts in reader.attachments.items()}


def schema() -> Schema:
    """The published schema of the attached JSON: what every compilation holds."""
    whole, about = cast("Schema", schema_of(Compiled)), cast("Schema", schema_of(compilation.About))
    definitions = {**whole["$defs"], **about["$defs"]}
    top = definitions.pop("Compiled")
    top = {**top, "properties": {"version": {"$ref": about["$ref"]}, **top["properties"]}}
    return {
        "$schema": whole["$schema"],
        "title": "Sammanställning av ett års verksamhet",
        **top,
        "required": ["version", *top["required"]],
        "$defs": definitions,
    }


def _sums(told: Compiled) -> Iterator[str]:
    """Every figure that follows from the places, computed again."""
    computed = derived(told)
    for name, value in computed.items():
        yield from _differences(name, plain(getattr(told, name)), plain(value))
    for seat in told.everyone:
        for section in seat.content:
            yield from _column_sums(seat, section)


def _column_sums(seat: Seat, section: Section) -> Iterator[str]:
    if section.total is None:
        return
    for funder in ("grant", "own", "other"):
        known = [getattr(row, funder) for row in section.costs if getattr(row, funder) is not None]
        stated = getattr(section.total, funder)
        if (sum(known) if known else None) != stated:
            yield f"{seat.name}, ekonomisk redovisning: summan anges till {stated}, kostnadsslagen blir {sum(known)}."


def _differences(path: str, stated: object, computed: object) -> Iterator[str]:
    """The figures that differ, each by its path: `money.paid`, `goals[2].sums[0].total`."""
    if stated == computed:
        return
    if isinstance(stated, dict) and isinstance(computed, dict):
        for name in computed:
            yield from _differences(f"{path}.{name}", stated.get(name), computed[name])
    elif isinstance(stated, list) and isinstance(computed, list) and len(stated) == len(computed):
        for position, pair in enumerate(zip(stated, computed, strict=True)):
            yield from _differences(f"{path}[{position}]", *pair)
    else:
        yield f"{path} anges till {_short(stated)}, men delarna ger {_short(computed)}."


def _economy(told: Compiled, attached: bytes) -> Iterator[str]:
    expected = figures.economy_csv(told)
    if attached == expected:
        return
    lines = zip(_lines(attached), _lines(expected), strict=False)
    for number, (found, wanted) in enumerate(lines, start=1):
        if found != wanted:
            yield f"{compilation.ECONOMY_CSV}, rad {number}: ”{_short(found)}” ska vara ”{_short(wanted)}”."
            return
    yield f"{compilation.ECONOMY_CSV} har fler eller färre rader än uppgifterna ger."


def _lines(content: bytes) -> list[str]:
    return content.decode("utf-8-sig", errors="replace").splitlines()


def _pages(reader: pypdf.PdfReader, content: bytes, made: bytes) -> Iterator[str]:
    """What the pages show against what the data gives, line by line; then everything else in the file."""
    if content == made:
        return
    expected = pypdf.PdfReader(BytesIO(made))
    if len(reader.pages) != len(expected.pages):
        yield f"Filen har {len(reader.pages)} sidor; uppgifterna ger {len(expected.pages)}."
    found_any = False
    for number, (page, wanted) in enumerate(zip(reader.pages, expected.pages, strict=False), start=1):
        if _drawn(page) == _drawn(wanted):
            continue
        found_any = True
        lines = list(_changed(page.extract_text(), wanted.extract_text()))
        yield from (
            f"Sida {number}: {line}" for line in lines or ["det som är ritat är ändrat, men inte texten."]
        )
    if not found_any:
        yield "Filen är inte byte för byte den som uppgifterna ger, fast sidorna visar detsamma: något annat är ändrat."


def _drawn(page: pypdf.PageObject) -> bytes:
    contents = page.get_contents()
    return b"" if contents is None else contents.get_data()


def _changed(found: str, wanted: str) -> Iterator[str]:
    """The lines that differ, in words."""
    before, after = wanted.splitlines(), found.splitlines()
    for kind, start, stop, other, end in difflib.SequenceMatcher(None, before, after, False).get_opcodes():
        if kind == "equal":
            continue
        expected, shown = " / ".join(before[start:stop]), " / ".join(after[other:end])
        yield f"där står ”{_short(shown)}”, det ska stå ”{_short(expected)}”."


def _short(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
