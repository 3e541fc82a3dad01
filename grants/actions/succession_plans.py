"""A succession is entered before it is registered: who, by whom, from when, on what legal basis."""

import datetime
from typing import TypedDict, Unpack

from django.db import transaction

from actors.models import Actor, Succession, User
from digikoord.lib import lifecycle
from digikoord.lib.constraints import save
from digikoord.lib.verdict import Refused
from programmes.models import Programme
from records.actions import audit

from .. import permissions
from ..models import Assignment


class Person(TypedDict, total=False):
    """A known actor, or the fields of a new legal person."""

    successor: Actor | None
    legal_name: str
    display_name: str
    kind: str
    org_nr: str


@transaction.atomic
def enter(
    programme: Programme,
    *,
    by: User,
    predecessor: Actor,
    effective_on: datetime.date,
    legal_basis: str,
    predecessor_dissolved: bool = False,
    **person: Unpack[Person],
) -> Succession:
    """Plan a succession. `person` is `successor`, a known actor, or the fields of a new legal person."""
    permissions.can_plan_succession(by, programme).require()
    holding = Assignment.objects.live().filter(place__programme=programme, holder=predecessor)
    if not holding.exists():
        raise Refused(f"{predecessor} håller ingen plats i programmet.")
    if Succession.objects.filter(predecessor=predecessor, status="planned").exists():
        raise Refused(f"{predecessor} har redan en planerad övergång. Ändra den i stället.")
    row = Succession(
        predecessor=predecessor,
        successor=_successor(**person),
        effective_on=effective_on,
        legal_basis=legal_basis,
        predecessor_dissolved=predecessor_dissolved,
    )
    permissions.can_plan_succession(by, programme, row).require()
    _require_sound(row, programme)
    save(row)
    audit.record(
        "succession.planned", programme, by=by, on=effective_on, succession=row, legal_basis=legal_basis
    )
    return row


def _successor(
    *,
    successor: Actor | None = None,
    legal_name: str = "",
    display_name: str = "",
    kind: str = "",
    org_nr: str = "",
) -> Actor:
    if successor is not None:
        return successor
    code = f"aktor-{org_nr}" if org_nr else f"aktor-{Actor.objects.count() + 1}"
    return save(
        Actor(
            code=code,
            kind=kind,
            legal_name=legal_name,
            display_name=display_name or legal_name,
            org_nr=org_nr,
            org_nr_basis="angivet vid övergång" if org_nr else "",
        )
    )


@transaction.atomic
def edit(
    succession: Succession,
    *,
    by: User,
    programme: Programme,
    effective_on: datetime.date,
    legal_basis: str,
    predecessor_dissolved: bool,
) -> Succession:
    """Change what is planned; what is registered is undone instead."""
    row = Succession.objects.locked(succession)
    permissions.can_plan_succession(by, programme, row).require()
    lifecycle.can(row, "register").require()
    row.effective_on, row.legal_basis = effective_on, legal_basis
    row.predecessor_dissolved = predecessor_dissolved
    _require_sound(row, programme)
    save(row)
    audit.record(
        "succession.changed", programme, by=by, on=effective_on, succession=row, legal_basis=legal_basis
    )
    return row


def _require_sound(row: Succession, programme: Programme) -> None:
    """Nobody succeeds itself, holds two places, or is succeeded outside the time it holds its own."""
    if row.predecessor_id == row.successor_id:
        raise Refused("En aktör kan inte efterträda sig själv.")
    taken = Assignment.objects.live().filter(place__programme=programme, holder=row.successor)
    if taken.exists():
        raise Refused(f"{row.successor} håller redan en plats i programmet.")
    before = Succession.objects.filter(successor=row.predecessor, effective_on__gte=row.effective_on)
    if before.exists():
        raise Refused(
            f"{row.predecessor} tillträder själv först {before[0].effective_on}.", field="effective_on"
        )
    held = Assignment.objects.live().filter(place__programme=programme, holder=row.predecessor).first()
    if held and not held.starts < row.effective_on <= (held.ends or row.effective_on):
        raise Refused(
            f"Övergången ska ligga inom den tid {row.predecessor} har uppdraget, "
            f"efter {held.starts} och senast {held.ends or 'tills vidare'}.",
            field="effective_on",
        )
