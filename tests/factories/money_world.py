"""A small world of money for random histories: three places, two years of which one is conditional, many people.

Every act is one function of the world; which row, who and how much is drawn. An act may be refused, in words.
"""

import datetime
from decimal import Decimal

from access.actions import memberships
from actors.models import User
from actors.roles import Role
from digikoord.lib.clock import standing_at
from digikoord.lib.papers import Paper, Type
from grants.actions import (
    budget_decisions,
    charges,
    claims,
    payment_accounts,
    payments,
    recoveries,
    requisitions,
    settlements,
    tranches,
)
from grants.models import (
    AccountLine,
    BudgetDecision,
    ClaimEntry,
    Payment,
    PaymentAccount,
    ProgrammeYear,
    Recovery,
    RepaymentClaim,
    Requisition,
    Tranche,
)
from programmes.models import Programme

from . import at
from . import walk as walks
from .bank_notices import own_account

BEGINS, FIRST_DAY = datetime.date(2022, 2, 1), datetime.date(2022, 5, 2)
GIROS = ("5052-5781", "5050-1055", "160-9908")
TRIES = 6
STATE_ROLES = (Role.OFFICIAL, Role.DECISION_MAKER, Role.PAYER)
PARENTS = {
    Tranche: ("year__programme", "place__programme", "assignment__holder"),
    Requisition: ("tranche__year", "tranche__place__programme", "tranche__assignment__holder"),
    Payment: ("requisition__tranche__year", "requisition__tranche__place__programme"),
    RepaymentClaim: ("tranche__year", "tranche__place__programme"),
}


def begin(file):
    """One place paid for the first year, one with an approved requisition, one undecided."""
    walk = walks.begin(file, BEGINS)
    with standing_at(FIRST_DAY):
        for role in STATE_ROLES:  # one person who may do everything, alone
            memberships.invite(
                walk.programme.ministry, email="allt@departement.example", name="Alla Roller", role=role
            )
        rows = walk.tranches(2022)
        for row in rows[:2]:
            tranches.prepare(row, by=walk.official(), amount=row.ceiling)
            granted = tranches.grant(Tranche.objects.get(pk=row.pk), by=walk.decider())
            asked = requisitions.write(granted, by=walk.signatory(row.holder), amount=granted.amount / 2)
            asked = requisitions.submit(asked, by=walk.signatory(row.holder))
            requisitions.approve(asked, by=walk.official(2))
            at.verified_account(walk, row.holder)
        own_account(walk)
        paid = Payment.objects.order_by("pk")[0]
        payments.release(paid, by=walk.payer(2))
        at.bank_details(walk)
        payments.export(walk.programme, by=walk.payer(2), payments=[Payment.objects.get(pk=paid.pk)])
        fresh = Payment.objects.get(pk=paid.pk)
        payments.confirm(fresh, by=walk.payer(3), value_date=FIRST_DAY, evidence="Kontoutdrag 1")
    for which in (1, 2, 3):  # so that nobody is made in the middle of a history
        walk.official(which), walk.decider(which), walk.payer(which)
    return walk


