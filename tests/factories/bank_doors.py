"""The doors of the bank's files and the authority's own accounts, after all the others'."""

import datetime

from digikoord.rehearsal import bank
from grants.actions import bank_answers, bank_deposits, bank_details
from grants.models import PaymentBatch

from .doors import Door, door, of
from .offer_doors import DOORS

__all__ = ["DOORS"]

DAY = datetime.date(2019, 3, 20)


@door(
    *("grants:bank_file_list", "grants:bank_file_take_in_deposits", "grants:bank_line_list"),
    "reporting:results",
    *("grants:bank_details_detail", "grants:bank_details_enter", "rehearsal_bank_deposits"),
)
def programme(cast):
    return Door({"programme": cast.programme.code})


@door("grants:bank_details_confirm")
def unconfirmed(cast):
    bank_details.enter(cast.programme, by=cast.other_payer(), debit_giro="bankgiro", debit_number="5050-1055")
    return Door({"programme": cast.programme.code})


@door("grants:bank_file_take_in_answer", "rehearsal_bank_answer")
def batch(cast):
    return of(PaymentBatch.objects.earliest("pk"))


@door("grants:bank_file_hand_out")
def handed_out(cast):
    return Door({"pk": PaymentBatch.objects.earliest("pk").pk}, post={})


@door("grants:bank_file_detail", "grants:bank_file_original")
def answer(cast):
    row = PaymentBatch.objects.earliest("pk")
    content = bank.answer(row, "ACSC", on=DAY)
    return of(bank_answers.take_in(row, by=cast.payer(), name="svar.xml", content=content))


def _left(cast):
    sums = [("1234566", 10, "Någon annan")]
    content = bank.deposits(cast.programme, sums, on=DAY)
    return bank_deposits.take_in(cast.programme, by=cast.payer(), name="inbetalt.xml", content=content)


@door("grants:bank_file_detail | deposits", "grants:bank_file_original | deposits")
def deposits(cast):
    return of(_left(cast))


@door("grants:bank_line_settle")
def left(cast):
    return of(_left(cast).lines.get())


@door("grants:bank_line_pick")
def picked(cast):
    claim = cast.tranche("08", 2018).claims.get()
    return Door({"pk": _left(cast).lines.get().pk}, post={"pick": f"claim:{claim.pk}"})


@door("reporting:compilation_schema")
def nothing(cast):
    return Door()
