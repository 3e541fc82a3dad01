"""What was accepted as used is changed afterwards, by a line of its own; a settled year comes back."""

from decimal import Decimal
from typing import cast

from actors.models import User
from digikoord.lib import clock, lifecycle, locks
from digikoord.lib.constraints import save
from digikoord.lib.money import kr
from digikoord.lib.verdict import Refused
from duties.actions import obligations
from records.actions import audit

from ..models import AccountLine, Tranche


@locks.part_of_act
def change_used(tranche: Tranche, *, by: User, by_amount: Decimal, name: str, reason: str) -> None:
    """Count `by_amount` kronor more (or less, below zero) of a locked tranche as used, and say why."""
    used = cast("Decimal", tranche.used) + by_amount
    if used < 0:
        raise Refused(f"Bara {kr(tranche.used)} är godtaget som använt. Beloppet är högre.")
    save(
        AccountLine(
            tranche=tranche,
            name=name,
            accepted=by_amount,
            reason=reason,
            accepted_by=by,
            accepted_on=clock.today(),
        )
    )
    tranche.used = used
    tranche.used_reason = f"{tranche.used_reason}\n{name}: {reason}".strip()
    save(tranche)
    audit.record(
        "tranche.used_changed", tranche, by=by, used=used, change=by_amount, what=name, reason=reason
    )


@locks.part_of_act
def unsettle(tranche: Tranche, *, by: User) -> None:
    """Bring a locked, settled tranche back to closed; what is not settled stays as it is."""
    if not tranche.can("unsettle"):
        return
    lifecycle.advance(tranche, "unsettle")
    tranche.settled_on = None
    save(tranche)
    audit.record("tranche.unsettled", tranche, by=by)
    obligations.void("conclude", tranche.assignment, "Ett år är inte längre slutreglerat.")
