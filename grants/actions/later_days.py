"""What a later day (anstånd) moves where the row has a day of its own: an offer, a claim, a hearing. Handed down to the duties."""

import datetime

from actors.models import User
from digikoord.lib.constraints import save
from digikoord.lib.verdict import Refused
from duties.actions.obligations import owe
from duties.kinds import CARRIED, Carried

from ..lifecycle.recovery import Status as RecoveryStatus
from ..models import Assignment, ClaimDeferral, Recovery, RepaymentClaim
from . import assignments, claims


def _answer(key: str, *, by: User, due: datetime.date, **_why: str) -> Assignment:
    return assignments.set_answer_day(Assignment.objects.get(pk=key), by=by, answer_due=due)


def _repay(key: str, *, by: User, due: datetime.date, reason: str, legal_basis: str) -> ClaimDeferral:
    if not legal_basis.strip():
        raise Refused("Ange den rättsliga grunden för anståndet.")
    claim = RepaymentClaim.objects.get(pk=key)
    return claims.defer(claim, by=by, due=due, legal_basis=legal_basis, reason=reason)


def _hear(key: str, *, by: User, due: datetime.date, **_why: str) -> Recovery:
    row = Recovery.objects.locked(Recovery.objects.get(pk=key))
    if row.status != RecoveryStatus.HEARING:
        raise Refused("Hörandet pågår inte längre.")
    row.answer_due = due
    save(row)
    for kind in ("answer_recovery", "follow_recovery"):
        owe(kind, row, due=due)
    return row


CARRIED.update(
    {
        "answer": Carried(Assignment, _answer),
        "repay": Carried(RepaymentClaim, _repay),
        "answer_recovery": Carried(Recovery, _hear),
    }
)
