"""The compilation as a document: the data it tells of, and its bytes. The same data gives the same bytes.

So whoever has the file can make it again from the data inside it, and see whether a figure was altered.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, TypedDict

from django.template.loader import render_to_string
from django.utils import timezone

from actors import county_map
from digikoord.lib import charts, clock, markdown, pdf
from digikoord.lib.plain import plain, shaped

from .. import chapters
from ..models import Purpose
from ..selectors.compilation import compiled
from ..selectors.compiled import Compiled
from ..selectors.readiness import LABELS
from . import figures

if TYPE_CHECKING:
    from ..models import CompilationVersion, Rendering
    from ..selectors.compiled import Seat


READ, WRITTEN, LAID_OUT = 10, 20, 95
ALL = chapters.ChapterKind(has_secretariat=True, by_county=True, by_goal=True)
Data = dict[str, Any]  # a Compiled and, as its `version`, an About, made plain: what JSON holds
DATA, ECONOMY_CSV = "sammanstallning.json", "ekonomi.csv"


@dataclass(frozen=True)
class ChapterText:
    """What the compiler has written to a chapter, in Markdown."""

    chapter: str
    text: str


@dataclass(frozen=True)
class About:
    """The version, as the document tells of it. `exercise` is made in rehearsal, and marked so."""

    number: int
    reason: str
    texts: tuple[ChapterText, ...]
    created: date
    final: bool
    exercise: bool


@dataclass(frozen=True)
class Document:
    """What a renderer made of a version: the data it told of, and the bytes."""

    data: Data
    pdf: bytes


class Part(TypedDict):
    """What one chapter is of: a place only in the appendix."""

    chapter: chapters.Chapter
    seat: Seat | None


class Imprint(TypedDict):
    """What a PDF says of itself."""

    title: str
    created: datetime
    rehearsal: bool


def asked(rendering: Rendering, progress: Callable[[int], None]) -> Document:
    """The document that a rendering asks for."""
    if rendering.purpose == Purpose.CHAPTER:
        return chapter(rendering.version, rendering.chapter, progress)
    return document(rendering.version, rendering.purpose == Purpose.FINAL, progress)


def document(version: CompilationVersion, final: bool, progress: Callable[[int], None]) -> Document:
    """Render the version; `progress` is told percent done. `final` leaves out the watermark."""
    told, about = compiled(version.year, picked_in(version)), about_version(version, final)
    progress(READ)
    data = {"version": plain(about), **plain(told)}
    return Document(data, _bytes(told, about, data, progress))


def chapter(version: CompilationVersion, name: str, progress: Callable[[int], None]) -> Document:
    """One chapter of the version as it stands, to read before the rest; `name` as of a Rendering. The data is empty: it
    is no compilation."""
    told, about = compiled(version.year, picked_in(version)), about_version(version, final=False)
    progress(READ)
    return Document({}, chapter_bytes(told, about, name))


def chapter_bytes(told: Compiled, about: About, name: str) -> bytes:
    html = render_to_string("pdf/compilation_chapter.html", {**context(told, about), **part(told, name)})
    return pdf.render(html, **_imprint(told, about))


def part(told: Compiled, name: str) -> Part:
    """What the templates of one chapter, or of one place of its appendix, meet besides the whole; KeyError for others."""
    key, _, code = name.partition("-")
    known = {row.key: row for row in chapters.of(told.kind)}
    seat = next(row for row in told.seats if row.code == code) if code else None
    return {"chapter": known[key], "seat": seat}


def picked_in(version: CompilationVersion) -> tuple[tuple[str, int], ...] | None:
    """The good examples chosen, as `compiled` takes them."""
    return None if version.picked is None else tuple((code, number) for code, number in version.picked)


def about_version(version: CompilationVersion, final: bool) -> About:
    texts = [(row.key, version.texts.get(row.key, "")) for row in chapters.of(ALL)]
    return About(
        number=version.number,
        reason=version.reason,
        texts=tuple(ChapterText(key, text) for key, text in texts if text),
        created=clock.today() if final else version.opened_on,
        final=final,
        exercise=clock.in_rehearsal(),
    )


def read(data: Data) -> tuple[Compiled, About]:
    """(Compiled, About) of a document's data. Raises ValueError for what is not a document's data."""
    rest = dict(data)
    about = shaped(About, rest.pop("version", None))
    return shaped(Compiled, rest), about


def again(data: Data) -> bytes:
    """The bytes that the data makes: those of the document it came from, unless either was altered."""
    told, about = read(data)
    return _bytes(told, about, data, lambda percent: None)


def _bytes(told: Compiled, about: About, data: Data, progress: Callable[[int], None]) -> bytes:
    html = render_to_string("pdf/compilation.html", context(told, about))
    progress(WRITTEN)
    content = pdf.render(
        html,
        **_imprint(told, about),
        attachments=[
            pdf.Attachment(DATA, as_json(data), "Uppgifterna bakom tabellerna (JSON)"),
            pdf.Attachment(ECONOMY_CSV, figures.economy_csv(told), "Ekonomin per plats (CSV)"),
        ],
    )
    progress(LAID_OUT)
    return content


def _imprint(told: Compiled, about: About) -> Imprint:
    return {
        "title": f"Sammanställning {told.year}: {told.programme}",
        "created": timezone.make_aware(datetime.combine(about.created, time(12))),
        "rehearsal": about.exercise,
    }


def context(told: Compiled, about: About, *, under: int = 1) -> dict[str, object]:
    """What the chapters' templates meet. `under` is the level of a chapter's own heading."""
    written = {row.chapter: markdown.as_html(row.text, under=under) for row in about.texts}
    return {
        "told": told,
        "version": about,
        "chapters": chapters.of(told.kind),
        "elsewhere": False,  # whether each place has a page of its own
        "texts": {row.key: written.get(row.key, "") for row in chapters.of(ALL)},
        "extents": figures.EXTENTS,
        "groups": figures.groups(told.changes),
        "final": about.final,
        "draft": not about.final,
        "created": about.created,
        "map": _map(told) if told.by_county else "",
        "chain": charts.bars(
            f"Medlen {told.year}, från högsta belopp till använt", figures.chain(told.money_of_all)
        ),
        "economy": figures.ECONOMY,
        "movements": figures.MOVEMENTS,
    }


def _map(told: Compiled) -> str:
    categories = [
        (key, label) for key, label in LABELS.items() if any(row.state.key == key for row in told.seats)
    ]
    return county_map.county_map(
        f"Redovisningar för {told.year}, länsvis",
        categories,
        {row.county: row.state.key for row in told.seats},
    )


def as_json(data: Data) -> bytes:
    return json.dumps(data, ensure_ascii=False, indent=1).encode()
