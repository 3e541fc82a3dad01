"""What the trail tells of budget decisions."""

from dataclasses import dataclass

from records.happened import Happened

from ..lifecycle.budget_decision import Status
from ..models.budget_decision import BudgetKind, Outcome


@dataclass(frozen=True, kw_only=True)
class BudgetDecisionConfirmed(Happened):
    verb = "budget_decision.confirmed"
    leads_to = Status.CONFIRMED

    citation: str


@dataclass(frozen=True, kw_only=True)
class BudgetDecisionRegistered(Happened):
    verb = "budget_decision.registered"
    words = {"kind": dict(BudgetKind.choices), "outcome": dict(Outcome.choices)}

    citation: str
    kind: str
    outcome: str


@dataclass(frozen=True, kw_only=True)
class BudgetDecisionWithdrawn(Happened):
    verb = "budget_decision.withdrawn"
    leads_to = Status.WITHDRAWN

    reason: str
