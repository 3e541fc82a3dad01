"""A decision gives a year another ceiling. What is requisitioned or paid is never touched."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial
from typing import cast

from digikoord.lib.columns import written
from digikoord.lib.money import kr
from digikoord.lib.verdict import refused

from ..lifecycle.tranche import Status
from ..models import Amendment, GovernmentDecision, Tranche
from ..models.budget_decision import appropriated
from . import requisition_drafts, tranche_changes, tranches
from .effects import Effect, change


def on_amounts(decision: GovernmentDecision, rows: Sequence[Amendment]) -> Iterator[Effect]:
    """A place's own new ceiling goes before that of its part."""
    of_place = {(row.year_id, row.place_id): row for row in rows if row.place_id}
    of_part = {(row.year_id, row.part): row for row in rows if not row.place_id}
    affected = Tranche.objects.filter(year__in=[row.year_id for row in rows]).order_by(
        "year__year", "place__part", "place__code"
    )
    for tranche in affected.select_related("year__programme", "place", "assignment__holder").prefetch_related(
        "requisitions"
    ):
        row = of_place.get((tranche.year_id, tranche.place_id)) or of_part.get(
            (tranche.year_id, tranche.place.part)
        )
        if row:
            yield from _on_amount(decision, tranche, cast("Decimal", row.amount))


def _on_amount(decision: GovernmentDecision, tranche: Tranche, amount: Decimal) -> Iterator[Effect]:
    what, who = f"Högsta belopp {tranche.year}", f"{tranche.place}, {tranche.holder}"
    if tranche_changes.is_untouchable(tranche):
        why = tranche_changes.why_untouched(tranche)
        yield Effect(what, who, tranche.ceiling, tranche.ceiling, why, "money")
        return
    if amount == tranche.ceiling:
        yield Effect(what, who, amount, amount, "Oförändrat.", "money")
        return
    limit = appropriated(tranche.year, tranche.place)
    if limit is not None and amount > limit:
        possible = refused(f"Riksdagen har anvisat högst {kr(limit)} för {tranche.year}.")
        yield Effect(what, who, tranche.ceiling, amount, possible.reason, "money", possible=possible)
        return
    _, sets = change(tranche, partial(tranche_changes.with_ceiling, ceiling=amount))
    yield Effect(
        what,
        who,
        tranche.ceiling,
        amount,
        _sentence(tranche),
        "money",
        partial(tranches.change_ceiling, tranche, ceiling=amount, decision=decision),
        key=tranche.subject().key,
        sets=sets,
        ends=tranche_changes.OF_A_DECIDED_YEAR,
        owes=("prepare",) if _is_prepared_anew(tranche) else (),
    )
    yield from requisition_drafts.effects(tranche, tranche_changes.CUT)


def _is_prepared_anew(tranche: Tranche) -> bool:
    after, _ = change(tranche, partial(tranche_changes.with_ceiling, ceiling=tranche.ceiling))
    return tranche_changes.is_preparable(after)


def _sentence(tranche: Tranche) -> str:
    told: dict[str, str] = {
        Status.GRANTED: f"Beviljat med {written(tranche.amount, 'money')} kr, inget rekvirerat: öppnas och beslutas på nytt.",
        Status.PREPARED: "Berett: bereds på nytt.",
        Status.CANCELLED: "Inställt: gäller om beloppet återställs.",
    }
    return told.get(tranche.status, "Får det nya högsta beloppet.")
