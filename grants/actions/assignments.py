"""An offer is answered, lapses, is taken back, or is opened again; an assignment is acknowledged."""

import datetime
from collections.abc import Sequence
from typing import Required, TypedDict, cast

from django.db import transaction
from django.urls import reverse

from actors.models import User
from digikoord.lib import clock, lifecycle
from digikoord.lib.constraints import save
from digikoord.lib.papers import Paper
from digikoord.lib.verdict import ALLOWED, Refused, Verdict, refused
from duties.actions import obligations
from duties.actions.obligations import owe
from records.actions import audit, papers, registrations
from records.models import Direction, Document, Event

from .. import documents, permissions
from ..events.assignment import (
    AssignmentAccepted,
    AssignmentAcknowledged,
    AssignmentAnnulled,
    AssignmentAnswerDaySet,
    AssignmentDeclined,
    AssignmentLapsed,
    AssignmentReopened,
)
from ..lifecycle.assignment import Status
from ..models import Answer, Assignment, Signature
from . import effects, effects_on_endings, signatures
from .decisions import enter_into_force

DECLINED = "Aktören har tackat nej."
ENDED = {"lapse": "Erbjudandet har förfallit.", "annul": "Erbjudandet är återkallat."}


class Facts(TypedDict, total=False):
    """What the trail keeps of an answer: the text that was answered; by whom, or how it came on paper."""

    sha256: Required[str]
    title: str
    paper: str
    answered_on: datetime.date


@transaction.atomic
def accept(assignment: Assignment, *, by: User, text_sha256: str) -> Assignment:
    """Accept the offer; `text_sha256` is of the text that was read, which must still be the text.

    Where the actor's rule is two jointly, the first signature leaves the offer open.
    """
    return _answer(assignment, Answer.ACCEPT, by, text_sha256)


@transaction.atomic
def decline(
    assignment: Assignment, *, by: User, text_sha256: str, reason: str = "", seen: str | None = None
) -> Assignment:
    """Decline the offer. Its unpaid amounts are cancelled; `seen` is the seal of the effects that were read."""
    return _answer(assignment, Answer.DECLINE, by, text_sha256, reason=reason, seen=seen)


def _answer(
    assignment: Assignment,
    answer: str,
    by: User,
    text_sha256: str,
    *,
    reason: str = "",
    seen: str | None = None,
) -> Assignment:
    assignment = Assignment.objects.locked(assignment)
    permissions.can_answer(by, assignment).require()
    lifecycle.can(assignment, answer).require()
    if answer == Answer.DECLINE:
        effects.require_seen(effects_on_endings.ending(assignment, "decline", DECLINED), seen)
    text = documents.offer_text(assignment)
    if text_sha256 != documents.sha256(text):
        raise Refused("Erbjudandets text har ändrats sedan du läste den. Läs den igen och svara.")
    if signatures.sign(assignment, answer, by=by, text=text, reason=reason):
        told: Facts = {"sha256": text_sha256, "title": by.title}
        _take(assignment, answer, by=by, on=clock.today(), reason=reason, told=told)
        _register(assignment, by=by)
    return assignment


@transaction.atomic
def register_answer(
    assignment: Assignment,
    *,
    by: User,
    answer: str,
    answered_on: datetime.date,
    signers: Sequence[tuple[str, str]],
    paper: Paper,
    reason: str = "",
) -> Assignment:
    """Register an answer given on paper: its day, the scan, and (name, title) of each who signed it."""
    assignment = Assignment.objects.locked(assignment)
    permissions.can_register_answer(by, assignment).require()
    lifecycle.can(assignment, answer).require()
    _require_between(assignment, answered_on)
    if len(signers) < assignment.holder.signatures_required:
        raise Refused(f"{assignment.holder} företräds av två tillsammans. Ange båda som skrivit under.")
    signatures.void_all(assignment)
    text, document = documents.offer_text(assignment), cast("Document", papers.keep(paper, by=by))
    for name, title in signers:
        row = Signature(assignment=assignment, answer=answer, name=name, title=title, registered_by=by)
        row.text, row.sha256, row.reason, row.document = text, documents.sha256(text), reason, document
        save(row)
    names = ", ".join(name for name, _title in signers)
    told: Facts = {"sha256": document.sha256, "paper": names, "answered_on": answered_on}
    _take(assignment, answer, by=by, on=answered_on, reason=reason, told=told)
    _register(assignment, by=by, document=document)
    return assignment


def _register(assignment: Assignment, *, by: User, document: Document | None = None) -> None:
    registrations.register(
        assignment,
        by=by,
        direction=Direction.IN,
        party=assignment.holder,
        title=f"Svar från {assignment.holder.legal_name}",
        document=document,
        url=reverse("grants:assignment_receipt", args=[assignment.pk]),
    )


def _require_between(assignment: Assignment, day: datetime.date) -> None:
    """The answer is no older than the offer as it now stands, and not of a day to come."""
    reopened = Event.objects.about(assignment.subject().key).filter(verb=AssignmentReopened.verb).first()
    first = cast("datetime.date", reopened.effective_on if reopened else assignment.decision.dispatched_on)
    if day > clock.today():
        raise Refused("Svarsdagen kan inte ligga i framtiden.", field="answered_on")
    if day < first:
        raise Refused(
            f"Erbjudandet lämnades {first}. Svaret kan inte ha lämnats före den dagen.", field="answered_on"
        )


