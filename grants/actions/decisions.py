"""A government decision is registered and dispatched, and carries with it what it gives and changes."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from django.db import transaction

from actors.models import User
from actors.roles import Role
from digikoord.lib import clock, lifecycle, locks
from digikoord.lib.constraints import save
from digikoord.lib.papers import Paper
from digikoord.lib.verdict import Refused
from duties.actions import notices, obligations
from duties.actions.obligations import owe
from programmes.models import Programme
from records.actions import audit, papers

from .. import permissions
from ..events.assignment import AssignmentGiven, AssignmentOffered
from ..events.government_decision import (
    DecisionCorrected,
    DecisionDiscarded,
    DecisionDispatched,
    DecisionNumbered,
    DecisionRegistered,
)
from ..events.tranche import TrancheReserved
from ..lifecycle.tranche import Status
from ..models import Assignment, GovernmentDecision, Tranche
from ..models.budget_decision import awaits_condition
from . import amendments, effects, effects_on_holders, registered, tranche_changes, true_days

FIELDS = ("case_number", "decided_on", "title", "text", "answer_due", "amends")


@transaction.atomic
def register(
    programme: Programme,
    *,
    by: User,
    paper: Paper | None = None,
    **decision: Any,  # FIELDS, as they are
) -> GovernmentDecision:
    """Register a later decision as a draft; FIELDS are those of GovernmentDecision. It changes nothing yet."""
    programme = Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    permissions.can_register_decision(by, programme).require()
    _require_past(decision)
    latest = programme.decisions.order_by("pk").last()
    row = GovernmentDecision(
        programme=programme,
        key=f"registered-{latest.pk + 1 if latest else 1}",
        document=papers.keep(paper, by=by),
        registered_by=by,
        **decision,
    )
    save(row)
    audit.record(DecisionRegistered(title=row.title), row, by=by)
    owe("dispatch", row)
    return row


@transaction.atomic
def correct(
    decision: GovernmentDecision,
    *,
    by: User,
    paper: Paper | None = None,
    **changes: Any,  # FIELDS, as they are
) -> GovernmentDecision:
    """Correct a draft; without a new paper it keeps the one it has."""
    row = GovernmentDecision.objects.locked(decision)
    permissions.can_register_decision(by, row).require()
    amendments.is_open(row).require()
    _require_past(changes)
    if changes.get("amends") and changes["amends"].pk == row.pk:
        raise Refused("Ett beslut kan inte ändra sig självt.")
    for name in FIELDS:
        if name in changes:
            setattr(row, name, changes[name])
    row.document = papers.keep(paper, by=by) or row.document
    save(row)
    audit.record(DecisionCorrected(), row, by=by)
    return row


@transaction.atomic
def discard(decision: GovernmentDecision, *, by: User, reason: str) -> GovernmentDecision:
    """End a draft that will not be dispatched. What it would have changed stays written in it, and is never done."""
    row = GovernmentDecision.objects.locked(decision)
    permissions.can_register_decision(by, row).require()
    amendments.is_open(row).require()
    lifecycle.advance(row, "discard")
    save(row)
    audit.record(DecisionDiscarded(reason=reason), row, by=by)
    obligations.void("dispatch", row, "Utkastet är makulerat.")
    return row


@transaction.atomic
def number(decision: GovernmentDecision, *, by: User, case_number: str) -> GovernmentDecision:
    """Enter the case number of a dispatched decision once it is known. It is then never changed.

    An offer that is still open is answered by its text, number and all: who has read it reads it again.
    """
    row = GovernmentDecision.objects.locked(decision)
    permissions.can_register_decision(by, row).require()
    permissions.is_unnumbered(row).require()
    row.case_number = case_number
    save(row)
    audit.record(DecisionNumbered(case_number=case_number), row, by=by)
    return row


def _require_past(decision: Mapping[str, Any]) -> None:  # FIELDS, as they are
    if decision["decided_on"] > clock.today():
        raise Refused("Beslutsdagen kan inte ligga i framtiden.", field="decided_on")


@transaction.atomic
def dispatch(
    decision: GovernmentDecision, *, by: User, seen: str | None = None, on: datetime.date | None = None
) -> GovernmentDecision:
    """Dispatch the decision: assignments are in force, offers are offered, amounts are reserved, and
    exactly the effects that the preview shows are carried out. `seen` is the seal of the effects that were read.
    `on` is the day it was dispatched, if that was before today; what it changes holds from today, when it is carried out."""
    decision = GovernmentDecision.objects.locked(decision)
    permissions.can_dispatch(by, decision).require()
    permissions.is_decided(decision).require()
    lifecycle.advance(decision, "dispatch")
    planned = amendments.effects(decision)
    effects.require_seen(planned, seen)
    effects.is_possible(planned).require()
    drafts = list(decision.assignments.select_related("place__programme", "holder"))
    given = [*drafts, *effects_on_holders.holders(decision)]
    on = true_days.day_of(on, *(_grounds(decision, given) if on else ()))
    decision.dispatched_by, decision.dispatched_on = by, on
    save(decision)
    audit.record(
        DecisionDispatched(changes=[str(row) for row in effects.shown(planned)]), decision, by=by, on=on
    )
    obligations.close("dispatch", decision)
    for assignment in given:
        _dispatch_one(assignment, by)
    effects.carry_out(planned, by=by)
    registered.of_decision(decision, by=by)
    return decision


def _grounds(decision: GovernmentDecision, given: Iterable[Assignment]) -> Iterator[true_days.Ground]:
    """What the dispatch rests on, each with its day."""
    yield "Beslutet", decision.decided_on
    if decision.amends:
        yield "Expedieringen av beslutet som ändras", decision.amends.dispatched_on
    for assignment in given:
        yield true_days.of_place(assignment.place)


def _dispatch_one(assignment: Assignment, by: User) -> None:
    on = cast("datetime.date", assignment.decision.dispatched_on)
    move = "dispatch_offer" if assignment.is_offer else "dispatch_assignment"
    save(assignment)  # of one that the decision itself gives: a row begins as a draft
    lifecycle.advance(assignment, move)
    days = assignment.programme.definition.programme.answer_days
    if assignment.is_offer and assignment.answer_due is None and days:
        assignment.answer_due = on + datetime.timedelta(days=days)
    save(assignment)
    _reserve(assignment, by)
    effects_on_holders.take_over(assignment, by=by)
    tell(assignment)
    if assignment.is_offer:
        audit.record(AssignmentOffered(), assignment, by=by, on=on)
        owe("answer", assignment, due=assignment.answer_due)
    else:
        audit.record(AssignmentGiven(), assignment, by=by, on=on)
        enter_into_force(assignment)


@locks.part_of_act
def tell(assignment: Assignment) -> None:
    """Tell the holder's signatories that their letter has come."""
    what = "Erbjudande att svara på" if assignment.is_offer else "Nytt uppdrag"
    notices.tell(
        assignment.holder,
        Role.SIGNATORY,
        text=f"{what}: {assignment.place}. {assignment.decision}.",
        url=assignment.letter_url,
    )


