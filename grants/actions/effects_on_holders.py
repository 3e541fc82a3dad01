"""A decision gives a place without a holder to an actor, and its cancelled amounts with it."""

import datetime
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import cast

from actors.models import User
from digikoord.lib import locks
from digikoord.lib.constraints import save
from digikoord.lib.verdict import ALLOWED, Verdict, refused
from records.actions import audit

from ..events.tranche import TrancheMoved
from ..lifecycle import requisition
from ..lifecycle.assignment import Status as AssignmentStatus
from ..lifecycle.tranche import Status
from ..models import Amendment, Assignment, GovernmentDecision, Instrument, Place, ProgrammeYear, Tranche
from ..models.amendment import AmendmentKind
from ..models.tranche import TrancheQuerySet
from . import tranche_changes, tranches
from .effects import Effect

BEFORE_THE_HOLDER = (AssignmentStatus.TRANSFERRED, AssignmentStatus.REVOKED, AssignmentStatus.CONCLUDED)


def holders(decision: GovernmentDecision) -> list[Assignment]:
    """The assignments and offers that the decision's changes give, not saved yet."""
    rows = decision.amendments.filter(kind=AmendmentKind.OFFER).select_related("place__programme", "actor")
    return [
        Assignment(
            place=row.place,
            holder=row.actor,
            decision=decision,
            instrument=Instrument.ASSIGNMENT if row.is_assignment else Instrument.OFFER,
            starts=cast("datetime.date", row.starts),
            ends=row.ends,
            answer_due=None if row.is_assignment else decision.answer_due,
        )
        for row in rows
    ]


def left_over(place: Place, starts: datetime.date) -> TrancheQuerySet:
    """The place's cancelled amounts of the years from the day on, of which nothing was requisitioned."""
    rows = Tranche.objects.filter(place=place, status=Status.CANCELLED, year__costs_to__gte=starts)
    return rows.exclude(requisitions__status__in=requisition.RECEIVED).select_related(
        "year__programme", "place__programme", "assignment__holder"
    )


@locks.part_of_act
def take_over(assignment: Assignment, *, by: User) -> None:
    """Amounts cancelled for an earlier holder follow the place to the new one."""
    for row in left_over(assignment.place, assignment.starts).exclude(assignment=assignment):
        tranche = Tranche.objects.locked(row)
        tranche.assignment = assignment
        save(tranche)
        audit.record(TrancheMoved(holder=assignment.holder), tranche, by=by, on=assignment.starts)
        tranches.restore(tranche, by=by)


def hindrance(row: Amendment) -> Verdict:
    place = cast("Place", row.place)
    live = place.assignments.live().select_related("holder").first()
    if live:
        return refused(f"{place} har redan en innehavare: {live.holder}.")
    held = place.assignments.filter(status__in=BEFORE_THE_HOLDER, ends__gte=cast("datetime.date", row.starts))
    other = held.select_related("holder").first()
    if other:
        return refused(f"{other.holder} höll platsen till och med {other.ends}. Välj en senare dag.")
    return ALLOWED


def on_holder(row: Amendment) -> Iterator[Effect]:
    """The holder, and the amounts that come back with it or are set apart for it. All is done as the offer goes out."""
    place = cast("Place", row.place)
    form = "Uppdraget gäller genast." if row.is_assignment else "Får ett erbjudande att svara på."
    yield Effect("Innehavare", str(place), None, str(row.actor), form, possible=hindrance(row))
    following = f"Följer platsen till {row.actor}."
    for tranche in left_over(place, cast("datetime.date", row.starts)).order_by("year__year"):
        found = tranche_changes.effect(tranche, tranche_changes.restored, following)
        owes = ("prepare",) if row.is_assignment and dict(found.sets)["status"] == Status.OPEN else ()
        sets = (*found.sets, *tranche_changes.TO_ANOTHER)
        yield replace(found, who=str(place), sets=sets, ends=tranche_changes.OF_A_DECIDED_YEAR, owes=owes)
    for year, ceiling in unreserved(place):
        yield Effect(f"Årsbelopp {year}", str(place), None, ceiling, f"Avsätts för {row.actor}.", "money")


def unreserved(place: Place) -> Iterator[tuple[ProgrammeYear, Decimal]]:
    """(year, ceiling) of the years whose amounts the place has not got yet."""
    definition = place.programme.definition
    defined = next(row for row in definition.places if row.code == place.code)
    for year in place.programme.years.exclude(tranches__place=place).order_by("year"):
        ceiling = definition.ceiling(defined, year.year)
        if ceiling is not None:
            yield year, ceiling
