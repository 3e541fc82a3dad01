"""What a duty is: of whom, in which role, by when, and where it is done. The tables are in duties.py."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from django.urls import reverse

from actors.models import Actor
from actors.roles import Role
from programmes.models import Matter, Programme


class HasHolder(Protocol):
    @property
    def holder(self) -> Actor: ...


class HasPage(Protocol):
    @property
    def pk(self) -> object: ...


class Year(Protocol):
    """A year of a programme."""

    year: int

    @property
    def programme(self) -> Programme: ...


class OfYear(Protocol):
    @property
    def year(self) -> Year: ...


def holder(row: HasHolder) -> Actor:
    return row.holder


def ministry(row: Matter) -> Actor:
    return row.programme.ministry


def disburser(row: Matter) -> Actor:
    return row.programme.disburser


def by_official(row: Matter) -> tuple[Actor, Role]:
    return row.programme.ministry, Role.OFFICIAL


def by_decision_maker(row: Matter) -> tuple[Actor, Role]:
    return row.programme.ministry, Role.DECISION_MAKER


@dataclass(frozen=True)
class Duty:
    """`label` may name the row's {year}. `ladder` and `service` name the reminder steps and handling days in the programme
    file; what has a ladder of its own is a legal duty, the rest is handling.

    `extender` gives (party, role) of whoever may allow a later day, where the decision lets anybody; `limit` the day of
    what waits for it. The compilation's own day binds the authority itself: nobody extends it.

    `first` names the row's person who took the first of two steps. It is never theirs to take the second, nor to hear of.
    """

    label: str
    # ... or how it follows from the row, where it varies with the programme
    role: Role | Callable[[Any], Role]
    debtor: Callable[[Any], Actor | None]  # each kind of duty has its own kind of row
    url: Callable[[Any], str]  # ... here too
    ladder: str = ""
    service: str = ""
    extender: Callable[[Any], tuple[Actor, Role]] | None = None  # ... and here
    limit: Callable[[Any], datetime.date | None] = lambda row: None  # ... and here
    first: str = ""


def own(route: str) -> Callable[[HasPage], str]:
    return lambda row: reverse(route, args=[row.pk])


def year_page(route: str) -> Callable[[OfYear], str]:
    return lambda row: reverse(route, args=[row.year.programme.code, row.year.year])


def programme_page(route: str) -> Callable[[Matter], str]:
    return lambda row: reverse(route, args=[row.programme.code])
