"""What the trail tells of conflicts."""

from dataclasses import dataclass

from actors.steps import STEPS
from records.happened import Happened, Named


@dataclass(frozen=True, kw_only=True)
class ConflictDeclared(Happened):
    verb = "conflict.declared"

    person: Named
    actor: Named
    reason: str


@dataclass(frozen=True, kw_only=True)
class ConflictLifted(Happened):
    verb = "conflict.lifted"

    person: Named
    actor: Named
    reason: str


@dataclass(frozen=True, kw_only=True)
class ConflictStepLifted(Happened):
    verb = "conflict.step_lifted"
    words = {"step": {step.code: step.words for step in STEPS.values()}}

    ground: str
    reason: str
    person: Named
    actor: Named
    step: str
    matter: str


@dataclass(frozen=True, kw_only=True)
class ConflictUpheld(Happened):
    verb = "conflict.upheld"

    person: Named
    actor: Named
    reason: str
