"""The compilation as a document: the data it tells of, and its bytes. The same data gives the same bytes."""

import json
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal

from django.template.loader import render_to_string
from django.utils import timezone

from digikoord.lib import charts, clock, pdf

from ..selectors.compilation import compiled
from ..selectors.readiness import LABELS
from . import figures

READ, WRITTEN, LAID_OUT = 10, 20, 95


@dataclass(frozen=True)
class Document:
    """What a renderer made of a version: the data it told of, and the bytes."""

    data: dict
    pdf: bytes


def document(version, final, progress):
    """Render the version; `progress` is told percent done. `final` leaves out the watermark."""
    told = compiled(version.year)
    created = clock.today() if final else version.opened_on
    data = {"version": _of_version(version, created), **plain(told)}
    progress(READ)
    html = render_to_string("pdf/compilation.html", _context(told, version, final, created))
    progress(WRITTEN)
    content = pdf.render(
        html,
        title=f"Sammanställning {told.year}: {told.programme}",
        created=timezone.make_aware(datetime.combine(created, time(12))),
        rehearsal=clock.in_rehearsal(),
        attachments=[
            pdf.Attachment("sammanstallning.json", _json(data), "Uppgifterna bakom tabellerna (JSON)"),
            pdf.Attachment("ekonomi.csv", figures.economy_csv(told), "Ekonomin per plats (CSV)"),
        ],
    )
    progress(LAID_OUT)
    return Document(data, content)


def _context(told, version, final, created):
    return {
        "told": told,
        "version": version,
        "final": final,
        "draft": not final,
        "created": created,
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


def _of_version(version, created):
    return {
        "number": version.number,
        "reason": version.reason,
        "introduction": version.introduction,
        "conclusions": version.conclusions,
        "created": created.isoformat(),
    }


def plain(value):
    """As JSON can hold it: amounts and figures as text with their decimals, days as ISO, missing as null."""
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    match value:
        case Decimal():
            return str(value)
        case date():
            return value.isoformat()
        case list() | tuple():
            return [plain(item) for item in value]
    return value


def _json(data):
    return json.dumps(data, ensure_ascii=False, indent=1).encode()
