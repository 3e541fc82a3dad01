"""The Riksdag's decision on a year: registered by one, confirmed by another, carried out at once."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, cast

from django.db import transaction

from actors.models import User
from digikoord.lib import clock, lifecycle
from digikoord.lib.constraints import save
from digikoord.lib.papers import Paper
from digikoord.lib.verdict import ALLOWED, Refused, Verdict, refused
from duties.actions import obligations
from duties.actions.obligations import owe
from duties.models import Obligation
from records.actions import audit, papers, registrations
from records.models import Direction

from .. import permissions
from ..events.budget_decision import (
    BudgetDecisionConfirmed,
    BudgetDecisionRegistered,
    BudgetDecisionWithdrawn,
)
from ..events.tranche import (
    TrancheCeilingChanged,
    TrancheReleased,
    TrancheReopened,
    TrancheRestored,
    TrancheSentBack,
)
from ..models import BudgetAmount, BudgetDecision, Place, ProgrammeYear, Tranche
from ..models.budget_decision import BudgetDecisionQuerySet, BudgetKind, years_awaiting
from . import budget_effects, requisition_drafts, tranche_changes, tranches
from .budget_effects import effects
from .effects import require_seen


@transaction.atomic
def register(
    year: ProgrammeYear,
    *,
    by: User,
    paper: Paper | None = None,
    amounts: Mapping[Place, Decimal] | None = None,
    **decision: Any,  # the fields of BudgetDecision
) -> BudgetDecision:
    """Register a decision; the fields are those of BudgetDecision. Nothing happens until confirmed.

    amounts  {Place: kronor} where it goes amount by amount; the others keep what the government decided. A cut in
             `percent` gives them itself
    """
    year = ProgrammeYear.objects.select_for_update(of=("self",)).get(pk=year.pk)
    permissions.can_register_budget(by, year.programme).require()
    permissions.is_conditional(year).require()
    if decision["decided_on"] > clock.today():
        raise Refused("Beslutsdagen kan inte ligga i framtiden.")
    row = BudgetDecision(year=year, registered_by=by, registered_on=clock.today(), **decision)
    if row.percent is not None:
        amounts = budget_effects.cut(year, row.percent, whole_kronor=cast("bool", row.whole_kronor))
    row.by_amount = amounts is not None
    save(row)
    _keep_amounts(row, amounts or {}, by)
    permissions.can_register_budget(by, row).require()
    budget_effects.is_no_rise(row).require()
    budget_effects.is_within(row, effects(row)).require()
    audit.record(
        BudgetDecisionRegistered(citation=row.citation, kind=row.kind, outcome=row.outcome),
        row,
        by=by,
    )
    if row.kind != BudgetKind.FRAME:
        obligations.close("register_budget", year)
    owe("confirm_budget", row)
    title = f"Riksdagens skrivelse {row.riksdag_letter} om medel för {row.year}"
    document = papers.keep(paper, by=by)
    registrations.register(
        row, by=by, direction=Direction.IN, party="Riksdagen", title=title, document=document
    )
    return row


def _keep_amounts(row: BudgetDecision, amounts: Mapping[Place, Decimal], by: User) -> None:
    found = [BudgetAmount(decision=row, place=place, ceiling=ceiling) for place, ceiling in amounts.items()]
    if row.percent is None:
        permissions.can_register_amounts(by, found).require()
    for one in found:
        save(one)


@transaction.atomic
def withdraw(decision: BudgetDecision, *, by: User, reason: str) -> BudgetDecision:
    """Take back a wrongly registered decision that nobody has confirmed."""
    decision = BudgetDecision.objects.locked(decision)
    permissions.can_register_budget(by, decision).require()
    lifecycle.advance(decision, "withdraw")
    save(decision)
    audit.record(BudgetDecisionWithdrawn(reason=reason), decision, by=by)
    obligations.void("confirm_budget", decision, reason)
    open_duties()
    return decision


@transaction.atomic
def confirm(decision: BudgetDecision, *, by: User, seen: str | None = None) -> BudgetDecision:
    """Confirm, and carry out exactly the effects that the preview shows. `seen` is the seal of those that were read."""
    decision = BudgetDecision.objects.locked(decision)
    permissions.can_confirm_budget(by, decision).require()
    is_latest(decision).require()
    lifecycle.advance(decision, "confirm")
    planned = effects(decision)
    require_seen(planned, seen)
    budget_effects.is_within(decision, planned).require()
    decision.confirmed_by, decision.confirmed_on = by, clock.today()
    save(decision)
    audit.record(BudgetDecisionConfirmed(citation=decision.citation), decision, by=by)
    obligations.close("confirm_budget", decision)
    for effect in planned:
        _carry_out(effect, by)
    return decision


def is_latest(decision: BudgetDecision) -> Verdict:
    """A decision that the Riksdag has since replaced has nothing more to say of the year's money."""
    if decision.kind == BudgetKind.FRAME:
        return ALLOWED
    later = BudgetDecision.objects.deciding().filter(year=decision.year, decided_on__gt=decision.decided_on)
    found = later.last()
    return refused(f"Ett senare beslut är redan bekräftat: {found.citation}.") if found else ALLOWED