class World:
    """`choose(n)` draws a whole number from 0 to n; `day` is the day the history has come to."""

    def __init__(self, walk):
        self.walk, self.programme = walk, Programme.objects.get(pk=walk.programme.pk)
        self.day, self.choose, self.files = FIRST_DAY, None, []

    def one_of(self, options):
        return options[self.choose(len(options) - 1)]

    def row(self, model, move=None):
        """A row, most often one from which the move can start; None where there are none."""
        rows = list(model.objects.select_related(*PARENTS.get(model, ())).order_by("pk"))
        ready = [row for row in rows if move and row.can(move)]
        return self.one_of(ready if ready and self.choose(9) else rows) if rows else None

    def official(self):
        return self._person(self.walk.official)

    def decider(self):
        return self._person(self.walk.decider)

    def payer(self):
        return self._person(self.walk.payer)

    def _person(self, role):
        """The right role most often, sometimes the one who has them all, sometimes a stranger."""
        match self.choose(19):
            case 0:
                return User.objects.get(email="allt@departement.example")
            case 1:
                return self.one_of([self.walk.official, self.walk.decider, self.walk.payer])(1)
        return role(1 + self.choose(2))

    def signatory(self, holder):
        return self.walk.signatory(holder) if self.choose(9) else self.official()

    def amount(self, most):
        """All, half, an öre, nothing, or more than there is."""
        most = Decimal(most or 0)
        half = (most / 2).quantize(Decimal("0.01"))
        return self.one_of([most, most, most, most, half, Decimal("0.01"), Decimal(0), most + 1])

    def likely(self, name):
        """The act of the name, or most often another where no row stands ready for it."""
        for _ in range(TRIES):
            model, move = READY.get(name, (None, None))
            if move is None or self.choose(9) == 0 or any(row.can(move) for row in model.objects.all()):
                return name
            name = self.one_of([other for other, (_, moved) in READY.items() if moved])
        return name

    def act(self, name):
        """Carry out the act of the name. Gives its result, or None where there was nothing to do it to."""
        with standing_at(self.day):
            return ACTS[name](self)


def on(model, move=None):
    """An act on a row: the function meets the world and the row."""

    def known(function):
        def act(world):
            row = world.row(model, move)
            return function(world, row) if row else None

        ACTS[function.__name__] = act
        READY[function.__name__] = (model, move)
        return function

    return known


ACTS, READY = {}, {}


@on(ProgrammeYear)
def time_passes(world, _year):
    world.day += datetime.timedelta(days=world.one_of([1, 7, 45]))
    return world.day


@on(ProgrammeYear)
def register_budget(world, year):
    outcome = world.one_of(["as_proposed", "as_proposed", "changed", "rejected"])
    ceiling = world.amount(200_000) if outcome == "changed" else None
    return budget_decisions.register(
        year,
        by=world.official(),
        kind=world.one_of(["frame", "appropriation", "amending"]),
        outcome=outcome,
        recipient_ceiling=ceiling,
        proposition="2022/23:1",
        expenditure_area="utg.omr. 22",
        committee_report="2022/23:TU1",
        riksdag_letter="2022/23:109",
        decided_on=world.day - datetime.timedelta(days=world.choose(9)),
    )


@on(BudgetDecision, "confirm")
def confirm_budget(world, row):
    return budget_decisions.confirm(row, by=world.decider())


@on(Tranche, "prepare")
def prepare(world, row):
    return tranches.prepare(row, by=world.official(), amount=world.amount(row.ceiling))


@on(Tranche, "grant")
def grant(world, row):
    return tranches.grant(row, by=world.decider())


@on(Tranche, "send_back")
def send_back(world, row):
    return tranches.send_back(row, by=world.decider(), reason="Annat belopp.")


@on(Tranche, "reopen")
def reopen(world, row):
    return tranches.reopen(row, by=world.decider(), reason="Fel belopp.")


@on(Tranche, "close")
def close(world, row):
    return tranches.close(row, by=world.official(), reason="Rekvirerades aldrig.")


@on(Tranche)
def charge(world, row):
    """What an ended year's money is charged to, now."""
    told = {"budget_year": world.day.year, "appropriation": "1:1", "reason": "Betalas efter årets slut."}
    return charges.decide(row, by=world.decider(), paper=Paper("beslut.pdf", Type.PDF, b"%PDF"), **told)


@on(Tranche, "close")
def write(world, row):
    return requisitions.write(row, by=world.signatory(row.holder), amount=world.amount(row.amount))


@on(Requisition, "submit")
def submit(world, row):
    amount = world.one_of([None, None, world.amount(row.amount)])
    return requisitions.submit(row, by=world.signatory(row.tranche.holder), amount=amount)


@on(Requisition, "return")
def return_(world, row):
    return requisitions.return_(row, by=world.official(), reason="Ange er referens.")


