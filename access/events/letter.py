"""What the trail tells of letters."""

from dataclasses import dataclass

from duties.lifecycle.letter import Status
from records.happened import Happened


@dataclass(frozen=True, kw_only=True)
class LetterRequeued(Happened):
    verb = "letter.requeued"
    leads_to = Status.QUEUED

    address: str
