"""One legal person succeeds another: the place goes on, under a new offer to the successor."""

import datetime
from collections.abc import Iterable
from typing import TypedDict, Unpack, cast

from django.db import transaction

from access.actions import conflicts
from actors.models import Succession, User
from digikoord.lib import clock, lifecycle
from digikoord.lib.constraints import save
from digikoord.lib.verdict import ALLOWED, Refused, Verdict, refused
from duties.actions import obligations
from duties.actions.obligations import owe
from programmes.models import Programme
from records.actions import audit
from records.models import Event

from .. import permissions
from ..events.assignment import (
    AssignmentAnnulled,
    AssignmentOffered,
    AssignmentResumed,
    AssignmentTransferred,
)
from ..events.government_decision import DecisionDispatched
from ..events.tranche import TrancheMoved
from ..lifecycle.assignment import Status as AssignmentStatus
from ..models import Assignment, GovernmentDecision, Instrument, Tranche
from . import coordinators, effects, effects_on_endings, requisition_drafts, tranche_changes
from .decisions import enter_into_force, tell
from .effects import Effect
from .effects_on_successions import FOLLOWS, RETURNS, Plan, resumed, transferred, undoing


def plans(programme: Programme) -> list[Plan]:
    """The programme's planned successions, each with what it would do, by place."""
    planned = Succession.objects.filter(
        status="planned", predecessor__assignments__place__programme=programme
    ).select_related("predecessor", "successor")
    rows = [plan(row, programme) for row in planned.distinct()]
    return sorted(rows, key=lambda row: row.assignment.place.code if row.assignment else "")


def effects_of(plans: Iterable[Plan]) -> list[Effect]:
    """What registering all of them that can be registered does."""
    return [effect for row in plans for effect in row.effects]


def plan(succession: Succession, programme: Programme) -> Plan:
    assignment = (
        Assignment.objects.live()
        .filter(place__programme=programme, holder=succession.predecessor)
        .select_related("place__programme", "holder")
        .first()
    )
    if assignment is None:
        return Plan(succession, None, (), (), refused("Företrädaren håller ingen plats i programmet."))
    tranches = effects_on_endings.amounts(assignment)
    moving = tuple(row for row in tranches if _moves(row, succession))
    staying = tuple(row for row in tranches if row not in moving)
    return Plan(succession, assignment, moving, staying, _hindrance(succession, assignment, staying))


def _moves(tranche: Tranche, succession: Succession) -> bool:
    """Unpaid amounts of the years from the succession on follow the place."""
    return tranche.year.costs_to >= succession.effective_on and not tranche_changes.is_claimed(tranche)


def _hindrance(succession: Succession, assignment: Assignment, staying: Iterable[Tranche]) -> Verdict:
    if assignment.status != AssignmentStatus.IN_FORCE:
        return refused(f"{assignment.holder} har inte tackat ja; det finns inget att överföra.")
    if succession.effective_on <= assignment.starts:
        return refused("Övergången ligger före uppdragets första dag.")
    if assignment.ends and succession.effective_on > assignment.ends:
        return refused(f"Övergången ligger efter uppdragets sista dag, {assignment.ends}.")
    if any(row.year.costs_to >= succession.effective_on for row in staying):
        return refused(
            "En rekvisition för tiden efter övergången har kommit in och är inte avslutad. Avsluta den först."
        )
    return ALLOWED


class Known(TypedDict, total=False):
    """What is known of the later decision besides its day."""

    case_number: str
    answer_due: datetime.date | None


class Fields(Known):
    decided_on: datetime.date


@transaction.atomic
def register_many(
    programme: Programme,
    *,
    by: User,
    successions: Iterable[Succession],
    decided_on: datetime.date,
    text: str = "",
    seen: str | None = None,
    **fields: Unpack[Known],
) -> list[Assignment]:
    """Register the successions together, with the later decision that offers the successors.

    fields   case_number (may still be unknown) and answer_due
    seen     the seal of the effects of all that could be registered, as they were read
    Nothing is registered unless everything can be.
    """
    permissions.can_register_successions(by, programme).require()
    rows = Succession.objects.locked_all(successions)
    if not rows:
        raise Refused("Välj minst en övergång.")
    permissions.can_register_successions(by, programme, *rows).require()
    if seen is not None:
        effects.require_seen(effects_of(plans(programme)), seen)
    decision = _later_decision(programme, by, {"decided_on": decided_on, **fields}, text)
    return [_register(row, decision, by) for row in rows]


def _later_decision(programme: Programme, by: User, fields: Fields, text: str) -> GovernmentDecision:
    """The decision that offers the successors; without a text of its own, it says what the first said."""
    first = cast(
        "GovernmentDecision",
        programme.decisions.filter(status="dispatched").order_by("decided_on", "pk").first(),
    )
    decision = GovernmentDecision(
        programme=programme,
        key=f"{first.key}-successors-{programme.decisions.count()}",
        title="Erbjudande till efterträdare: " + first.title,
        text=text.strip() or first.text,
        amends=first,
        **fields,
    )
    permissions.can_dispatch(by, decision).require()
    save(decision)
    lifecycle.advance(decision, "dispatch")
    decision.dispatched_by, decision.dispatched_on = by, clock.today()
    save(decision)
    audit.record(DecisionDispatched(), decision, by=by)
    return decision


