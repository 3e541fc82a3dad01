"""The state of a day, told by the trail: every event that took effect by then, in order of effect.

The rows say how things are; the trail says how they were. A succession registered in March for
1 January counts from 1 January. Amounts are kronor.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from actors.models import Actor
from digikoord.lib.money import ZERO
from grants.lifecycle.tranche import Status as Money
from grants.models.balance import Balance
from records.happened import KNOWN, Adds, Claims, Clears, Deed, Happened, Lists, ListsByKind, Sets, Unclaims
from records.models import Event

if TYPE_CHECKING:
    from programmes.models import Programme


# Whose status is a part of the state, and which
STAGES = {"tranche": "stage", "report": "report"}


@dataclass(frozen=True)
class Told:
    """One amount as an event told it: what, where it is read, and on what day it took effect."""

    label: str
    url: str
    day: date | None
    amount: Decimal


@dataclass
class PlaceYear:
    """A place's year as it was: who held its money, how far it had come, and the chain of amounts.

    What is a sum of rows is kept as the rows: `claims` by requisition, the others in order.
    """

    holder: str = ""
    stage: str = ""
    ceiling: Decimal = ZERO
    granted: Decimal = ZERO
    claims: dict[str, Told] = field(default_factory=dict)
    payments: list[Told] = field(default_factory=list)
    used: Decimal = ZERO
    claimed: Decimal = ZERO
    receipts: list[Told] = field(default_factory=list)
    waivers: list[Told] = field(default_factory=list)
    report: str = ""

    @property
    def paid(self) -> Decimal:
        return _sum(self.payments)

    @property
    def balance(self) -> Balance:
        cancelled = self.stage == Money.CANCELLED
        return Balance(
            ceiling=ZERO if cancelled else self.ceiling,
            granted=ZERO if cancelled else self.granted,
            requisitioned=_sum(self.claims.values()),
            paid=self.paid,
            used=self.used,
            to_repay=self.claimed - _sum(self.receipts) - _sum(self.waivers),
            repaid=_sum(self.receipts),
            waived=_sum(self.waivers),
        )


@dataclass(frozen=True)
class History:
    """`answers` by assignment key; `years` by (place code, year)."""

    answers: dict[str, str]
    years: dict[tuple[str, int], PlaceYear]


def on_day(programme: Programme, day: date) -> History:
    """What the programme's trail told by the end of the day. One query."""
    return _fold(Event.objects.filter(programme=programme.code, effective_on__lte=day))


def all_days(programme: Programme) -> History:
    """What the whole trail tells, days to come with it: what the rows say."""
    return _fold(Event.objects.filter(programme=programme.code))


def _fold(rows: QuerySet[Event]) -> History:
    answers: dict[str, str] = {}
    years: dict[tuple[str, int], PlaceYear] = defaultdict(PlaceYear)
    for row in rows.order_by("effective_on", "pk").defer("by_name", "by_party"):
        kind = KNOWN.get(row.verb)
        if kind is None:
            continue  # the proof of the books says so
        noun = row.verb.partition(".")[0]
        if noun == "assignment":
            if kind.leads_to:
                answers[row.key] = kind.leads_to
        elif row.year is not None:
            _tell(years[row.place, row.year], row, kind, noun)
    return History(answers, dict(years))


def holders(told: History) -> dict[str, Actor]:
    """The actors that hold the years of a History, by code."""
    codes = {was.holder for was in told.years.values()}
    return {row.code: row for row in Actor.objects.filter(code__in=codes)}


def _tell(state: PlaceYear, row: Event, kind: type[Happened], noun: str) -> None:
    """One event of a place's year, by what its class says of it."""
    if kind.tells_whose:
        state.holder = row.holder
    status = row.facts[kind.leads_to_fact] if kind.leads_to_fact else kind.leads_to
    if status and noun in STAGES:
        setattr(state, STAGES[noun], status)
    for deed in kind.does:
        _do(state, row, deed)


def _do(state: PlaceYear, row: Event, deed: Deed) -> None:
    match deed:
        case Sets(field, name):
            setattr(state, field, _amount(row, name))
        case Clears(field):
            setattr(state, field, ZERO)
        case Adds(field, name, sign):
            setattr(state, field, getattr(state, field) + sign * _amount(row, name))
        case Lists(field, sign):
            getattr(state, field).append(_told(row, sign))
        case ListsByKind(lists, sign):
            getattr(state, lists[row.facts["kind"]]).append(_told(row, sign))
        case Claims():
            state.claims[row.key] = _told(row)
        case Unclaims():
            state.claims.pop(row.key, None)


def _told(row: Event, sign: int = 1) -> Told:
    return Told(row.label, row.url, row.effective_on, sign * _amount(row))


def _sum(told: Iterable[Told]) -> Decimal:
    return sum((row.amount for row in told), start=ZERO)


def _amount(row: Event, name: str = "amount") -> Decimal:
    return Decimal(row.facts[name])
