"""What an ended year's money is charged to: decided on paper, by another person than who pays it."""

from typing import cast

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from actors.models import User
from digikoord.lib import clock, locks
from digikoord.lib.constraints import save
from digikoord.lib.papers import Paper
from digikoord.lib.verdict import Refused
from duties.actions import obligations
from duties.actions.obligations import owe
from duties.models import Obligation
from records.actions import audit, papers
from records.models import Document

from .. import charging, permissions
from ..events.tranche import TrancheCharged
from ..lifecycle import payment, requisition
from ..lifecycle.tranche import Status
from ..models import Payment, Tranche, YearCharge
from ..models.tranche import TrancheQuerySet

KIND = "charge"


@transaction.atomic
def decide(
    tranche: Tranche, *, by: User, budget_year: int, appropriation: str, reason: str, paper: Paper
) -> YearCharge:
    """Name the appropriation and the budget year that the money is charged to, with the paper that says so."""
    tranche = Tranche.objects.locked(tranche)
    permissions.can_charge(by, tranche).require()
    charging.is_chargeable(tranche).require()
    if budget_year not in charging.chargeable_years(tranche):
        raise Refused(f"{budget_year} är inget budgetår som saknar beslut.", field="budget_year")
    document = cast("Document", papers.keep(paper, by=by))
    row = YearCharge(
        tranche=tranche, budget_year=budget_year, appropriation=appropriation.strip(), reason=reason
    )
    row.document, row.decided_by, row.decided_on = document, by, clock.today()
    save(row)
    audit.record(
        TrancheCharged(
            budget_year=budget_year, appropriation=row.appropriation, sha256=document.sha256, reason=reason
        ),
        tranche,
        by=by,
    )
    obligations.close(KIND, tranche)
    look(tranche)  # another year may wait for its own
    return row


@locks.part_of_act
def look(tranche: Tranche) -> bool:
    """Open or end the duty to decide what the tranche's money is charged to. Whether it waits."""
    waits = _waiting().filter(pk=tranche.pk).exists()
    if waits:
        owe(KIND, tranche, due=obligations.day_of(KIND, tranche))
    else:
        obligations.void(KIND, tranche, "Inget väntar på att betalas efter årets slut.")
    return waits


def _waiting() -> TrancheQuerySet:
    """The tranches of ended years whose money waits to be granted or paid, or has been paid, with no such decision."""
    now = clock.today().year
    under_way = Q(requisitions__status__in=requisition.UNDER_WAY) | Q(
        requisitions__payments__status__in=payment.UNDER_WAY
    )
    unpaid = Q(year__year__lt=now) & (Q(status=Status.PREPARED) | under_way)
    lacks = ~Q(pk__in=YearCharge.objects.filter(budget_year=now).values("tranche"))
    of = "requisition__tranche"
    told = YearCharge.objects.filter(tranche=OuterRef(of), budget_year=OuterRef("charged_year"))
    paid = Payment.objects.filter(~Exists(told), charged_year__gt=F(f"{of}__year__year"))
    rows = Tranche.objects.filter(year__programme__ended_on__isnull=True)
    return rows.filter(unpaid & lacks | Q(pk__in=paid.values(of))).distinct()


def open_duties() -> int:
    """Open and end the duties of the night: a year may have ended. Returns how many tranches wait."""
    owed = Obligation.objects.open().filter(kind=KIND).values_list("key", flat=True)
    keys = {int(key.split(":")[1]) for key in owed} | set(_waiting().values_list("pk", flat=True))
    return sum(look_at(row) for row in Tranche.objects.filter(pk__in=keys).order_by("year", "place", "pk"))


@transaction.atomic
def look_at(tranche: Tranche) -> bool:
    """Look at one tranche. Whether it waits."""
    return look(Tranche.objects.locked(tranche))