def _reserve(assignment: Assignment, by: User) -> None:
    """Make the place's yearly amounts, unless an earlier holder left them to it."""
    for year, ceiling in effects_on_holders.unreserved(assignment.place):
        tranche = Tranche.objects.create(
            year=year,
            place=assignment.place,
            assignment=assignment,
            ceiling=ceiling,
            decided_ceiling=ceiling,
            status=Status.CONDITIONAL if awaits_condition(year) else Status.OPEN,
        )
        told = TrancheReserved(ceiling=ceiling, status=tranche.status)
        audit.record(told, tranche, by=by, on=assignment.decision.dispatched_on)


@locks.part_of_act
def enter_into_force(assignment: Assignment) -> None:
    """What follows when an actor is bound: a coordinator is owed, and its amounts can be prepared.

    The secretariat is an agency's assignment and keeps no coordinator.
    """
    served = assignment.coordinators.serving_on(clock.today()).exists()
    if assignment.keeps_function and not served:
        owe("appoint", assignment)
    rows = assignment.tranches.select_related("year__programme", "place").prefetch_related("requisitions")
    for tranche in rows:
        if tranche.status == Status.OPEN:
            owe("prepare", tranche, since=tranche.year.costs_from)
        if tranche.status == Status.GRANTED and not tranche_changes.is_claimed(tranche):
            owe("requisition", tranche, due=tranche.year.requisition_to)
