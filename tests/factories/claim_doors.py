"""The doors of claims and recoveries."""

import datetime

from digikoord.lib import clock
from grants.actions import claims, recoveries, settlements

from .bank_doors import DOORS
from .doors import door, of

__all__ = ["DOORS"]


def _claim(cast):
    """Of a predecessor: 2018's money stays with the old holder, and so do its people."""
    return cast.tranche("08", 2018).claims.get()


@door(
    "grants:repayment_claim_detail",
    "grants:repayment_claim_receive",
    "grants:repayment_claim_waive",
    "grants:repayment_claim_adjust",
    "grants:repayment_claim_defer",
    "grants:repayment_claim_charge_interest",
)
def claim(cast):
    row = _claim(cast)
    return of(row, row.tranche.holder)


@door("grants:repayment_claim_receive_interest")
def claim_with_interest(cast):
    row = _claim(cast)
    claims.charge_interest(row, by=cast.payer(), amount=100, legal_basis="räntelagen (1975:635)")
    return of(row, row.tranche.holder)


@door("grants:repayment_claim_reverse_entry", "grants:repayment_claim_credit_entry")
def entry(cast):
    row = _claim(cast)
    made = settlements.receive(row, by=cast.payer(), amount=100, on=row.opened_on)
    return of(made, row.tranche.holder)


def _settled(cast):
    return cast.tranche("14", 2018)


def opened(cast, due=datetime.timedelta(days=14)):
    """A case about one county's settled year."""
    return recoveries.open_(
        _settled(cast),
        by=cast.official(),
        breach="Medlen har gått till annat än uppdraget.",
        amount=40_000,
        legal_basis="villkoren i beslutet",
        answer_due=clock.today() + due,
    )


@door("grants:recovery_open", "grants:tranche_settlement")
def settled(cast):
    row = _settled(cast)
    return of(row, row.holder)


@door("grants:recovery_detail", "grants:recovery_answer", "grants:recovery_withdraw")
def hearing(cast):
    row = opened(cast)
    return of(row, row.tranche.holder)


@door("grants:recovery_note_silence")
def unanswered(cast):
    with clock.standing_at(clock.today() - datetime.timedelta(days=20)):
        row = opened(cast)
    return of(row, row.tranche.holder)


@door("grants:recovery_decide")
def answered(cast):
    row = opened(cast)
    recoveries.answer(row, by=cast.signatory(row.tranche.holder), text="Vi delar inte bedömningen.")
    return of(row, row.tranche.holder)
