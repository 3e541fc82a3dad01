"""The compilation as a document: the data it tells of, and its bytes. The same data gives the same bytes.

So whoever has the file can make it again from the data inside it, and see whether a figure was altered.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime, time

from django.template.loader import render_to_string
from django.utils import timezone

from digikoord.lib import charts, clock, pdf
from digikoord.lib.plain import plain, shaped

from ..selectors.compilation import compiled
from ..selectors.compiled import Compiled
from ..selectors.readiness import LABELS
from . import figures

READ, WRITTEN, LAID_OUT = 10, 20, 95
DATA, ECONOMY_CSV = "sammanstallning.json", "ekonomi.csv"


@dataclass(frozen=True)
class About:
    """The version, as the document tells of it. `exercise` is made in rehearsal, and marked so."""

    number: int
    reason: str
    introduction: str
    conclusions: str
    created: date
    final: bool
    exercise: bool


@dataclass(frozen=True)
class Document:
    """What a renderer made of a version: the data it told of, and the bytes."""

    data: dict
    pdf: bytes


def document(version, final, progress):
    """Render the version; `progress` is told percent done. `final` leaves out the watermark."""
    told, about = compiled(version.year), about_version(version, final)
    progress(READ)
    data = {"version": plain(about), **plain(told)}
    return Document(data, _bytes(told, about, data, progress))


def about_version(version, final):
    return About(
        number=version.number,
        reason=version.reason,
        introduction=version.introduction,
        conclusions=version.conclusions,
        created=clock.today() if final else version.opened_on,
        final=final,
        exercise=clock.in_rehearsal(),
    )


def read(data):
    """(Compiled, About) of a document's data. Raises ValueError for what is not a document's data."""
    rest = dict(data)
    about = shaped(About, rest.pop("version", None))
    return shaped(Compiled, rest), about


def again(data):
    """The bytes that the data makes: those of the document it came from, unless either was altered."""
    told, about = read(data)
    return _bytes(told, about, data, lambda percent: None)


def _bytes(told, about, data, progress):
    html = render_to_string("pdf/compilation.html", _context(told, about))
    progress(WRITTEN)
    content = pdf.render(
        html,
        title=f"Sammanställning {told.year}: {told.programme}",
        created=timezone.make_aware(datetime.combine(about.created, time(12))),
        rehearsal=about.exercise,
        attachments=[
            pdf.Attachment(DATA, as_json(data), "Uppgifterna bakom tabellerna (JSON)"),
            pdf.Attachment(ECONOMY_CSV, figures.economy_csv(told), "Ekonomin per plats (CSV)"),
        ],
    )
    progress(LAID_OUT)
    return content


def _context(told, about):
    return {
        "told": told,
        "version": about,
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


def _map(told):
    categories = [
        (key, label) for key, label in LABELS.items() if any(row.state.key == key for row in told.seats)
    ]
    return charts.county_map(
        f"Redovisningar för {told.year}, länsvis",
        categories,
        {row.county: row.state.key for row in told.seats},
    )


def as_json(data):
    return json.dumps(data, ensure_ascii=False, indent=1).encode()
