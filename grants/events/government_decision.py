"""What the trail tells of decisions."""

from dataclasses import dataclass

from records.happened import Happened

from ..lifecycle.government_decision import Status


@dataclass(frozen=True, kw_only=True)
class DecisionAmendmentAdded(Happened):
    verb = "decision.amendment_added"

    change: str


@dataclass(frozen=True, kw_only=True)
class DecisionAmendmentRemoved(Happened):
    verb = "decision.amendment_removed"

    change: str


@dataclass(frozen=True, kw_only=True)
class DecisionCorrected(Happened):
    verb = "decision.corrected"


@dataclass(frozen=True, kw_only=True)
class DecisionDiscarded(Happened):
    verb = "decision.discarded"
    leads_to = Status.DISCARDED

    reason: str


@dataclass(frozen=True, kw_only=True)
class DecisionDispatched(Happened):
    verb = "decision.dispatched"
    leads_to = Status.DISPATCHED

    changes: list[str] | None = None


@dataclass(frozen=True, kw_only=True)
class DecisionNumbered(Happened):
    verb = "decision.numbered"

    case_number: str


@dataclass(frozen=True, kw_only=True)
class DecisionRegistered(Happened):
    verb = "decision.registered"

    title: str
