"""Whom a matter concerns, one actor or several: the table that every permission of those who handle and decide asks.

Each kind of matter has its line here, or in reporting/concerned.py. A matter of a kind that has none is refused by an error,
never taken for nobody's: whoever adds a kind of matter says whom it concerns.

What singles nobody out concerns nobody [D]: a programme or a year as a whole, and what is decided alike for every actor.
What names actors, one by one or because a part of the programme has only one, concerns them all.
"""

from collections.abc import Iterable
from typing import cast

from actors.concerned import NOBODY, concerned, of
from actors.models import Actor, Succession
from duties.models import Extension, Obligation
from programmes.models import Programme

from .models import (
    AccountLine,
    AccountStop,
    AccountVerification,
    Amendment,
    Assignment,
    BankDetails,
    BankFile,
    BankFileLine,
    BudgetAmount,
    BudgetDecision,
    ClaimDeferral,
    ClaimEntry,
    ClaimInterest,
    Coordinator,
    GovernmentDecision,
    Payment,
    PaymentAccount,
    PaymentBatch,
    PaymentBatchLine,
    PaymentReturn,
    PaymentStep,
    Place,
    ProgrammeYear,
    ReceiptCredit,
    Recovery,
    RepaymentClaim,
    Requisition,
    Signature,
    Tranche,
    YearCharge,
)
from .models.amendment import AmendmentKind as Change


def _ids(rows: Iterable[int]) -> frozenset[int]:
    return frozenset(rows)


# A whole programme


@of(Programme, ProgrammeYear)
def _nobody(matter: Programme | ProgrammeYear) -> frozenset[int]:
    return NOBODY


# One actor


@of(Actor)
def _itself(actor: Actor) -> frozenset[int]:
    return frozenset([actor.pk])


@of(Assignment)
def _holder(assignment: Assignment) -> frozenset[int]:
    return frozenset([assignment.holder_id])


@of(Signature, Coordinator, Tranche)
def _of_assignment(row: Signature | Coordinator | Tranche) -> frozenset[int]:
    return concerned(row.assignment)


@of(Requisition, RepaymentClaim, Recovery, AccountLine, YearCharge)
def _of_tranche(row: Requisition | RepaymentClaim | Recovery | AccountLine | YearCharge) -> frozenset[int]:
    return concerned(row.tranche)


@of(Payment)
def _of_requisition(payment: Payment) -> frozenset[int]:
    return concerned(payment.requisition)


@of(PaymentReturn, PaymentStep)
def _of_payment(row: PaymentReturn | PaymentStep) -> frozenset[int]:
    return concerned(row.payment)


@of(ClaimEntry, ClaimInterest, ClaimDeferral)
def _of_claim(row: ClaimEntry | ClaimInterest | ClaimDeferral) -> frozenset[int]:
    return concerned(row.claim)


@of(ReceiptCredit)
def _of_entry(row: ReceiptCredit) -> frozenset[int]:
    return concerned(row.entry)


@of(PaymentAccount)
def _its_actor(account: PaymentAccount) -> frozenset[int]:
    return frozenset([account.actor_id])


@of(AccountStop, AccountVerification)
def _of_account(row: AccountStop | AccountVerification) -> frozenset[int]:
    return concerned(row.account)


@of(BankDetails)
def _who_pays(details: BankDetails) -> frozenset[int]:
    return frozenset([details.programme.disburser_id])


@of(Obligation)
def _debtor(duty: Obligation) -> frozenset[int]:
    return frozenset([duty.debtor_id])


@of(Extension)
def _whose_day(extension: Extension) -> frozenset[int]:
    return concerned(extension.obligation)


@of(Place)
def _whoever_holds_it(place: Place) -> frozenset[int]:
    return _ids(place.assignments.live().values_list("holder", flat=True))


# Several


@of(Succession)
def _both(succession: Succession) -> frozenset[int]:
    return frozenset([succession.predecessor_id, succession.successor_id])


@of(GovernmentDecision)
def _named_in_it(decision: GovernmentDecision) -> frozenset[int]:
    """Whom it gives assignments and offers, and whom its changes name."""
    given = _ids(decision.assignments.values_list("holder", flat=True))
    changes = decision.amendments.select_related("decision__programme", "place")
    return given.union(*(concerned(row) for row in changes))


@of(Amendment)
def _named_by_the_change(change: Amendment) -> frozenset[int]:
    match change.kind:
        case Change.OFFER:
            return frozenset([cast("int", change.actor_id)])
        case Change.CEILING if change.place_id:
            return _of_year(change.year_id, change.place_id) | concerned(change.place)
        case Change.CEILING:
            return only_one(change.decision.programme, change.part)
    return NOBODY  # a day is the same for every actor


@of(BudgetDecision)
def _given_by_name(decision: BudgetDecision) -> frozenset[int]:
    """The Riksdag's decision names actors where it goes amount by amount; a cut in percent is alike for all."""
    named = NOBODY
    if decision.by_amount and decision.percent is None:
        for place in decision.amounts.values_list("place", flat=True):
            named |= _of_year(decision.year_id, place)
    for part, ceiling in (
        ("recipient", decision.recipient_ceiling),
        ("secretariat", decision.secretariat_ceiling),
    ):
        if ceiling is not None:
            named |= only_one(decision.programme, part)
    return named


@of(BudgetAmount)
def _given_this(amount: BudgetAmount) -> frozenset[int]:
    return _of_year(amount.decision.year_id, amount.place_id)


def _of_year(year: int | None, place: int) -> frozenset[int]:
    rows = Tranche.objects.filter(year=year, place=place)
    return _ids(rows.values_list("assignment__holder", flat=True))


def only_one(programme: Programme, part: str) -> frozenset[int]:
    """The holder of the part's only place: what is decided for each of one is decided for that one."""
    places = programme.places.filter(part=part)
    if places.count() > 1:
        return NOBODY
    return NOBODY.union(*(concerned(place) for place in places))


# The bank's lists and files


@of(PaymentBatch)
def _on_the_list(batch: PaymentBatch) -> frozenset[int]:
    """Everybody who is paid by the list, and was: a payment made anew has left it, its line has not."""
    return _ids(batch.lines.values_list("payment__requisition__tranche__assignment__holder", flat=True))


@of(PaymentBatchLine)
def _on_the_line(line: PaymentBatchLine) -> frozenset[int]:
    return concerned(line.payment)


@of(BankFile)
def _in_the_file(file: BankFile) -> frozenset[int]:
    rows = file.lines.select_related(
        "payment__requisition__tranche__assignment", "entry__claim__tranche__assignment"
    )
    found = NOBODY.union(*(concerned(line) for line in rows))
    return found | (concerned(file.batch) if file.batch else NOBODY)


@of(BankFileLine)
def _told_of(line: BankFileLine) -> frozenset[int]:
    """Whose payment or claim it is; nobody's as long as it has been matched with none."""
    paid = concerned(line.payment) if line.payment else NOBODY
    return paid | (concerned(line.entry) if line.entry else NOBODY)
