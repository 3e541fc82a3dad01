"""An offer is answered, lapses, or is opened again."""

from django.db import transaction

from actors.actions import audit, obligations
from digikoord.lib import calendar, clock, lifecycle
from digikoord.lib.constraints import save
from digikoord.lib.verdict import Refused

from .. import documents, permissions
from ..duties import owe
from ..models import Assignment
from . import tranches
from .decisions import enter_into_force


@transaction.atomic
def accept(assignment, *, by, text_sha256):
    """Accept the offer; `text_sha256` is of the text that was read, which must still be the text."""
    assignment = _answer(assignment, "accept", by, text_sha256)
    audit.record(
        "assignment.accepted",
        assignment,
        by=by,
        sha256=text_sha256,
        late=assignment.answered_late,
        title=by.title,
    )
    enter_into_force(assignment)
    return assignment


@transaction.atomic
def decline(assignment, *, by, text_sha256, reason=""):
    """Decline the offer. Its unpaid amounts are cancelled."""
    assignment = _answer(assignment, "decline", by, text_sha256, reason)
    audit.record(
        "assignment.declined",
        assignment,
        by=by,
        sha256=text_sha256,
        late=assignment.answered_late,
        reason=reason,
        title=by.title,
    )
    tranches.cancel_unpaid(assignment, by=by, why="Aktören har tackat nej.")
    return assignment


def _answer(assignment, move, by, text_sha256, reason=""):
    assignment = Assignment.objects.locked(assignment)
    permissions.can_answer(by, assignment).require()
    lifecycle.can(assignment, move).require()
    if text_sha256 != documents.sha256(documents.offer_text(assignment)):
        raise Refused("Erbjudandets text har ändrats sedan du läste den. Läs den igen och svara.")
    lifecycle.advance(assignment, move)
    assignment.answered_by, assignment.answered_on = by, clock.today()
    assignment.answered_late = is_late(assignment)
    assignment.answered_sha256, assignment.reason = text_sha256, reason
    save(assignment)
    obligations.close("answer", assignment)
    return assignment


def is_late(assignment):
    """Whether today is past the last day to answer, as lag (1930:173) counts it."""
    due = assignment.answer_due
    return bool(due) and clock.today() > calendar.last_day_to_act(due)


@transaction.atomic
def set_answer_day(assignment, *, by, answer_due):
    """Give the offer a last day to answer, or a new one."""
    assignment = Assignment.objects.locked(assignment)
    permissions.can_set_answer_day(by, assignment).require()
    lifecycle.can(assignment, "accept").require()
    if answer_due < clock.today():
        raise Refused("Sista svarsdagen kan inte ligga före idag.")
    assignment.answer_due = answer_due
    save(assignment)
    audit.record("assignment.answer_day_set", assignment, by=by, due=answer_due)
    owe("answer", assignment, due=answer_due)
    return assignment


@transaction.atomic
def lapse(assignment, *, by, reason):
    """Register that the offer lapses. Silence alone never ends an offer; an official does."""
    assignment = Assignment.objects.locked(assignment)
    permissions.can_lapse(by, assignment).require()
    lifecycle.advance(assignment, "lapse")
    assignment.reason = reason
    save(assignment)
    audit.record("assignment.lapsed", assignment, by=by, reason=reason)
    obligations.void("answer", assignment, "Erbjudandet har förfallit.")
    tranches.cancel_unpaid(assignment, by=by, why="Erbjudandet har förfallit.")
    return assignment


@transaction.atomic
def reopen(assignment, *, by, answer_due, reason):
    """Offer again what was declined or has lapsed; its cancelled amounts are restored."""
    assignment = Assignment.objects.locked(assignment)
    permissions.can_reopen_offer(by, assignment).require()
    lifecycle.advance(assignment, "reopen")
    if answer_due < clock.today():
        raise Refused("Sista svarsdagen kan inte ligga före idag.")
    assignment.answer_due, assignment.reason = answer_due, reason
    assignment.answered_by = assignment.answered_on = None
    assignment.answered_late, assignment.answered_sha256 = False, ""
    save(assignment)
    audit.record("assignment.reopened", assignment, by=by, reason=reason, due=answer_due)
    tranches.restore_cancelled(assignment, by=by)
    owe("answer", assignment, due=answer_due)
    return assignment
