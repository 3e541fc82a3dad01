"""What the trail tells of programmes."""

from dataclasses import dataclass

from records.happened import Happened


@dataclass(frozen=True, kw_only=True)
class ProgrammeEnded(Happened):
    verb = "programme.ended"


@dataclass(frozen=True, kw_only=True)
class ProgrammeLoaded(Happened):
    verb = "programme.loaded"

    changes: list[str]
