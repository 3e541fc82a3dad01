"""What dispatching a decision does to one thing: before, after, and the act that carries it out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from digikoord.lib.columns import written
from digikoord.lib.verdict import ALLOWED, Verdict


@dataclass(frozen=True)
class Effect:
    """What dispatching does to one thing. Without an act it is left as it is, and `sentence` says why."""

    what: str
    who: str
    before: Any
    after: Any
    sentence: str
    kind: str = "text"
    act: Callable | None = None
    possible: Verdict = ALLOWED

    def __str__(self):
        return f"{self.what}, {self.who}: {self.before_text} → {self.after_text}. {self.sentence}"

    @property
    def before_text(self):
        return written(self.before, self.kind)

    @property
    def after_text(self):
        return written(self.after, self.kind)

    def carry_out(self, by):
        if self.act:
            self.act(by=by)


def is_possible(planned):
    """The first thing that hinders the dispatch, if any."""
    return next((effect.possible for effect in planned if not effect.possible), ALLOWED)