def _take(
    assignment: Assignment, answer: str, *, by: User, on: datetime.date, reason: str, told: Facts
) -> None:
    """The answer is complete: the offer is in force, or ended."""
    act_by = assignment.act_by
    planned = [] if answer == Answer.ACCEPT else list(effects_on_endings.ending(assignment, answer, DECLINED))
    lifecycle.advance(assignment, answer)
    assignment.answered_by, assignment.answered_on = by, on
    assignment.answered_late = act_by is not None and on > act_by
    assignment.answered_sha256, assignment.reason = told["sha256"], reason
    save(assignment)
    obligations.close("answer", assignment)
    # An answer given before the first day takes effect on it.
    late, from_day = assignment.answered_late, max(on, assignment.starts)
    if answer == Answer.ACCEPT:
        audit.record(AssignmentAccepted(late=late, **told), assignment, by=by, on=from_day)
        enter_into_force(assignment)
    else:
        audit.record(AssignmentDeclined(reason=reason, late=late, **told), assignment, by=by, on=from_day)
        effects.carry_out(planned, by=by)


@transaction.atomic
def set_answer_day(assignment: Assignment, *, by: User, answer_due: datetime.date) -> Assignment:
    """Give the offer a last day to answer, or a new one."""
    assignment = Assignment.objects.locked(assignment)
    permissions.can_set_answer_day(by, assignment).require()
    lifecycle.can(assignment, "accept").require()
    _require_to_come(answer_due)
    assignment.answer_due = answer_due
    save(assignment)
    audit.record(AssignmentAnswerDaySet(due=answer_due), assignment, by=by)
    owe("answer", assignment, due=answer_due)
    return assignment


def _require_to_come(answer_due: datetime.date) -> None:
    if answer_due < clock.today():
        raise Refused("Sista svarsdagen kan inte ligga före idag.", field="answer_due")


@transaction.atomic
def lapse(assignment: Assignment, *, by: User, reason: str, seen: str | None = None) -> Assignment:
    """Register that the offer lapses. Silence alone never ends an offer; an official does. `seen` is the seal of the
    effects that were read."""
    assignment = Assignment.objects.locked(assignment)
    permissions.can_lapse(by, assignment).require()
    _end(assignment, "lapse", by=by, reason=reason, seen=seen)
    audit.record(AssignmentLapsed(reason=reason), assignment, by=by)
    return assignment


@transaction.atomic
def annul(assignment: Assignment, *, by: User, reason: str, seen: str | None = None) -> Assignment:
    """Take back an offer that has not been answered. `seen` is the seal of the effects that were read."""
    assignment = Assignment.objects.locked(assignment)
    permissions.can_annul(by, assignment).require()
    _end(assignment, "annul", by=by, reason=reason, seen=seen)
    audit.record(AssignmentAnnulled(reason=reason), assignment, by=by)
    return assignment


def _end(assignment: Assignment, move: str, *, by: User, reason: str, seen: str | None) -> None:
    why = ENDED[move]
    lifecycle.can(assignment, move).require()
    planned = list(effects_on_endings.ending(assignment, move, why))
    effects.require_seen(planned, seen)
    lifecycle.advance(assignment, move)
    assignment.reason = reason
    save(assignment)
    signatures.void_all(assignment)
    obligations.void("answer", assignment, why)
    effects.carry_out(planned, by=by)


@transaction.atomic
def reopen(assignment: Assignment, *, by: User, answer_due: datetime.date, reason: str) -> Assignment:
    """Offer again what was declined or has lapsed; its cancelled amounts are restored."""
    assignment = Assignment.objects.locked(assignment)
    permissions.can_reopen_offer(by, assignment).require()
    lifecycle.advance(assignment, "reopen")
    _require_to_come(answer_due)
    assignment.answer_due, assignment.reason = answer_due, reason
    assignment.answered_by = assignment.answered_on = None
    assignment.answered_late, assignment.answered_sha256 = False, ""
    save(assignment)
    signatures.void_all(assignment)
    audit.record(AssignmentReopened(reason=reason, due=answer_due), assignment, by=by)
    effects.carry_out(list(effects_on_endings.restoring(assignment)), by=by)
    owe("answer", assignment, due=answer_due)
    return assignment


def is_unacknowledged(assignment: Assignment) -> Verdict:
    """Whether an assignment's receipt can be acknowledged: an offer is answered instead."""
    if assignment.is_offer or assignment.status != Status.IN_FORCE:
        return refused("Bara mottagandet av ett uppdrag som gäller bekräftas.")
    if assignment.acknowledged_on:
        return refused(f"Mottagandet bekräftades {assignment.acknowledged_on}.")
    return ALLOWED


@transaction.atomic
def acknowledge(assignment: Assignment, *, by: User) -> Assignment:
    """Acknowledge that the assignment was received; it is in force whether or not."""
    assignment = Assignment.objects.locked(assignment)
    permissions.can_acknowledge(by, assignment).require()
    is_unacknowledged(assignment).require()
    assignment.acknowledged_by, assignment.acknowledged_on = by, clock.today()
    save(assignment)
    audit.record(AssignmentAcknowledged(title=by.title), assignment, by=by)
    return assignment
