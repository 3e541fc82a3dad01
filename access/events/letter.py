"""What the trail tells of letters."""

from dataclasses import dataclass

from records.happened import Happened


@dataclass(frozen=True, kw_only=True)
class LetterRequeued(Happened):
    verb = "letter.requeued"

    address: str
