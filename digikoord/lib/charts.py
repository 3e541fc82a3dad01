"""Figures as inline SVG, for the screen and for PDF/UA. Each has a title; the caller sets its table beside it.

Colours are attributes, since a PDF has no style sheet of ours; static/css/tokens.css holds the same values
under the same names, and a test compares them. Amounts are kronor.
"""

import json
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TypedDict

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from .money import ZERO, amount, kr

INK = {
    "ceiling": "#eef2f3",
    "granted": "#c4dde2",
    "requisitioned": "#85bcc7",
    "paid": "#2e879a",
    "used": "#0b4a58",
    "repay": "#b4530b",
}
# Told apart by colour and by pattern: "" is plain, the rest are defined in charts/patterns.svg.
FILLS = (
    ("#0b4a58", ""),
    ("#85bcc7", "lines"),
    ("#f0b429", "dots"),
    ("#b4530b", "cross"),
    ("#c9d3d6", ""),
    ("#6f7f86", "bars"),
)
WIDTH = 300
STEP = 44
COUNTY_MAP = Path(__file__).parent / "data" / "county-map.json"


class Shape(TypedDict):
    """A county as the file of the map has it."""

    kod: str
    namn: str
    d: str


class Map(TypedDict):
    viewBox: list[float]
    lan: list[Shape]


@dataclass(frozen=True)
class Bar:
    """One bar, or one part of a stacked bar, in pixels of the view box."""

    label: str
    text: str
    x: float
    y: float
    width: float
    fill: str
    pattern: str = ""


def bars(
    title: str,
    values: Sequence[tuple[str, Decimal | None]],
    fill: str = INK["paid"],
    write: Callable[[Decimal | None], str] = kr,
) -> SafeString:
    """One bar for each (label, value); None is written as missing and has no bar."""
    scale = _scale(value for _, value in values)
    rows = [
        Bar(label, write(value), 0, at * STEP, _px(value, scale), fill)
        for at, (label, value) in enumerate(values)
    ]
    return _render("bars", title, rows=rows, width=WIDTH, height=len(rows) * STEP)


def stacked(
    title: str,
    parts: Sequence[str],
    rows: Sequence[tuple[str, Sequence[Decimal | None]]],
    write: Callable[[Decimal], str] = amount,
) -> SafeString:
    """One bar for each (label, values), divided into `parts`: at most six names, shown as a legend."""
    scale = _scale(sum((value or ZERO for value in values), ZERO) for _, values in rows)
    drawn = []
    for at, (label, values) in enumerate(rows):
        known = [value or ZERO for value in values]
        edges = [sum(known[:end], ZERO) for end in range(len(known) + 1)]
        segments = [
            Bar(name, write(end - start), _px(start, scale), at * STEP, _px(end - start, scale), *fill)
            for name, (start, end), fill in zip(parts, pairwise(edges), FILLS, strict=False)
        ]
        drawn.append((Bar(label, write(edges[-1]), 0, at * STEP, 0, ""), segments))
    legend = [(name, *fill, None) for name, fill in zip(parts, FILLS, strict=False)]
    return _render(
        "stacked", title, rows=drawn, legend=legend, key=_key(title), width=WIDTH, height=len(rows) * STEP
    )


def chain(title: str, steps: Iterable[tuple[str, Decimal | None]]) -> SafeString:
    """The money of one row as one thin bar: each (name, amount) lies inside the one before it.

    Names are those of INK, "ceiling" first. "repay" is the end of what was paid.
    """
    amounts = dict(steps)
    ceiling = amounts.get("ceiling") or ZERO
    nested = [
        Bar(name, kr(value), 0, 0, _px(value, ceiling), INK[name])
        for name, value in steps
        if value and name not in ("ceiling", "repay")
    ]
    repay = amounts.get("repay") or ZERO
    if repay:
        width = _px(repay, ceiling)
        end = _px(amounts.get("paid") or ZERO, ceiling)
        nested.append(Bar("repay", kr(repay), max(end - width, 0), 0, width, INK["repay"], "lines"))
    return _render("chain", title, rows=nested, key=_key(title), width=WIDTH, height=20)


def measure(title: str, name: str, value: Decimal | None, whole: Decimal | None) -> SafeString:
    """One bar of the chain alone, against the whole."""
    row = Bar(name, kr(value), 0, 0, _px(value, whole), INK[name], "lines" if name == "repay" else "")
    return _render("chain", title, rows=[row], key=_key(title), width=WIDTH, height=20)


def county_map(title: str, categories: Sequence[tuple[str, str]], counties: Mapping[str, str]) -> SafeString:
    """The counties coloured by category.

    categories  at most six (key, label) in the legend's order
    counties    {county code: category key}; a county not named is left white
    """
    fills: dict[str | None, tuple[str, str, str]] = {
        key: (*fill, label) for (key, label), fill in zip(categories, FILLS, strict=False)
    }
    shapes = []
    for code, name, path in _counties():
        fill, pattern, label = fills.get(counties.get(code), ("#ffffff", "", ""))
        shapes.append((code, f"{name}: {label}" if label else name, path, fill, pattern))
    chosen = list(counties.values())
    legend = [(label, *fills[key][:2], chosen.count(key)) for key, label in categories]
    view_box = " ".join(map(str, _map()["viewBox"]))
    return _render("county_map", title, shapes=shapes, legend=legend, key=_key(title), view_box=view_box)


def _render(name: str, title: str, **context: object) -> SafeString:
    return render_to_string(f"charts/{name}.svg", {"title": title, "ink": INK, **context})


def _scale(values: Iterable[Decimal | None]) -> Decimal:
    """The largest value: it gets the full width."""
    return max((value for value in values if value), default=ZERO)


def _px(value: Decimal | None, scale: Decimal | None) -> float:
    return round(float(value / scale) * WIDTH, 2) if value and scale else 0


def _key(title: str) -> str:
    """A name for the figure's patterns that is the same each time it is drawn."""
    return f"f{zlib.crc32(title.encode()):08x}"


@cache
def _map() -> Map:
    drawn: Map = json.loads(COUNTY_MAP.read_text(encoding="utf-8"))
    return drawn


@cache
def _counties() -> list[tuple[str, str, str]]:
    """(code, name, path) in code order."""
    rows = sorted(_map()["lan"], key=lambda county: county["kod"])
    return [(row["kod"], row["namn"], row["d"]) for row in rows]
