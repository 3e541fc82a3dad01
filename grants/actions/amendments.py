"""What a government decision changes: noted on its draft, previewed, and carried out at its dispatch."""

import datetime
from decimal import Decimal

from django.db import transaction

from actors.models import Actor, User
from digikoord.lib import clock, lifecycle
from digikoord.lib.constraints import save
from digikoord.lib.verdict import ALLOWED, Refused, Verdict, refused
from records.actions import audit

from .. import permissions
from ..events.government_decision import DecisionAmendmentAdded, DecisionAmendmentRemoved
from ..lifecycle.government_decision import Status
from ..models import Amendment, GovernmentDecision, Place, ProgrammeYear
from ..models.amendment import AmendmentKind, Day
from .effects import Effect
from .effects_on_amounts import on_amounts
from .effects_on_days import on_days
from .effects_on_holders import hindrance, on_holder


def is_open(decision: GovernmentDecision) -> Verdict:
    """Whether what the decision says can still be changed in the browser."""
    if decision.status == Status.DISCARDED:
        return refused("Utkastet är makulerat.")
    if not lifecycle.can(decision, "dispatch"):
        return refused("Beslutet är expedierat. Det ändras bara genom ett nytt beslut.")
    if decision.registered_by_id is None:
        return refused("Beslutet kommer ur programfilen och ändras där.")
    return ALLOWED


@transaction.atomic
def offer(
    decision: GovernmentDecision,
    *,
    by: User,
    place: Place,
    actor: Actor,
    starts: datetime.date,
    ends: datetime.date,
) -> Amendment:
    """Note that the decision gives a place without a holder to an actor."""
    head = decision.programme.definition.programme
    if starts > ends:
        raise Refused("Slutdagen kan inte ligga före startdagen.")
    if starts < head.starts or ends > head.ends:
        raise Refused(f"Tiden ligger utanför programmet, {head.starts}–{head.ends}.")
    row = Amendment(kind=AmendmentKind.OFFER, place=place, actor=actor, starts=starts, ends=ends)
    hindrance(row).require()
    return _note(decision, row, by)


@transaction.atomic
def ceiling(
    decision: GovernmentDecision,
    *,
    by: User,
    year: ProgrammeYear,
    amount: Decimal,
    part: str = "",
    place: Place | None = None,
) -> Amendment:
    """Note that the decision gives a year another ceiling (kronor), for a whole part or for one place."""
    row = Amendment(kind=AmendmentKind.CEILING, year=year, part=place.part if place else part, place=place)
    row.amount = amount
    return _note(decision, row, by)


@transaction.atomic
def day(
    decision: GovernmentDecision,
    *,
    by: User,
    field: str,
    day: datetime.date,
    year: ProgrammeYear | None = None,
) -> Amendment:
    """Note that the decision moves one of a year's days, or the last day of the open offers."""
    if field == Day.ANSWER_DUE:
        year = None
        if day < clock.today():
            raise Refused("Sista svarsdagen kan inte ligga före idag.")
    elif year is None:
        raise Refused("Välj vilket år dagen gäller.")
    return _note(decision, Amendment(kind=AmendmentKind.DAY, field=field, day=day, year=year), by)


def _note(decision: GovernmentDecision, row: Amendment, by: User) -> Amendment:
    decision = GovernmentDecision.objects.locked(decision)
    row.decision, row.added_by = decision, by
    permissions.can_amend(by, row).require()
    is_open(decision).require()
    save(row)
    audit.record(DecisionAmendmentAdded(change=str(row)), decision, by=by)
    return row


@transaction.atomic
def remove(amendment: Amendment, *, by: User) -> GovernmentDecision:
    """Take one change away from a draft."""
    decision = GovernmentDecision.objects.locked(amendment.decision)
    permissions.can_register_decision(by, decision).require()
    is_open(decision).require()
    row = decision.amendments.filter(pk=amendment.pk).first()
    if row is None:
        raise Refused("Ändringen är redan borttagen.")
    told = str(row)
    row.delete()
    audit.record(DecisionAmendmentRemoved(change=told), decision, by=by)
    return decision


def effects(decision: GovernmentDecision) -> list[Effect]:
    """Everything that dispatching changes, in the order it is carried out: holders, amounts, days."""
    rows = list(decision.amendments.select_related("place", "actor", "year__programme"))
    of_kind = {kind: [row for row in rows if row.kind == kind] for kind in AmendmentKind}
    found = [effect for row in of_kind[AmendmentKind.OFFER] for effect in on_holder(row)]
    found += on_amounts(decision, of_kind[AmendmentKind.CEILING])
    return [*found, *on_days(decision, of_kind[AmendmentKind.DAY])]
