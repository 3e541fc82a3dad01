"""What the Riksdag's decision does to each of the year's amounts, said before it is done."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from functools import partial
from typing import cast

from digikoord.lib import lifecycle
from digikoord.lib.money import ORE, ZERO, kr
from digikoord.lib.verdict import ALLOWED, Verdict, refused

from ..lifecycle.assignment import LIVE
from ..lifecycle.tranche import Status
from ..models import BudgetDecision, Place, ProgrammeYear, Tranche
from ..models.budget_decision import BudgetKind, Outcome
from ..models.tranche import TrancheQuerySet
from . import requisition_drafts, tranche_changes
from .effects import Effect, change

# The moves that take an amount out of what can be requisitioned
FROM_GRANTED = ("cancel", "reopen")
WHY_DRAFTS_FALL = "Riksdagen har beslutat om årets medel."


@dataclass(frozen=True)
class AmountEffect(Effect):
    """What confirming does to one tranche: a lifecycle move, or None where it has none; and its ceiling afterwards."""

    tranche: Tranche | None = None
    move: str | None = None
    ceiling: Decimal = ZERO

    @property
    def new_ceiling(self) -> Decimal:
        """The place's ceiling of the year afterwards; a cancelled amount has none."""
        stays_cancelled = self.move is None and cast("Tranche", self.tranche).status == Status.CANCELLED
        return Decimal(0) if self.move == "cancel" or stays_cancelled else self.ceiling


def effects(decision: BudgetDecision) -> list[AmountEffect]:
    """What confirming the decision does to each of the year's tranches, in place order."""
    if decision.kind == BudgetKind.FRAME:
        return []
    return [_effect(row, decision) for row in amounts_of(decision.year)]


def drafts(planned: Iterable[AmountEffect]) -> list[Effect]:
    """The drafts that fall away with the amounts they ask for; the page does not tell of them."""
    touched = [one for one in planned if one.move in FROM_GRANTED]
    return [
        found
        for one in touched
        for found in requisition_drafts.effects(cast("Tranche", one.tranche), WHY_DRAFTS_FALL)
    ]


def _effect(row: Tranche, decision: BudgetDecision) -> AmountEffect:
    move, ceiling, sentence = _fate(row, decision)
    make = partial(given, move=move, ceiling=ceiling)
    after, sets = change(row, make)
    changes = bool(sets)
    return AmountEffect(
        f"Årsbelopp {row.year}",
        f"{row.place}, {row.holder}",
        tranche_changes.told(row),
        tranche_changes.told(after),
        sentence,
        key=row.subject().key,
        sets=sets,
        ends=tranche_changes.OF_AN_OPEN_YEAR
        if move == "cancel"
        else tranche_changes.OF_A_DECIDED_YEAR
        if changes
        else (),
        owes=("prepare",) if changes and tranche_changes.is_preparable(after) else (),
        tranche=row,
        move=move,
        ceiling=ceiling,
    )


def given(row: Tranche, move: str | None, ceiling: Decimal) -> None:
    """The row as the Riksdag's decision leaves it."""
    if move:
        lifecycle.advance(row, move)
    row.ceiling = ceiling
    if move and row.status == Status.OPEN:
        tranche_changes.forget(row)


def _fate(row: Tranche, decision: BudgetDecision) -> tuple[str | None, Decimal, str]:
    """(move, ceiling, sentence) of the amount."""
    ceiling = _new_ceiling(row, decision)
    if is_untouched(row):
        return None, row.ceiling, tranche_changes.why_untouched(row)
    if decision.outcome == Outcome.REJECTED or not ceiling:
        if row.status == Status.CANCELLED:
            return None, row.ceiling, "Redan inställt."
        return "cancel", row.ceiling, "Ställs in."
    if row.status == Status.CANCELLED:
        if row.assignment.status in LIVE:
            return "restore", ceiling, "Återställs."
        return None, row.ceiling, "Inställt: innehavaren deltar inte."
    if row.status == Status.CONDITIONAL:
        return "release", ceiling, "Frigörs."
    if ceiling == row.ceiling:
        return None, ceiling, "Oförändrat."
    if row.status == Status.PREPARED:
        return "send_back", ceiling, "Bereds på nytt med det nya beloppet."
    if row.status == Status.GRANTED:
        return "reopen", ceiling, "Beslutas på nytt med det nya beloppet."
    return None, ceiling, "Får det nya högsta beloppet."


def _new_ceiling(row: Tranche, decision: BudgetDecision) -> Decimal:
    """What the Riksdag gives, and never more than the government has decided."""
    given = decision.ceiling_of(row.place)
    return row.decided_ceiling if given is None else min(given, row.decided_ceiling)


def cut(year: ProgrammeYear, percent: Decimal, *, whole_kronor: bool) -> dict[Place, Decimal]:
    """{Place: kronor} of every amount of the year, cut by the percentage from what the government decided.

    Each is rounded down, to whole kronor or to the öre, so that together they are never more than what is left.
    """
    return {
        row.place: left_of(row.decided_ceiling, percent, whole_kronor=whole_kronor)
        for row in amounts_of(year)
    }


def left_of(ceiling: Decimal, percent: Decimal, *, whole_kronor: bool) -> Decimal:
    """What is left of the ceiling (kronor) after the cut, rounded down to whole kronor or to the öre."""
    unit = Decimal(1) if whole_kronor else ORE
    return (ceiling * (100 - Decimal(percent)) / 100).quantize(unit, ROUND_DOWN).quantize(ORE)


def is_untouched(row: Tranche) -> bool:
    """Whether money of the amount is claimed or paid, so that no decision of the Riksdag changes it."""
    return tranche_changes.is_untouchable(row)


def amounts_of(year: ProgrammeYear) -> TrancheQuerySet:
    """The year's tranches in place order, with what tells whether they are untouched."""
    rows = year.tranches.select_related("place", "assignment__holder", "year__programme")
    return rows.prefetch_related("requisitions").order_by("place__part", "place__code")


def is_no_rise(decision: BudgetDecision) -> Verdict:
    """The government has said the most there can be: the Riksdag's decision gives it, or less."""
    for row in amounts_of(decision.year):
        given = decision.ceiling_of(row.place)
        if given is not None and given > row.decided_ceiling:
            most = f"{kr(row.decided_ceiling)} enligt regeringens beslut"
            return refused(f"{row.place}: {kr(given)} är mer än {most}.")
    return ALLOWED


def is_within(decision: BudgetDecision, planned: Iterable[AmountEffect]) -> Verdict:
    """Whether the ceilings together are no more than the decision gives, where it says a sum."""
    summed = sum((row.new_ceiling for row in planned), start=ZERO)
    if decision.total is None or summed <= decision.total:
        return ALLOWED
    return refused(f"De högsta beloppen blir {kr(summed)}, men beslutet ger {kr(decision.total)}.")
