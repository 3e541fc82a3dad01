"""The money of a row as one thin bar: each amount lies inside the one before it. Amounts are kronor."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.safestring import SafeString

from digikoord.lib import charts
from digikoord.lib.money import ZERO, kr


def chain(title: str, steps: Iterable[tuple[str, Decimal | None]]) -> SafeString:
    """The money of one row as one thin bar: each (name, amount) lies inside the one before it.

    Names are those of charts.INK, "ceiling" first. "repay" is the end of what was paid.
    """
    amounts = dict(steps)
    ceiling = amounts.get("ceiling") or ZERO
    nested = [
        charts.Bar(name, kr(value), 0, 0, charts.px(value, ceiling), charts.INK[name])
        for name, value in steps
        if value and name not in ("ceiling", "repay")
    ]
    repay = amounts.get("repay") or ZERO
    if repay:
        width = charts.px(repay, ceiling)
        end = charts.px(amounts.get("paid") or ZERO, ceiling)
        nested.append(
            charts.Bar("repay", kr(repay), max(end - width, 0), 0, width, charts.INK["repay"], "lines")
        )
    return charts.drawn("chain", title, rows=nested, key=charts.key_of(title), width=charts.WIDTH, height=20)


def measure(title: str, name: str, value: Decimal | None, whole: Decimal | None) -> SafeString:
    """One bar of the chain alone, against the whole."""
    row = charts.Bar(
        name, kr(value), 0, 0, charts.px(value, whole), charts.INK[name], "lines" if name == "repay" else ""
    )
    return charts.drawn("chain", title, rows=[row], key=charts.key_of(title), width=charts.WIDTH, height=20)
