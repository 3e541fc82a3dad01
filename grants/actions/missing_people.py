"""Whom a payment lacks to be finished is somebody's duty to find, until somebody holds the role or the payment has ended."""

from typing import cast

from django.db import transaction

from actors.models import Actor, User
from actors.roles import Role
from digikoord.lib import clock, locks
from duties.actions import obligations
from duties.actions.obligations import owe
from duties.models import Obligation
from programmes.models import Programme

from ..lifecycle.payment import UNDER_WAY
from ..models import Payment, Requisition
from ..selectors import finishing
from ..selectors.people_of_payments import People, people_of
from ..selectors.under_way import rows_under_way

KIND = "find_person"
# Who sees to it that a party has the people its payments need: the first of these roles that somebody holds there
HEADS = (Role.HEAD, Role.DECISION_MAKER, Role.ADMINISTRATOR)


@locks.part_of_act
def look(row: Payment | Requisition, people: People | None = None) -> None:
    """Open or end the duty to find whom the payment, or the requisition, lacks to be finished."""
    people = people or people_of(row.programme)
    lacking = finishing.missing(row, people)
    if lacking is None:
        obligations.close(KIND, row)
        return
    debtor, role = head_of(lacking.party)
    if debtor is not None:
        owe(KIND, row, due=obligations.day_of(KIND, row), debtor=debtor, role=role)


def head_of(actor: Actor) -> tuple[Actor | None, str]:
    """(actor, role) of who answers for the party's people: its head, else who decides there, else the administrator.

    A party with none of them is seen to by the ministry's administrator.
    """
    ministry = Actor.objects.ministry()
    for party in dict.fromkeys([actor, ministry]):
        for role in HEADS if party else ():
            if User.objects.holding(role, cast("Actor", party), clock.today()).exists():
                return party, role
    return ministry, Role.ADMINISTRATOR


def look_again(actor: Actor, role: str) -> None:
    """Somebody has got or lost a role at the actor: whom payments lack may be another now."""
    if role not in (Role.PAYER, Role.OFFICIAL, *HEADS):
        return
    for programme in Programme.objects.filter(disburser=actor) | Programme.objects.filter(ministry=actor):
        look_at(programme)


def look_at_all() -> int:
    """The nightly look: a role may have begun or ended by its day. Returns how many payments lack somebody."""
    return sum(look_at(programme) for programme in Programme.objects.select_related("ministry", "disburser"))


@transaction.atomic
def look_at(programme: Programme) -> int:
    """Look at all that is under way in the programme. Returns how many payments lack somebody."""
    found = rows_under_way(programme)
    waiting = Obligation.objects.open().filter(kind=KIND, programme=programme.code)
    told = set(waiting.values_list("key", flat=True))
    people = people_of(programme) if found else None
    lacking = {row.subject().key for row in found if finishing.missing(row, cast("People", people))}
    for row in found:
        if row.subject().key in lacking | told:
            look(row, people)
    for key in told - {row.subject().key for row in found}:  # it has ended
        obligations.close_by_key(KIND, key)
    return len(lacking)


@locks.part_of_act
def look_at_actor(actor: Actor) -> None:
    """The actor's account is another, or another has verified it: whom its payments lack may be another too."""
    for row in Payment.objects.filter(requisition__tranche__assignment__holder=actor, status__in=UNDER_WAY):
        look(row)
