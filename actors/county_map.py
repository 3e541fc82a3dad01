"""The counties as a map, coloured by category: inline SVG for the screen and for PDF/UA."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TypedDict

from django.utils.safestring import SafeString

from digikoord.lib import charts

COUNTY_MAP = Path(__file__).parent / "data" / "county-map.json"


class Shape(TypedDict):
    """A county as the file of the map has it."""

    kod: str
    namn: str
    d: str


class Map(TypedDict):
    viewBox: list[float]
    lan: list[Shape]


def county_map(title: str, categories: Sequence[tuple[str, str]], counties: Mapping[str, str]) -> SafeString:
    """The counties coloured by category.

    categories  at most six (key, label) in the legend's order
    counties    {county code: category key}; a county not named is left white
    """
    fills: dict[str | None, tuple[str, str, str]] = {
        key: (*fill, label) for (key, label), fill in zip(categories, charts.FILLS, strict=False)
    }
    shapes = []
    for code, name, path in drawn_counties():
        fill, pattern, label = fills.get(counties.get(code), ("#ffffff", "", ""))
        shapes.append((code, f"{name}: {label}" if label else name, path, fill, pattern))
    chosen = list(counties.values())
    legend = [(label, *fills[key][:2], chosen.count(key)) for key, label in categories]
    view_box = " ".join(map(str, _map()["viewBox"]))
    return charts.drawn(
        "county_map", title, shapes=shapes, legend=legend, key=charts.key_of(title), view_box=view_box
    )


@cache
def _map() -> Map:
    drawn: Map = json.loads(COUNTY_MAP.read_text(encoding="utf-8"))
    return drawn


@cache
def drawn_counties() -> list[tuple[str, str, str]]:
    """(code, name, path) in code order."""
    rows = sorted(_map()["lan"], key=lambda county: county["kod"])
    return [(row["kod"], row["namn"], row["d"]) for row in rows]
