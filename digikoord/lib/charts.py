"""Figures as inline SVG, for the screen and for PDF/UA. Each has a title; the caller sets its table beside it.

Colours are attributes, since a PDF has no style sheet of ours; static/css/tokens.css holds the same values
under the same names, and a test compares them. Amounts are kronor.
"""

import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from .money import ZERO, kr

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
        Bar(label, write(value), 0, at * STEP, px(value, scale), fill)
        for at, (label, value) in enumerate(values)
    ]
    return drawn("bars", title, rows=rows, width=WIDTH, height=len(rows) * STEP)


def drawn(name: str, title: str, **context: object) -> SafeString:
    return render_to_string(f"charts/{name}.svg", {"title": title, "ink": INK, **context})


def _scale(values: Iterable[Decimal | None]) -> Decimal:
    """The largest value: it gets the full width."""
    return max((value for value in values if value), default=ZERO)


def px(value: Decimal | None, scale: Decimal | None) -> float:
    return round(float(value / scale) * WIDTH, 2) if value and scale else 0


def key_of(title: str) -> str:
    """A name for the figure's patterns that is the same each time it is drawn."""
    return f"f{zlib.crc32(title.encode()):08x}"
