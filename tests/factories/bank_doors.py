"""The doors of the bank's files and the authority's own accounts, after all the others'."""

import datetime

from digikoord.rehearsal import bank
from grants.actions import (
    bank_answers,
    bank_deposits,
    bank_details,
    bank_files,
    payment_accounts,
    payments,
)
from grants.models import AccountStop, Payment, PaymentBatch

from .doors import Door, door, exported, of
from .offer_doors import DOORS

__all__ = ["DOORS"]

DAY = datetime.date(2019, 3, 20)


@door(
    "grants:bank_file_list",
    "grants:bank_file_take_in_deposits",
    "grants:bank_line_list",
    "overview:results",
    "grants:bank_details_detail",
    "grants:bank_details_enter",
    "rehearsal_bank_deposits",
)
def programme(cast):
    return Door({"programme": cast.programme.code})


@door("grants:bank_details_confirm")
def unconfirmed(cast):
    bank_details.enter(cast.programme, by=cast.other_payer(), debit_giro="bankgiro", debit_number="5050-1055")
    return Door({"programme": cast.programme.code})


@door("grants:bank_file_take_in_answer", "rehearsal_bank_answer")
def batch(cast):
    """Released by the other payer, and its file handed out: this one may hand in the answer."""
    exported(cast)
    row = PaymentBatch.objects.latest("pk")
    bank_files.hand_out(row, by=cast.other_payer())
    return of(row)


@door("grants:payment_return")
def paid(cast):
    at_bank = exported(cast)
    row = Payment.objects.get(**at_bank.kwargs)
    payments.confirm(row, by=cast.payer(), value_date=DAY, evidence="Kontoutdrag 3")
    return at_bank


@door("grants:payment_account_verify_anew")
def stopped_twice(cast):
    """The first verifier's was answered by the other payer's: so the first one may be the next."""
    at_bank = exported(cast)
    payments.fail(Payment.objects.get(**at_bank.kwargs), by=cast.payer(), reason="Avslutat.", code="AC04")
    account = AccountStop.objects.get().account
    seen = {"disburser": cast.programme.disburser, "evidence": "Bankens intyg i dag"}
    payment_accounts.verify_anew(account, by=cast.other_payer(), **seen)
    payments.correct(Payment.objects.get(**at_bank.kwargs), by=cast.official(), reason="Kontrollerat.")
    again = payments.release(Payment.objects.get(**at_bank.kwargs), by=cast.other_payer())
    payments.export(cast.programme, by=cast.payer(), payments=[again])
    payments.fail(Payment.objects.get(**at_bank.kwargs), by=cast.payer(), reason="Avslutat.", code="AC04")
    return of(account, account.actor)


@door("grants:bank_file_hand_out")
def handed_out(cast):
    return Door({"pk": PaymentBatch.objects.earliest("pk").pk}, post={})


@door("grants:bank_file_detail", "grants:bank_file_original")
def answer(cast):
    row = PaymentBatch.objects.earliest("pk")
    content = bank.answer(row, "ACSC", on=DAY)
    return of(bank_answers.take_in(row, by=cast.other_payer(), name="svar.xml", content=content))


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
