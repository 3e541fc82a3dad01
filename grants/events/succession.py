"""What the trail tells of successions."""

from dataclasses import dataclass

from records.happened import Happened, Named


@dataclass(frozen=True, kw_only=True)
class SuccessionChanged(Happened):
    verb = "succession.changed"

    succession: Named
    legal_basis: str


@dataclass(frozen=True, kw_only=True)
class SuccessionPlanned(Happened):
    verb = "succession.planned"

    succession: Named
    legal_basis: str
