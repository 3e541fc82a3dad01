"""How an assignment ends: revoked after the actor has been heard, or concluded when all is settled."""

import datetime

from django.db import transaction

from actors.models import User
from digikoord.lib import clock, lifecycle
from digikoord.lib.constraints import save
from digikoord.lib.verdict import Refused
from duties.actions import obligations
from records.actions import audit

from .. import permissions
from ..lifecycle.tranche import Status as Money
from ..models import Assignment
from . import coordinators, effects, effects_on_endings

ENDED = (Money.SETTLED, Money.CANCELLED)


@transaction.atomic
def revoke(
    assignment: Assignment, *, by: User, heard_on: datetime.date, reason: str, seen: str | None = None
) -> Assignment:
    """Revoke from today. Unpaid amounts are cancelled; what is paid is to be accounted for or reclaimed.

    `heard_on` is the day by which the actor was heard (förvaltningslagen 25 §), `seen` the seal of the effects that
    were read.
    """
    assignment = Assignment.objects.locked(assignment)
    permissions.can_end(by, assignment).require()
    if heard_on > clock.today():
        raise Refused(
            "Aktören ska ha hörts innan uppdraget upphävs. Dagen ligger i framtiden.", field="heard_on"
        )
    if clock.today() < assignment.starts:
        raise Refused(f"Uppdraget börjar gälla {assignment.starts}. Det kan upphävas tidigast den dagen.")
    lifecycle.can(assignment, "revoke").require()
    planned = list(effects_on_endings.revoking(assignment))
    effects.require_seen(planned, seen)
    effects_on_endings.revoked(assignment)
    assignment.reason = reason
    save(assignment)
    audit.record("assignment.revoked", assignment, by=by, reason=reason, heard_on=heard_on)
    obligations.void("appoint", assignment, "Uppdraget är upphävt.")
    coordinators.end_with(assignment, by=by)
    effects.carry_out(planned, by=by)
    return assignment


@transaction.atomic
def conclude(assignment: Assignment, *, by: User, seen: str | None = None) -> Assignment:
    """Conclude an assignment whose time is over and whose every year is settled. `seen` is the seal of what was read."""
    assignment = Assignment.objects.locked(assignment)
    permissions.can_end(by, assignment).require()
    hinders = hindrances(assignment)
    if hinders:
        raise Refused(" ".join(hinders))
    lifecycle.can(assignment, "conclude").require()
    effects.require_seen(effects_on_endings.concluding(assignment), seen)
    lifecycle.advance(assignment, "conclude")
    save(assignment)
    audit.record("assignment.concluded", assignment, by=by)
    obligations.close("conclude", assignment)
    return assignment


def hindrances(assignment: Assignment) -> list[str]:
    """What stands between the assignment and its conclusion, a sentence each."""
    found = []
    if assignment.ends is None or clock.today() <= assignment.ends:
        found.append(f"Uppdragets tid går ut {assignment.ends or 'först när en slutdag är bestämd'}.")
    for row in assignment.tranches.exclude(status__in=ENDED).select_related("year"):
        found.append(f"Årsbeloppet {row.year} är {row.get_status_display().lower()}, inte slutreglerat.")
    return found
