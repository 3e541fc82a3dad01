"""The compilation's tables of money, written once for the document and its attachment."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from operator import attrgetter
from typing import TYPE_CHECKING

from digikoord.lib.columns import Column, as_csv

from ..content import EXTENTS as OF_EXTENT
from ..content import MOVEMENTS as SIGNS
from ..selectors.before import GROUPS

if TYPE_CHECKING:
    from ..selectors.before import Change
    from ..selectors.compiled import Compiled
    from ..selectors.money import Money


MOVEMENTS = tuple(SIGNS.values())
EXTENTS = tuple(OF_EXTENT.values())
STEPS = (
    ("ceiling", "Högsta belopp"),
    ("granted", "Beviljat"),
    ("requisitioned", "Rekvirerat"),
    ("paid", "Utbetalt"),
    ("used", "Använt"),
    ("to_repay", "Att återbetala"),
)
AT_A_GLANCE = ("ceiling", "paid", "used", "to_repay")
# Of a Money.
ECONOMY = tuple(Column(key, label, "money") for key, label in STEPS)
# Of a Seat.
CSV = (
    Column("code", "Kod"),
    Column("name", "Plats"),
    Column("holder", "Aktör"),
    Column("org_nr", "Organisationsnummer"),
    *(
        Column(key, label, "money", value=attrgetter(f"money.{key}"))
        for key, label in (*STEPS, ("repaid", "Återbetalt"), ("waived", "Eftergivet"))
    ),
    Column("preliminary", "Preliminärt", value=lambda seat: "ja" if seat.money.waiting else "nej"),
)


def economy_csv(told: Compiled) -> bytes:
    return as_csv(CSV, told.everyone)


def chain(money: Money) -> list[tuple[str, Decimal]]:
    """(label, kronor) for the bars of the summary; what is not known is left out."""
    labels = dict(STEPS)
    known = [key for key in AT_A_GLANCE if getattr(money, key) is not None]
    return [(labels[key], getattr(money, key)) for key in known]


def groups(changes: Sequence[Change]) -> list[tuple[str, list[Change]]]:
    """[(heading, changes)]: what has changed since the year before, by kind of figure."""
    rows = [(heading, [row for row in changes if row.group == group]) for group, heading in GROUPS.items()]
    return [(heading, found) for heading, found in rows if found]