TOLD = {
    "release": TrancheReleased,
    "reopen": TrancheReopened,
    "send_back": TrancheSentBack,
    "restore": TrancheRestored,
}


def _tell(effect: budget_effects.AmountEffect, row: Tranche, before: Decimal, by: User) -> None:
    """The trail has the move and the amount, so that the day's state can be read from it."""
    if effect.move:
        told = TOLD[effect.move](
            reason="Riksdagens beslut om årets medel.", before=before, ceiling=row.ceiling, status=row.status
        )
        audit.record(told, row, by=by)
    if before != row.ceiling and effect.move != "release":
        audit.record(TrancheCeilingChanged(before=before, ceiling=row.ceiling), row, by=by)


def _carry_out(effect: budget_effects.AmountEffect, by: User) -> None:
    """Exactly what the effect says: what it says nothing of is not touched."""
    if effect.move == "cancel":
        tranches.cancel(cast("Tranche", effect.tranche), by=by, why="Riksdagen har inte anvisat medel.")
        return
    if not effect.sets:
        return
    row = Tranche.objects.locked(cast("Tranche", effect.tranche))
    before = row.ceiling
    budget_effects.given(row, effect.move, effect.ceiling)
    save(row)
    _tell(effect, row, before, by)
    if effect.move in budget_effects.FROM_GRANTED:
        requisition_drafts.fall_away(row, why=budget_effects.WHY_DRAFTS_FALL)
    tranches.void_decided(row)
    if tranche_changes.is_preparable(row):
        owe("prepare", row)


def open_duties() -> int:
    """Open the duty to register what the Riksdag decided, for each conditional year whose money still waits: the year
    before it, to be done when its costs begin. Safe to run every day."""
    coming = ProgrammeYear.objects.filter(
        conditional=True,
        year__lte=clock.today().year + 1,
        tranches__isnull=False,
        programme__ended_on__isnull=True,
    )
    rows = (
        coming.exclude(pk__in=_registered().values("year")).select_related("programme__ministry").distinct()
    )
    keys = Obligation.objects.open().filter(kind="register_budget").values_list("key", flat=True)
    known = set(keys)
    found = [row for row in years_awaiting(rows) if row.subject().key not in known]
    return sum(open_duty(year) for year in sorted(found, key=lambda row: row.pk))


@transaction.atomic
def open_duty(year: ProgrammeYear) -> bool:
    """Open the duty to register what the Riksdag decided for the year, unless somebody has just done it. Whether it did."""
    year = ProgrammeYear.objects.select_for_update(of=("self",)).select_related("programme").get(pk=year.pk)
    if not years_awaiting(ProgrammeYear.objects.filter(pk=year.pk)) or _registered().filter(year=year):
        return False
    owe("register_budget", year, due=year.costs_from)
    return True


def _registered() -> BudgetDecisionQuerySet:
    """What waits to be confirmed, but for a frame: it decides nothing alone."""
    return BudgetDecision.objects.filter(status="registered").exclude(kind=BudgetKind.FRAME)
