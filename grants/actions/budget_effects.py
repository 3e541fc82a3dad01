"""What the Riksdag's decision does to each of the year's amounts, said before it is done."""

from dataclasses import dataclass
from decimal import Decimal

from digikoord.lib.money import ZERO, kr
from digikoord.lib.verdict import ALLOWED, refused

from ..lifecycle import requisition
from ..lifecycle.assignment import LIVE
from ..lifecycle.tranche import Status
from ..models import Tranche
from ..models.budget_decision import Kind, Outcome


@dataclass(frozen=True)
class Effect:
    """What confirming does to one tranche: a lifecycle move, or None where it is left as it is."""

    tranche: Tranche
    move: str | None
    ceiling: Decimal
    sentence: str

    @property
    def new_ceiling(self):
        """The place's ceiling of the year afterwards; a cancelled amount has none."""
        stays_cancelled = self.move is None and self.tranche.status == Status.CANCELLED
        return Decimal(0) if self.move == "cancel" or stays_cancelled else self.ceiling


def effects(decision):
    """What confirming the decision does to each of the year's tranches, in place order."""
    if decision.kind == Kind.FRAME:
        return []
    return [_effect(row, decision) for row in amounts_of(decision.year)]


def _effect(row, decision):
    ceiling = _new_ceiling(row, decision)
    if is_untouched(row):
        return Effect(row, None, row.ceiling, "Rekvirerat eller betalt: lämnas orört.")
    if decision.outcome == Outcome.REJECTED or not ceiling:
        if row.status == Status.CANCELLED:
            return Effect(row, None, row.ceiling, "Redan inställt.")
        return Effect(row, "cancel", row.ceiling, "Ställs in.")
    if row.status == Status.CANCELLED:
        if row.assignment.status in LIVE:
            return Effect(row, "restore", ceiling, "Återställs.")
        return Effect(row, None, row.ceiling, "Inställt: innehavaren deltar inte.")
    if row.status == Status.CONDITIONAL:
        return Effect(row, "release", ceiling, "Frigörs.")
    if ceiling == row.ceiling:
        return Effect(row, None, ceiling, "Oförändrat.")
    if row.status == Status.PREPARED:
        return Effect(row, "send_back", ceiling, "Bereds på nytt med det nya beloppet.")
    if row.status == Status.GRANTED:
        return Effect(row, "reopen", ceiling, "Beslutas på nytt med det nya beloppet.")
    return Effect(row, None, ceiling, "Får det nya högsta beloppet.")


def _new_ceiling(row, decision):
    """What the Riksdag gives, and never more than the government has decided."""
    given = decision.ceiling_of(row.place)
    return row.decided_ceiling if given is None else min(given, row.decided_ceiling)


def is_untouched(row):
    """Whether money of the amount is claimed or paid, so that no decision of the Riksdag changes it."""
    standing = any(one.status in requisition.STANDING for one in row.requisitions.all())
    return standing or row.status in (Status.CLOSED, Status.SETTLED)


def amounts_of(year):
    """The year's tranches in place order, with what tells whether they are untouched."""
    rows = year.tranches.select_related("place", "assignment__holder", "year__programme")
    return rows.prefetch_related("requisitions").order_by("place__part", "place__code")


def is_no_rise(decision):
    """The government has said the most there can be: the Riksdag's decision gives it, or less."""
    for row in amounts_of(decision.year):
        given = decision.ceiling_of(row.place)
        if given is not None and given > row.decided_ceiling:
            most = f"{kr(row.decided_ceiling)} enligt regeringens beslut"
            return refused(f"{row.place}: {kr(given)} är mer än {most}.")
    return ALLOWED


def is_within(decision, planned):
    """Whether the ceilings together are no more than the decision gives, where it says a sum."""
    summed = sum((row.new_ceiling for row in planned), start=ZERO)
    if decision.total is None or summed <= decision.total:
        return ALLOWED
    return refused(f"De högsta beloppen blir {kr(summed)}, men beslutet ger {kr(decision.total)}.")
