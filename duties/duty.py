"""What a duty is: of whom, in which role, by when, and where it is done. The tables are in duties.py."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from actors.roles import Role


def holder(row):
    return row.holder


def ministry(row):
    return row.programme.ministry


def disburser(row):
    return row.programme.disburser


def by_official(row):
    return row.programme.ministry, Role.OFFICIAL


def by_decision_maker(row):
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
    role: Role
    debtor: Callable
    url: Callable
    ladder: str = ""
    service: str = ""
    extender: Callable | None = None
    limit: Callable = lambda row: None
    first: str = ""


def own(route):
    return lambda row: reverse(route, args=[row.pk])


def year_page(route):
    return lambda row: reverse(route, args=[row.year.programme.code, row.year.year])


def programme_page(route):
    return lambda row: reverse(route, args=[row.programme.code])
