"""What the trail tells of letters."""

from dataclasses import dataclass

from records.happened import Happened

from ..lifecycle.letter import Status


@dataclass(frozen=True, kw_only=True)
class LetterBounced(Happened):
    verb = "letter.bounced"
    leads_to = Status.BOUNCED

    address: str
    reason: str
