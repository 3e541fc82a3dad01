"""An answer to "may this person do this?" that can always say why not."""

from dataclasses import dataclass, replace


class Refused(Exception):
    """An act was not allowed. The message is a sentence for the person who tried; `field` names the argument
    that was wrong, where it was one, so that the form can say it there."""

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class Verdict:
    """`note` is what somebody who is allowed must know of how: the page of the act says it."""

    allowed: bool
    reason: str = ""
    note: str = ""

    def __bool__(self) -> bool:
        return self.allowed

    def __and__(self, other: "Verdict") -> "Verdict":
        """The first refusal, or the other's verdict; what is noted of either stays noted."""
        if not self.allowed:
            return self
        notes = " ".join(dict.fromkeys(filter(None, [self.note, other.note])))
        return replace(other, note=notes) if other.allowed and notes else other

    def __or__(self, other: "Verdict") -> "Verdict":
        """Allowed if either is; otherwise the first's reason."""
        return self if self.allowed or not other.allowed else other

    def require(self) -> None:
        """Raise Refused with the reason unless allowed."""
        if not self.allowed:
            raise Refused(self.reason)


ALLOWED = Verdict(True)


def allowed(note: str) -> Verdict:
    """Allowed, but not in the ordinary way."""
    return Verdict(True, note=note)


def refused(reason: str) -> Verdict:
    return Verdict(False, reason)


def is_open(programme: object) -> Verdict:
    """Whether anything may still be done in the programme; of none, yes."""
    ended = getattr(programme, "ended_on", None)
    return refused(f"Programmet avslutades {ended}. Allt kan läsas, men inget ändras.") if ended else ALLOWED
