"""What the bank sends into the small world of money, who may not handle it, and how often each thing happens."""

import hashlib
import re

from access.actions import conflicts
from actors.models import ConflictOfInterest
from digikoord.rehearsal import bank
from grants.actions import (
    bank_answers,
    bank_deposits,
    bank_details,
    bank_files,
    bank_lines,
    payment_accounts,
    payment_returns,
)
from grants.models import (
    AccountStop,
    BankDetails,
    BankFileLine,
    Payment,
    PaymentBatch,
    ProgrammeYear,
    RepaymentClaim,
    Tranche,
)

from .money_world import ACTS, GIROS, on

ORG_NR = "222000-9993"
STATUSES = ("ACCP", "ACSC", "ACSC", "ACSC", "RJCT")


@on(PaymentBatch)
def hand_out(world, batch):
    content = bank_files.hand_out(batch, by=world.payer())
    assert hashlib.sha256(content).hexdigest() == batch.sha256
    return content


@on(PaymentBatch)
def answer_from_bank(world, batch):
    """Now and then the same file again, or a file that answers another list."""
    content = (world.files and world.choose(5) == 0 and world.one_of(world.files)) or _answer(world, batch)
    file = bank_answers.take_in(batch, by=world.payer(), name="svar.xml", content=content)
    world.files.append(content)
    return file


def _answer(world, batch):
    status, lines = world.one_of(STATUSES), list(batch.lines.all())
    failed = {world.one_of(lines).end_to_end: ("RJCT", "Kontot är avslutat")} if world.choose(3) == 0 else {}
    return bank.answer(batch, status, on=world.one_of([None, world.day]), failed=failed)


@on(RepaymentClaim, "close")
def deposits_from_bank(world, claim):
    """Of one claim or two, all or part of them, and sometimes of none."""
    sums = [(claim.reference, world.amount(claim.outstanding) or 1, "Aktören")]
    if world.choose(2) == 0:
        another = world.row(RepaymentClaim, "close")
        sums.append((another.reference, world.amount(another.outstanding) or 1, "En annan"))
    if world.choose(3) == 0:
        sums.append(("1234566", 10, "Okänd"))
    content = bank.deposits(world.programme, sums, on=world.day)
    if world.files and world.choose(5) == 0:
        content = world.one_of(world.files)
    file = bank_deposits.take_in(world.programme, by=world.payer(), name="in.xml", content=content)
    world.files.append(content)
    return file


@on(Payment, "return")
def bring_back(world, row):
    """Now and then for a reason that stops the account."""
    code = world.one_of(["", "", "AC04"])
    return payment_returns.bring_back(row, by=world.payer(), on=world.day, reason="Åter.", code=code)


@on(AccountStop)
def verify_anew(world, stop):
    seen = {"disburser": world.programme.disburser, "evidence": f"Registret {world.choose(10**6)}"}
    return payment_accounts.verify_anew(stop.account, by=world.payer(), **seen)


@on(BankFileLine)
def settle_line(world, line):
    """Booked on a claim whatever it says, taken back, or said to be one of the other things."""
    claim = world.row(RepaymentClaim, "close")
    if claim and world.choose(1):
        return bank_lines.book_on(line, by=world.payer(), claim=claim)
    how = world.one_of(["sent_back", "credited", "by_hand", "not_ours"])
    return bank_lines.say(line, by=world.payer(), how=how, note="Utredd.", evidence="Kvitto")


@on(BankFileLine)
def bank_takes_back(world, line):
    """The bank takes back what it had told of, under the same name."""
    content = bank.deposits(world.programme, [(line.reference, line.amount, line.payer)], on=world.day)
    content = re.sub(b"<AcctSvcrRef>[^<]*", b"<AcctSvcrRef>" + line.bank_reference.encode(), content)
    content = content.replace(b"<CdtDbtInd>CRDT", b"<CdtDbtInd>DBIT").replace(
        b"<Sts>", b"<RvslInd>true</RvslInd><Sts>"
    )
    return bank_deposits.take_in(world.programme, by=world.payer(), name="ut.xml", content=content)


@on(ProgrammeYear)
def enter_bank_details(world, _year):
    number = world.one_of(GIROS)
    return bank_details.enter(
        world.programme, by=world.payer(), debit_giro="bankgiro", debit_number=number, org_nr=ORG_NR
    )


@on(BankDetails)
def confirm_bank_details(world, details):
    return bank_details.confirm(details, by=world.payer())


@on(Tranche)
def declare_conflict(world, tranche):
    person = world.one_of([world.official, world.decider, world.payer])()
    return conflicts.declare(person, by=person, actor=tranche.holder, reason="Släkt.")


@on(ConflictOfInterest)
def lift_conflict(world, conflict):
    return conflicts.lift(conflict, by=world.decider(), lift_reason="Prövat.")


@on(Payment, "release")
def all_at_once(world, _payment):
    """The whole way to the bank in a day, where everybody is at work."""
    names = ("release", "export", "hand_out", "answer_from_bank")
    done = [ACTS[name](world) for name in names]
    return all(done)


# What moves the money on is drawn more often than what takes it back.
OFTEN = ("prepare", "grant", "write", "submit", "approve", "verify_account", "release", "export", "confirm")
AFTER = (
    "accept_account",
    "accept_account",
    "receive",
    "deposits_from_bank",
    "answer_from_bank",
    "hand_out",
    "confirm_bank_details",
    "confirm_budget",
)
# What few histories come to by themselves
SELDOM = (
    "lift_conflict",
    "receive",
    "bank_takes_back",
    "decide_recovery",
    "deposits_from_bank",
    "verify_anew",
)
DRAWN = (
    *ACTS,
    *OFTEN,
    *OFTEN,
    *AFTER,
    *AFTER,
    "confirm_bank_details",
    "settle_line",
    "register_budget",
    "confirm_budget",
    "reverse",
    "reverse",
    "decide_recovery",
)
