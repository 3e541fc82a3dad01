"""What the trail told of a row besides its status and its sums: which account, which day, who, which bytes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

from django.db.models import Model, Q, QuerySet

from grants.events.bank_details import BankDetailsConfirmed
from grants.events.bank_file import BankFileAnswerTakenIn, BankFileDepositsTakenIn
from grants.events.budget_decision import BudgetDecisionConfirmed
from grants.events.payment import PaymentConfirmed, PaymentReleased
from grants.events.payment_account import AccountEntered, AccountVerified
from grants.events.payment_batch import BatchCreated, BatchFileHandedOut, BatchFileHandedOutAgain
from grants.events.repayment_claim import (
    ClaimDeferred,
    ClaimOpened,
)
from grants.events.requisition import RequisitionApproved
from grants.events.tranche import TrancheAccountAccepted, TrancheGranted
from grants.models import (
    BankDetails,
    BankFile,
    BudgetDecision,
    Payment,
    PaymentAccount,
    PaymentBatch,
    RepaymentClaim,
    Requisition,
    Tranche,
)
from records.happened import KNOWN, Happened
from records.models import Event

from .proof_difference import Difference

if TYPE_CHECKING:
    from actors.subject import Subject
    from grants.models import ClaimEntry, ClaimInterest
    from programmes.models import Programme


Entry = tuple[str, date | None, Decimal]  # of a claim: its kind, its day and its amount
M = TypeVar("M", bound=Model)


class Told(Protocol):
    """A row that the trail tells of."""

    def get_absolute_url(self) -> str: ...

    def subject(self) -> Subject: ...


@dataclass(frozen=True)
class Fact:
    """What the last of the events told, and where the row says the same. A row that says nothing is not asked.

    `told` may be None: an older event that did not tell it yet.
    """

    what: str
    told_by: tuple[type[Happened], ...]
    said: Callable[[Any], object]  # of a row of whichever model
    told: Callable[[Event], object]


def by(event: Event) -> int:
    return event.by_key


def day(event: Event) -> date | None:
    return event.effective_on


def fact(name: str) -> Callable[[Event], object]:
    return lambda event: event.facts.get(name)


def due(event: Event) -> date:
    return date.fromisoformat(event.facts["due"])


def _account(row: Payment) -> str | None:
    return str(row.account) if row.account_id else None


def _verified(row: PaymentAccount) -> str | None:
    return str(row) if row.is_verified else None


FACTS: dict[type[Model], tuple[Fact, ...]] = {
    Tranche: (
        Fact("den som beviljade", (TrancheGranted,), lambda row: row.granted_by_id, by),
        Fact("dagen för beslutet", (TrancheGranted,), lambda row: row.granted_on, day),
        Fact("den som godtog redovisningen", (TrancheAccountAccepted,), lambda row: row.used_by_id, by),
    ),
    Requisition: (
        Fact("den som attesterade", (RequisitionApproved,), lambda row: row.approved_by_id, by),
        Fact("dagen för attesten", (RequisitionApproved,), lambda row: row.approved_on, day),
    ),
    Payment: (
        Fact("kontot", (PaymentReleased,), _account, fact("account")),
        Fact("den som utanordnade", (PaymentReleased,), lambda row: row.released_by_id, by),
        Fact("den som bekräftade", (PaymentConfirmed,), lambda row: row.confirmed_by_id, by),
        Fact("valutadagen", (PaymentConfirmed,), lambda row: row.value_date, day),
        Fact("underlaget", (PaymentConfirmed,), lambda row: row.evidence or None, fact("evidence")),
    ),
    PaymentAccount: (
        Fact("numret", (AccountEntered,), str, fact("account")),
        Fact("den som angav det", (AccountEntered,), lambda row: row.entered_by_id, by),
        Fact("kontrollen", (AccountVerified,), _verified, fact("account")),
        Fact("den som kontrollerade", (AccountVerified,), lambda row: row.verified_by_id, by),
    ),
    BankDetails: (
        Fact("den som bekräftade", (BankDetailsConfirmed,), lambda row: row.confirmed_by_id, by),
        Fact(
            "numret",
            (BankDetailsConfirmed,),
            lambda row: row.debit_number if row.is_confirmed else None,
            fact("account"),
        ),
    ),
    BudgetDecision: (
        Fact("den som bekräftade", (BudgetDecisionConfirmed,), lambda row: row.confirmed_by_id, by),
    ),
    RepaymentClaim: (Fact("sista dagen", (ClaimOpened, ClaimDeferred), lambda row: row.due, due),),
    PaymentBatch: (
        Fact("filen", (BatchCreated,), lambda row: row.sha256 or None, fact("sha256")),
        Fact(
            "den utlämnade filen",
            (BatchFileHandedOut, BatchFileHandedOutAgain),
            lambda row: row.sha256 if row.handed_out_by_id else None,
            fact("sha256"),
        ),
    ),
    BankFile: (
        Fact(
            "filen",
            (BankFileAnswerTakenIn, BankFileDepositsTakenIn),
            lambda row: row.sha256,
            fact("sha256"),
        ),
    ),
}


WHERE: dict[
    type[Model], tuple[str, ...]
] = {  # how each is found from the programme, and what is read with it
    Tranche: ("place__programme", "assignment__holder", "year", "place"),
    Requisition: ("tranche__place__programme", "tranche__year", "tranche__assignment__holder"),
    Payment: (
        "requisition__tranche__place__programme",
        "account",
        "requisition__tranche__assignment__holder",
        "requisition__tranche__year",
    ),
    RepaymentClaim: ("tranche__place__programme", "tranche__year", "tranche__assignment__holder"),
    BudgetDecision: ("year__programme", "year"),
    BankDetails: ("programme", "programme__disburser"),
    PaymentBatch: ("programme",),
    BankFile: ("programme",),
}


def _rows(model: type[M], programme: Programme) -> QuerySet[M]:
    if model is PaymentAccount:
        theirs = Q(actor__assignments__place__programme=programme) | Q(actor=programme.disburser)
        return model._default_manager.filter(theirs).select_related("actor").distinct()
    path, *read = WHERE[model]
    rows = model._default_manager.filter(**{path: programme}).select_related(*read)
    if model is RepaymentClaim:
        return rows.prefetch_related("entries", "interest")
    return rows.defer("content") if model in (PaymentBatch, BankFile) else rows


def compare(programme: Programme) -> tuple[int, list[Difference]]:
    """(number compared, a Difference for each fact that is another than the trail told)."""
    last, holders, entries = _told(programme)
    compared, found = 0, []
    for model, facts in FACTS.items():
        for row in _rows(model, programme):
            compared += len(facts)
            found += [one for fact in facts if (one := _difference(fact, cast("Told", row), last))]
    for row in _rows(Tranche, programme):
        if holders.get(row.subject().key) not in (None, row.holder.code):
            found.append(_unlike(row, "den som håller platsen"))
    for row in _rows(RepaymentClaim, programme):
        if entries[row.subject().key] != _entries(row):
            found.append(_unlike(row, "inbetalningarna, eftergifterna eller räntan"))
    return compared, found


def _told(
    programme: Programme,
) -> tuple[dict[tuple[str, str], Event], dict[str, str], dict[str, Counter[Entry]]]:
    """({(verb, key): the last event}, {tranche's key: holder}, {claim's key: its entries}) as the trail has them."""
    last: dict[tuple[str, str], Event] = {}
    holders: dict[str, str] = {}
    entries: dict[str, Counter[Entry]] = defaultdict(Counter)
    rows = Event.objects.filter(Q(programme=programme.code) | Q(programme="")).order_by("pk")
    for event in rows.only("verb", "key", "holder", "by_key", "effective_on", "facts").iterator():
        last[event.verb, event.key] = event
        happened = KNOWN.get(event.verb)
        if happened and happened.tells_whose:
            holders[event.key] = event.holder
        if happened and happened.entry:
            kind, sign = happened.entry
            amount = sign * Decimal(event.facts["amount"])
            told = (event.facts.get("kind") or kind, event.effective_on, amount)
            entries[event.key][told] += 1
    return last, holders, entries


def _entries(claim: RepaymentClaim) -> Counter[Entry]:
    rows: list[ClaimEntry | ClaimInterest] = [*claim.entries.all(), *claim.interest.all()]
    return Counter((row.kind, row.on, row.amount) for row in rows)


def _difference(fact: Fact, row: Told, last: Mapping[tuple[str, str], Event]) -> Difference | None:
    said = fact.said(row)
    if said is None:
        return None
    key = row.subject().key
    events = [event for kind in fact.told_by if (event := last.get((kind.verb, key)))]
    if not events:
        return _unlike(row, fact.what, "som inte säger något om det")
    told = fact.told(max(events, key=lambda event: event.pk))
    return _unlike(row, fact.what) if told not in (None, said) else None


def _unlike(row: Told, what: str, but: str = "som säger något annat") -> Difference:
    return Difference(str(row), row.get_absolute_url(), f"{what} stämmer inte med händelseloggen, {but}.")