def _register(succession: Succession, decision: GovernmentDecision, by: User) -> Assignment:
    planned = plan(succession, decision.programme)
    if not planned.possible:
        raise Refused(f"{succession}: {planned.possible.reason}")
    old = Assignment.objects.locked(cast("Assignment", planned.assignment))
    lifecycle.advance(succession, "register")
    succession.registered_by, succession.registered_on = by, clock.today()
    save(succession)
    conflicts.carry_over(succession, by=by)
    planned_end = old.ends
    transferred(old, on=succession.effective_on)
    save(old)
    audit.record(
        AssignmentTransferred(successor=succession.successor, legal_basis=succession.legal_basis),
        old,
        by=by,
        on=succession.effective_on,
    )
    obligations.void("appoint", old, "Uppdraget har övergått till efterträdaren.")
    coordinators.end_with(old, by=by)
    new = _offer(succession, old, decision=decision, ends=planned_end, by=by)
    for tranche in planned.moving:
        _move(tranche, new, succession, by)
    return new


def _offer(
    succession: Succession,
    old: Assignment,
    *,
    decision: GovernmentDecision,
    ends: datetime.date | None,
    by: User,
) -> Assignment:
    new = Assignment(
        place=old.place,
        holder=succession.successor,
        decision=decision,
        succeeds=old,
        instrument=Instrument.OFFER,
        starts=succession.effective_on,
        ends=ends,
        answer_due=decision.answer_due,
    )
    save(new)
    lifecycle.advance(new, "dispatch_offer")
    save(new)
    audit.record(AssignmentOffered(), new, by=by, on=new.starts)
    owe("answer", new, due=new.answer_due)
    tell(new)
    return new


def _move(row: Tranche, new: Assignment, succession: Succession, by: User) -> None:
    tranche = Tranche.objects.locked(row)
    for kind in ("prepare", "requisition"):
        obligations.void(kind, tranche, FOLLOWS)
    # Before it has another holder: the draft is the predecessor's.
    requisition_drafts.fall_away(tranche, why=FOLLOWS)
    tranche.assignment = new
    save(tranche)
    audit.record(TrancheMoved(holder=new.holder), tranche, by=by, on=succession.effective_on)


@transaction.atomic
def undo(
    succession: Succession, *, by: User, programme: Programme, reason: str, seen: str | None = None
) -> Succession:
    """Undo a wrongly registered succession, until the successor has acted in its place. `seen` is the seal of the
    effects that were read."""
    succession = Succession.objects.locked(succession)
    permissions.can_register_successions(by, programme, succession).require()
    new = taken_over(succession, programme)
    can_undo(new).require()
    taken = cast("Assignment", new)
    effects.require_seen(undoing(taken), seen)
    lifecycle.advance(succession, "undo")
    succession.registered_by = succession.registered_on = None
    save(succession)
    _take_back(taken, by, reason)
    return succession


def taken_over(succession: Succession, programme: Programme) -> Assignment | None:
    """The successor's holding of the place in the programme, or None."""
    rows = Assignment.objects.filter(place__programme=programme, holder=succession.successor)
    related = ("place__programme", "holder", "succeeds__place__programme", "succeeds__holder")
    return rows.filter(succeeds__holder=succession.predecessor).select_related(*related).first()


def can_undo(new: Assignment | None) -> Verdict:
    """Whether the successor has not yet acted. Before it has answered, nothing can be decided for it either:
    money granted earlier has only followed the place, and follows it back."""
    if new is None:
        return refused("Övergången är inte registrerad i programmet.")
    since = Event.objects.filter(pk__gte=_registered_as(new))
    own = User.objects.filter(memberships__actor=new.holder)
    acted = since.filter(holder=new.holder.code, by_key__in=own.values("pk"))
    if new.status != AssignmentStatus.OFFERED or acted.exists():
        return refused(f"{new.holder} har redan handlat i sin plats. Övergången kan inte ångras.")
    return ALLOWED


def _registered_as(new: Assignment) -> int:
    """The number of the trail's first row about the successor's offer; what came later has a higher one."""
    return Event.objects.about(new.subject().key).order_by("pk").values_list("pk", flat=True)[0]


def _take_back(new: Assignment, by: User, reason: str) -> None:
    """Annul the successor's offer, and give the place and its amounts back to the predecessor."""
    new = Assignment.objects.locked(new)
    old = Assignment.objects.locked(cast("Assignment", new.succeeds))
    moved = list(new.tranches.all())
    lifecycle.advance(new, "annul")
    new.succeeds, new.reason = None, reason
    save(new)
    audit.record(AssignmentAnnulled(reason=reason), new, by=by, on=new.starts)
    obligations.void("answer", new, "Övergången har ångrats.")
    resumed(old, ends=new.ends)
    save(old)
    audit.record(AssignmentResumed(reason=reason), old, by=by, on=new.starts)
    coordinators.reopen_with(old, by=by)
    for row in moved:
        tranche = Tranche.objects.locked(row)
        requisition_drafts.fall_away(tranche, why=RETURNS)
        tranche.assignment = old
        save(tranche)
        audit.record(TrancheMoved(holder=old.holder), tranche, by=by, on=new.starts)
    enter_into_force(old)
