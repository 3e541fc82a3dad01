"""Where a granted day (anstånd) is written: on the duty, and on the row whose own day the duty follows."""

from actors.actions import obligations
from digikoord.lib import locks
from digikoord.lib.constraints import save
from digikoord.lib.verdict import Refused

from .. import duties
from ..lifecycle.recovery import Status as RecoveryStatus
from ..models import Assignment, Extension, Recovery, RepaymentClaim
from . import assignments, claims


@locks.part_of_act
def locked(extension):
    """The request, locked after what giving it moves, in the order of the acts that end the duty."""
    duty = extension.obligation
    if duty.kind in CARRIED:
        model, _carry = CARRIED[duty.kind]
        model.objects.locked(model.objects.get(pk=_key(duty)))
    obligations.locked(duty)
    return Extension.objects.locked(extension)


def _key(duty):
    return int(duty.key.split(":")[1])


@locks.part_of_act
def give(extension, *, by, due, reason, legal_basis=""):
    """Move the day. What is owed by a claim or an offer is moved there, and the duty follows."""
    duty = extension.obligation
    if duty.kind not in CARRIED:
        return obligations.extend(duty, due)
    _model, carry = CARRIED[duty.kind]
    return carry(_key(duty), by=by, due=due, reason=reason, legal_basis=legal_basis)


def _answer(key, *, by, due, **_why):
    return assignments.set_answer_day(Assignment.objects.get(pk=key), by=by, answer_due=due)


def _repay(key, *, by, due, reason, legal_basis):
    if not legal_basis.strip():
        raise Refused("Ange den rättsliga grunden för anståndet.")
    claim = RepaymentClaim.objects.get(pk=key)
    return claims.defer(claim, by=by, due=due, legal_basis=legal_basis, reason=reason)


def _hear(key, *, by, due, **_why):
    row = Recovery.objects.locked(Recovery.objects.get(pk=key))
    if row.status != RecoveryStatus.HEARING:
        raise Refused("Hörandet pågår inte längre.")
    row.answer_due = due
    save(row)
    for kind in ("answer_recovery", "follow_recovery"):
        duties.owe(kind, row, due=due)
    return row


CARRIED = {
    "answer": (Assignment, _answer),
    "repay": (RepaymentClaim, _repay),
    "answer_recovery": (Recovery, _hear),
}
