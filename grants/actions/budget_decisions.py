"""The Riksdag's decision on a year: registered by one, confirmed by another, carried out at once."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from actors.actions import audit, obligations
from digikoord.lib import clock, lifecycle
from digikoord.lib.constraints import save
from digikoord.lib.verdict import Refused

from .. import permissions
from ..duties import owe
from ..lifecycle import requisition
from ..lifecycle.assignment import LIVE
from ..lifecycle.assignment import Status as AssignmentStatus
from ..lifecycle.tranche import Status
from ..models import BudgetDecision, Part, ProgrammeYear, Tranche
from ..models.budget_decision import Kind, Outcome
from . import tranches


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


@transaction.atomic
def register(year, *, by, **decision):
    """Register a decision; the fields are those of BudgetDecision. Nothing happens until confirmed."""
    year = ProgrammeYear.objects.select_for_update(of=("self",)).get(pk=year.pk)
    permissions.can_register_budget(by, year.programme).require()
    permissions.is_conditional(year).require()
    if decision["decided_on"] > clock.today():
        raise Refused("Beslutsdagen kan inte ligga i framtiden.")
    row = BudgetDecision(year=year, registered_by=by, registered_on=clock.today(), **decision)
    save(row)
    audit.record(
        "budget_decision.registered",
        row,
        by=by,
        citation=row.citation,
        kind=row.get_kind_display(),
        outcome=row.get_outcome_display(),
    )
    owe("confirm_budget", row)
    return row


@transaction.atomic
def withdraw(decision, *, by, reason):
    """Take back a wrongly registered decision that nobody has confirmed."""
    decision = BudgetDecision.objects.locked(decision)
    permissions.can_register_budget(by, decision.programme).require()
    lifecycle.advance(decision, "withdraw")
    save(decision)
    audit.record("budget_decision.withdrawn", decision, by=by, reason=reason)
    obligations.void("confirm_budget", decision, reason)
    return decision


@transaction.atomic
def confirm(decision, *, by):
    """Confirm, and carry out exactly the effects that the preview shows."""
    decision = BudgetDecision.objects.locked(decision)
    permissions.can_confirm_budget(by, decision).require()
    lifecycle.advance(decision, "confirm")
    planned = effects(decision)
    decision.confirmed_by, decision.confirmed_on = by, clock.today()
    save(decision)
    audit.record("budget_decision.confirmed", decision, by=by, citation=decision.citation)
    obligations.close("confirm_budget", decision)
    for effect in planned:
        _carry_out(effect, by)
    return decision


def effects(decision):
    """What confirming the decision does to each of the year's tranches, in place order."""
    if decision.kind == Kind.FRAME:
        return []
    rows = decision.year.tranches.select_related("place", "assignment__holder", "year__programme")
    return [
        _effect(row, decision)
        for row in rows.prefetch_related("requisitions").order_by("place__part", "place__code")
    ]


def _effect(row, decision):
    ceiling = _new_ceiling(row, decision)
    standing = any(one.status in requisition.STANDING for one in row.requisitions.all())
    if standing or row.status in (Status.CLOSED, Status.SETTLED):
        return Effect(row, None, row.ceiling, "Rekvirerat eller betalt: lämnas orört.")
    if decision.outcome == Outcome.REJECTED:
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
    changed = decision.recipient_ceiling if row.place.part == Part.RECIPIENT else decision.secretariat_ceiling
    return row.ceiling if changed is None else changed


TOLD = {
    "release": "tranche.released",
    "reopen": "tranche.reopened",
    "send_back": "tranche.sent_back",
    "restore": "tranche.restored",
}


def _tell(effect, row, before, by):
    """The trail has the move and the amount, so that the day's state can be read from it."""
    if effect.move:
        facts = {"before": before, "ceiling": row.ceiling, "status": row.status}
        audit.record(TOLD[effect.move], row, by=by, reason="Riksdagens beslut om årets medel.", **facts)
    if before != row.ceiling and effect.move != "release":
        audit.record("tranche.ceiling_changed", row, by=by, before=before, ceiling=row.ceiling)


def _carry_out(effect, by):
    if effect.move == "cancel":
        tranches.cancel(effect.tranche, by=by, why="Riksdagen har inte anvisat medel.")
        return
    row = Tranche.objects.locked(effect.tranche)
    if effect.move:
        lifecycle.advance(row, effect.move)
    before, row.ceiling = row.ceiling, effect.ceiling
    if row.status == Status.OPEN:
        tranches.reset(row)
    else:
        save(row)
    _tell(effect, row, before, by)
    if row.status == Status.OPEN and row.assignment.status == AssignmentStatus.IN_FORCE:
        owe("prepare", row)