@on(Requisition, "withdraw")
def withdraw(world, row):
    return requisitions.withdraw(row, by=world.signatory(row.tranche.holder))


@on(Requisition, "approve")
def approve(world, row):
    return requisitions.approve(row, by=world.official())


@on(Requisition, "cancel")
def cancel_requisition(world, row):
    return requisitions.cancel(row, by=world.official(), reason="Ångrad.")


@on(Tranche)
def enter_account(world, row):
    holder = row.holder
    return payment_accounts.enter(
        holder, by=world.signatory(holder), giro="bankgiro", number=world.one_of(GIROS)
    )


@on(PaymentAccount, "verify")
def verify_account(world, row):
    disburser = world.programme.disburser
    return payment_accounts.verify(row, by=world.payer(), disburser=disburser, evidence="Registret")


@on(Payment, "release")
def release(world, row):
    return payments.release(row, by=world.payer())


@on(Payment, "hold")
def hold(world, row):
    return payments.hold(row, by=world.payer(), reason="Kontrolleras.")


@on(Payment, "export")
def export(world, row):
    rows = [row, row] if world.choose(9) == 0 else [row]
    return payments.export(world.programme, by=world.payer(), payments=rows)


@on(Payment, "accept")
def accept(world, row):
    return payments.accept(row, by=world.payer())


@on(Payment, "confirm")
def confirm(world, row):
    return payments.confirm(row, by=world.payer(), value_date=world.day, evidence="Kontoutdrag")


@on(Payment, "fail")
def fail(world, row):
    return payments.fail(row, by=world.payer(), reason="Kontot är avslutat.")


@on(Payment, "correct")
def correct(world, row):
    return payments.correct(row, by=world.official(), reason="Nytt försök.")


@on(Payment, "cancel")
def cancel_payment(world, row):
    return payments.cancel(row, by=world.official(), reason="Skulle inte ha gjorts.")


@on(Tranche, "close")
def accept_account(world, row):
    paid = sum(one.amount for one in Payment.objects.filter(requisition__tranche=row, status="paid"))
    used = world.amount(paid)
    line = AccountLine(code="salaries", name="Löner", reported=paid, accepted=used, reason="Enligt underlag.")
    return settlements.accept_account(row, by=world.payer(), lines=[line])


@on(RepaymentClaim, "close")
def receive(world, row):
    return settlements.receive(row, by=world.payer(), amount=world.amount(row.outstanding), on=world.day)


@on(RepaymentClaim, "close")
def waive(world, row):
    basis = "förordning (1993:1138) 7 §"
    return settlements.waive(row, by=world.decider(), amount=world.amount(row.outstanding), legal_basis=basis)


@on(RepaymentClaim, "adjust")
def adjust(world, row):
    return claims.adjust(row, by=world.payer(), amount=world.amount(row.amount), reason="Nytt underlag.")


@on(ClaimEntry)
def reverse(world, row):
    return settlements.reverse(row, by=world.payer(), reason="Fel krav.")


@on(Tranche, "unsettle")
def open_recovery(world, row):
    return recoveries.open_(
        row,
        by=world.official(),
        breach="Medlen har använts till annat.",
        amount=world.amount(row.used),
        legal_basis="Regeringens beslut, villkor 3",
        answer_due=world.day + datetime.timedelta(days=1),
    )


@on(Recovery, "answer")
def answer_recovery(world, row):
    return recoveries.answer(row, by=world.signatory(row.tranche.holder), text="Det stämmer inte.")


@on(Recovery, "note_silence")
def note_silence(world, row):
    return recoveries.note_silence(row, by=world.official())


@on(Recovery, "decide")
def decide_recovery(world, row):
    amount = world.amount(row.amount)
    due = world.day + datetime.timedelta(days=30)
    return recoveries.decide(row, by=world.decider(), amount=amount, reasons="Bristerna kvarstår.", due=due)
