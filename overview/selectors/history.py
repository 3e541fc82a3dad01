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
from grants.lifecycle.assignment import Status as Answer
from grants.lifecycle.tranche import Status as Money
from grants.models import EntryKind
from grants.models.balance import Balance
from records.models import Event

if TYPE_CHECKING:
    from programmes.models import Programme


ANSWERS = {
    "assignment.given": Answer.IN_FORCE,
    "assignment.offered": Answer.OFFERED,
    "assignment.accepted": Answer.IN_FORCE,
    "assignment.declined": Answer.DECLINED,
    "assignment.lapsed": Answer.LAPSED,
    "assignment.reopened": Answer.OFFERED,
    "assignment.transferred": Answer.TRANSFERRED,
    "assignment.resumed": Answer.IN_FORCE,
    "assignment.annulled": Answer.ANNULLED,
    "assignment.revoked": Answer.REVOKED,
    "assignment.concluded": Answer.CONCLUDED,
}
MONEY = {
    "tranche.released": Money.OPEN,
    "tranche.prepared": Money.PREPARED,
    "tranche.sent_back": Money.OPEN,
    "tranche.granted": Money.GRANTED,
    "tranche.reopened": Money.OPEN,
    "tranche.closed": Money.CLOSED,
    "tranche.settled": Money.SETTLED,
    "tranche.unsettled": Money.CLOSED,
    "tranche.cancelled": Money.CANCELLED,
}
CLAIMS = {"requisition.submitted": True, "requisition.registered": True, "requisition.returned": False}
CLAIMS |= {"requisition.withdrawn": False, "requisition.cancelled": False}
REPORTS = {
    "report.submitted": "submitted",
    "report.returned": "returned",
    "report.reviewed": "reviewed",
    "report.approved": "approved",
    "report.reopened": "returned",
}


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

    answers: dict[str, Answer]
    years: dict[tuple[str, int], PlaceYear]


def on_day(programme: Programme, day: date) -> History:
    """What the programme's trail told by the end of the day. One query."""
    return _fold(Event.objects.filter(programme=programme.code, effective_on__lte=day))


def all_days(programme: Programme) -> History:
    """What the whole trail tells, days to come with it: what the rows say."""
    return _fold(Event.objects.filter(programme=programme.code))


def _fold(rows: QuerySet[Event]) -> History:
    answers: dict[str, Answer] = {}
    years: dict[tuple[str, int], PlaceYear] = defaultdict(PlaceYear)
    for row in rows.order_by("effective_on", "pk").defer("by_name", "by_party"):
        if row.verb in ANSWERS:
            answers[row.key] = ANSWERS[row.verb]
        elif row.year is not None:
            _tell(years[row.place, row.year], row)
    return History(answers, dict(years))


def holders(told: History) -> dict[str, Actor]:
    """The actors that hold the years of a History, by code."""
    codes = {was.holder for was in told.years.values()}
    return {row.code: row for row in Actor.objects.filter(code__in=codes)}


def _tell(state: PlaceYear, row: Event) -> None:
    """One event of a place's year."""
    noun, _, verb = row.verb.partition(".")
    match noun:
        case "tranche":
            state.holder = row.holder
            _tell_tranche(state, verb, row)
        case "requisition":
            _tell_requisition(state, row)
        case "payment" if verb == "confirmed":
            state.payments.append(_told(row))
        case "payment" if verb == "returned":
            state.payments.append(_less(row))
        case "claim":
            _tell_claim(state, verb, row)
        case "report":
            state.report = REPORTS.get(row.verb, state.report)


def _tell_tranche(state: PlaceYear, verb: str, row: Event) -> None:
    state.stage = MONEY.get(row.verb, state.stage)
    match verb:
        case "reserved":
            state.ceiling, state.stage = _amount(row, "ceiling"), row.facts["status"]
        case "released" | "ceiling_changed":
            state.ceiling = _amount(row, "ceiling")
        case "granted":
            state.granted = _amount(row)
        case "reopened":
            state.granted = ZERO
        case "restored":
            state.granted, state.stage = ZERO, row.facts["status"]
        case "account_accepted" | "used_changed":
            state.used = _amount(row, "used")
        case "account_taken_back":
            state.used = ZERO


def _tell_requisition(state: PlaceYear, row: Event) -> None:
    claims = CLAIMS.get(row.verb)
    if claims:
        state.claims[row.key] = _told(row)
    elif claims is False:
        state.claims.pop(row.key, None)


def _tell_claim(state: PlaceYear, verb: str, row: Event) -> None:
    match verb:
        case "opened":
            state.claimed += _amount(row)
        case "adjusted":
            state.claimed += _amount(row) - _amount(row, "before")
        case "received":
            state.receipts.append(_told(row))
        case "waived":
            state.waivers.append(_told(row))
        case "reversed":
            entries = state.receipts if row.facts["kind"] == EntryKind.RECEIPT else state.waivers
            entries.append(_less(row))


def _less(row: Event) -> Told:
    return Told(row.label, row.url, row.effective_on, -_amount(row))


def _told(row: Event) -> Told:
    return Told(row.label, row.url, row.effective_on, _amount(row))


def _sum(told: Iterable[Told]) -> Decimal:
    return sum((row.amount for row in told), start=ZERO)


def _amount(row: Event, name: str = "amount") -> Decimal:
    return Decimal(row.facts[name])
