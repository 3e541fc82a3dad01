"""A year's account was accepted, and then a payment of it came back: the acceptance is taken back, and made anew."""

from actors.models import User
from digikoord.lib import clock, locks
from digikoord.lib.constraints import save
from digikoord.lib.money import kr
from digikoord.lib.verdict import Refused
from records.actions import audit

from .. import books
from ..lifecycle.recovery import LIVE
from ..models import AccountLine, Payment, RepaymentClaim, Tranche
from . import claims, corrections


@locks.part_of_act
def take_back(tranche: Tranche, *, by: User, payment: Payment) -> None:
    """Take back what was accepted of the tranche, whose year is locked. Nothing where nothing was accepted.

    Settled comes back to closed, its claims ask for nothing, and the lines are met by a line below zero. What has come
    in or been waived is a person's to correct first: nobody repays what was never received.
    """
    if tranche.used is None:
        return
    if tranche.recoveries.filter(status__in=LIVE).exists():
        raise Refused(f"Ett ärende om återkrav pågår för {tranche}. Avsluta det innan returen registreras.")
    asked = [RepaymentClaim.objects.locked(row) for row in tranche.claims.order_by("pk")]
    for claim in asked:
        if claim.settled:
            raise Refused(
                f"Av {claim}, krav {claim.reference}, är {kr(claim.settled)} inbetalt eller eftergivet. "
                "Rätta den posten på kravets sida innan returen registreras."
            )
    corrections.unsettle(tranche, by=by)
    why = f"Utbetalning {payment.end_to_end} har kommit tillbaka."
    for claim in asked:
        claims.ask_for_nothing(claim, by=by, reason=why)
    used = tranche.used
    if used:
        save(
            AccountLine(
                tranche=tranche,
                name="Godtagandet återtaget",
                accepted=-used,
                reason=why,
                accepted_by=by,
                accepted_on=clock.today(),
                round=next_round(tranche) - 1,
            )
        )
    tranche.used = tranche.used_by = tranche.used_on = None
    tranche.used_reason = ""
    save(tranche)
    audit.record("tranche.account_taken_back", tranche, by=by, before=used, reason=why)
    books.account_taken_back(tranche, by=by)


def next_round(tranche: Tranche) -> int:
    """Which acceptance of the year's account comes next: one more than those that were taken back."""
    last = tranche.account_lines.order_by("-round").values_list("round", flat=True).first()
    return (last or 0) + 1
