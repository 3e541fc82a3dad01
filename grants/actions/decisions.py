"""A government decision is dispatched, and carries its assignments, offers and amounts with it."""

import datetime

from django.db import transaction

from actors.actions import audit
from digikoord.lib import clock, lifecycle
from digikoord.lib.constraints import save

from .. import permissions
from ..duties import owe
from ..lifecycle.tranche import Status
from ..models import BudgetDecision, GovernmentDecision, Tranche
from ..models.budget_decision import Outcome


@transaction.atomic
def dispatch(decision, *, by):
    """Dispatch the decision: assignments are in force, offers are offered, amounts are reserved."""
    decision = GovernmentDecision.objects.locked(decision)
    permissions.can_dispatch(by, decision).require()
    lifecycle.advance(decision, "dispatch")
    decision.dispatched_by, decision.dispatched_on = by, clock.today()
    save(decision)
    audit.record("decision.dispatched", decision, by=by)
    for assignment in decision.assignments.select_related("place__programme", "holder"):
        _dispatch_one(assignment, by)
    return decision


def _dispatch_one(assignment, by):
    move = "dispatch_offer" if assignment.is_offer else "dispatch_assignment"
    lifecycle.advance(assignment, move)
    days = assignment.programme.definition.programme.answer_days
    if assignment.is_offer and assignment.answer_due is None and days:
        assignment.answer_due = clock.today() + datetime.timedelta(days=days)
    save(assignment)
    _reserve(assignment, by)
    if assignment.is_offer:
        audit.record("assignment.offered", assignment, by=by)
        owe("answer", assignment, due=assignment.answer_due)
    else:
        audit.record("assignment.given", assignment, by=by)
        enter_into_force(assignment)


def _reserve(assignment, by):
    """Make the place's yearly amounts, unless an earlier holder left them to it."""
    place = assignment.place
    definition = place.programme.definition
    defined = next(row for row in definition.places if row.code == place.code)
    for year in place.programme.years.exclude(tranches__place=place):
        ceiling = definition.ceiling(defined, year.year)
        if ceiling is not None:
            tranche = Tranche.objects.create(
                year=year,
                place=place,
                assignment=assignment,
                ceiling=ceiling,
                status=Status.CONDITIONAL if awaits_condition(year) else Status.OPEN,
            )
            audit.record("tranche.reserved", tranche, by=by, ceiling=ceiling, status=tranche.status)


def awaits_condition(year):
    """Whether the year's money still waits for the Riksdag's decision on the appropriation."""
    if not year.conditional:
        return False
    latest = BudgetDecision.objects.deciding().filter(year=year).order_by("decided_on", "pk").last()
    return latest is None or latest.outcome == Outcome.REJECTED


def enter_into_force(assignment):
    """What follows when an actor is bound: a coordinator is owed, and its amounts can be prepared.

    The secretariat is an agency's assignment and keeps no coordinator.
    """
    served = assignment.coordinators.serving_on(clock.today()).exists()
    if not assignment.place.is_secretariat and not served:
        owe("appoint", assignment)
    for tranche in assignment.tranches.select_related("year__programme", "place"):
        if tranche.status == Status.OPEN:
            owe("prepare", tranche)
        if tranche.status == Status.GRANTED and not tranche.requisitions.exists():
            owe("requisition", tranche, due=tranche.year.requisition_to)
