"""What an act does, thing by thing: said on its page before it is done, and carried out as it was said."""

import copy
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias, TypedDict, TypeVar

from django.db import models

from actors.models import User
from digikoord.lib.columns import written
from digikoord.lib.verdict import ALLOWED, Refused, Verdict

M = TypeVar("M", bound=models.Model)
# ((column, value), …)
Sets: TypeAlias = tuple[tuple[str, object], ...]

CHANGED = (
    "Läget har ändrats sedan du läste sidan. Följderna nedan är de som gäller nu. Läs dem och bekräfta igen."
)


@dataclass(frozen=True)
class Effect:
    """What the act does to one thing. Without an act it is left as it is, or follows from the act itself or from the
    effect before it, and `sentence` says which.

    key      the row, as the trail names it: "tranche:7"; empty for what is no row yet
    sets     ((column, value), …): all that becomes otherwise in the row
    ends     the kinds of duties about the row that end
    owes     those that somebody has afterwards
    hidden   what the person who acts may not read: a draft of somebody else's. It is done, and not told.
    """

    what: str
    who: str
    before: object
    after: object
    sentence: str
    kind: str = "text"
    act: Callable[..., object] | None = None
    possible: Verdict = ALLOWED
    key: str = ""
    sets: Sets = ()
    ends: tuple[str, ...] = ()
    owes: tuple[str, ...] = ()
    hidden: bool = False

    def __str__(self) -> str:
        return f"{self.what}, {self.who}: {self.before_text} → {self.after_text}. {self.sentence}"

    @property
    def before_text(self) -> str:
        return written(self.before, self.kind)

    @property
    def after_text(self) -> str:
        return written(self.after, self.kind)

    def carry_out(self, by: User) -> None:
        if self.act:
            self.act(by=by)


class OnPage(TypedDict, total=False):
    """What the page of an act meets."""

    effects: list[Effect]
    seen: str
    hindrance: str


def is_possible(planned: Iterable[Effect]) -> Verdict:
    """The first thing that hinders the act, if any."""
    return next((effect.possible for effect in planned if not effect.possible), ALLOWED)


def shown(planned: Iterable[Effect]) -> list[Effect]:
    """What the page tells."""
    return [effect for effect in planned if not effect.hidden]


def seal(planned: Iterable[Effect]) -> str:
    """What the page told, in short: sent back with the confirmation, so that nothing else is confirmed."""
    told = "\n".join(str(effect) for effect in shown(planned))
    return hashlib.sha256(told.encode()).hexdigest()


def require_seen(planned: Iterable[Effect], seen: str | None) -> None:
    """Refuse where the page told of something else. `seen` is the seal of what was read; None where nobody read a page."""
    if seen is not None and seen != seal(planned):
        raise Refused(CHANGED)


def carry_out(planned: Iterable[Effect], *, by: User) -> None:
    for effect in planned:
        effect.carry_out(by)


def on_page(planned: Iterable[Effect]) -> OnPage:
    """What a page needs to tell of the effects, and to send back that they were read."""
    planned = list(planned)
    return {"effects": shown(planned), "seen": seal(planned), "hindrance": is_possible(planned).reason}


def change(row: M, make: Callable[[M], object]) -> tuple[M, Sets]:
    """(the row as `make` would leave it, what becomes otherwise in it); the row itself stays as it is."""
    after = copy.copy(row)
    make(after)
    columns = [field.attname for field in row._meta.concrete_fields]
    pairs = ((name, getattr(row, name), getattr(after, name)) for name in columns)
    return after, tuple((name, new) for name, old, new in pairs if old != new)
