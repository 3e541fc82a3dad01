"""A county's page: its holders over time, coordinators, money year by year, duties and documents."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from duties.models import Obligation
from grants.models import Assignment, Coordinator, Place
from records.models import Event
from records.selectors.registrations import registrations_of_place

from . import board
from .board_on import rows_on

if TYPE_CHECKING:
    from actors.models import User
    from grants.models import ProgrammeYear
    from programmes.models import Programme
    from records.models import Registration
    from records.models.event import EventQuerySet


LATEST_DOCUMENTS = 5
NAMES = (
    ("ceiling", "Högsta belopp"),
    ("granted", "Beviljat"),
    ("requisitioned", "Rekvirerat"),
    ("paid", "Utbetalt"),
    ("used", "Använt"),
    ("repay", "Att återbetala"),
)


@dataclass(frozen=True)
class PlacePage:
    place: Place
    assignments: tuple[Assignment, ...]
    coordinators: tuple[Coordinator, ...]
    years: tuple[PlaceYear, ...]
    duties: tuple[Obligation, ...]
    events: EventQuerySet
    registrations: list[Registration]
    register_url: str

    def holding_on(self, day: datetime.date) -> Assignment | None:
        """The assignment whose time covers the day, or None."""
        known = [row for row in self.assignments if row.status != "annulled"]
        return next((row for row in known if row.starts <= day <= (row.ends or day)), None)

    @property
    def holding(self) -> Assignment | None:
        """The assignment that holds the place now, or the latest."""
        live = [row for row in self.assignments if row.status in ("offered", "in_force")]
        rows = live or list(self.assignments)
        return rows[-1] if rows else None


@dataclass(frozen=True)
class PlaceYear:
    """A year's steps and chain of amounts."""

    row: board.Row

    @property
    def year(self) -> ProgrammeYear:
        return self.row.tranche.year

    @property
    def chain(self) -> list[tuple[str, str, Decimal | None, str]]:
        """(name, label, amount, note) for the money chain."""
        balance = self.row.balance
        amounts = {"repay": balance.to_repay}
        return [(name, label, amounts.get(name, getattr(balance, name, None)), "") for name, label in NAMES]


def assignments_of(user: User, programme: Programme, code: str) -> tuple[Assignment, ...]:
    """All that the person may see of who has held the place, with the place and its programme in hand."""
    rows = Assignment.objects.visible_to(user).filter(place__programme=programme, place__code=code)
    rows = rows.select_related("holder", "decision", "place__county").order_by("starts", "pk")
    for row in rows:
        row.place.programme = programme
    return tuple(rows)


def place_page(
    user: User, assignments: tuple[Assignment, ...], day: datetime.date | None = None
) -> PlacePage:
    """The place as it is; with a day, its years and coordinators as they were then."""
    place = assignments[0].place
    rows = rows_on(user, place.programme, day, place=place) if day else board.rows_of(user, place=place)
    duties = Obligation.objects.open().filter(programme=place.programme.code, place=place.code)
    return PlacePage(
        place,
        assignments,
        _served_on(user, place, day) if day else _served(rows),
        tuple(PlaceYear(row) for row in rows),
        tuple(duties.select_related("debtor")),
        events_of(user, place.programme).filter(place=place.code),
        *registrations_of_place(user, place, LATEST_DOCUMENTS),
    )


def _served_on(user: User, place: Place, day: datetime.date) -> tuple[Coordinator, ...]:
    rows = Coordinator.objects.visible_to(user).filter(assignment__place=place).serving_on(day)
    return tuple(rows.select_related("assignment").order_by("starts", "pk"))


def _served(rows: Iterable[board.Row]) -> tuple[Coordinator, ...]:
    """All that the place's years have read of appointments already, each once."""
    found = {one.pk: one for row in rows for one in row.appointments if one.has_begun}
    return tuple(sorted(found.values(), key=lambda one: (one.starts, one.pk)))


def events_of(user: User, programme: Programme) -> EventQuerySet:
    """The programme's trail as far as the person may read it."""
    authority = (programme.ministry_id, programme.disburser_id, programme.secretariat_id)
    reads_all = any(user.belongs_to(party) for party in authority if party)
    own = [row.actor.code for row in user.memberships_now]
    rows = Event.objects.readable(programmes=[programme.code] if reads_all else [], holders=own)
    return rows.filter(programme=programme.code)
