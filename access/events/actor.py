"""What the trail tells of actors."""

from dataclasses import dataclass

from records.happened import Happened


@dataclass(frozen=True, kw_only=True)
class ActorSigningRuleSet(Happened):
    verb = "actor.signing_rule_set"

    count: int
