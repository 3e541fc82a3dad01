"""Reads a table of moves. The only code that writes a row's `.status`."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol

from django.db.models import TextChoices

from .verdict import ALLOWED, Verdict, refused


@dataclass(frozen=True)
class Move:
    """One row of a lifecycle table: a verb, the statuses it starts from, and its one target."""

    label: str
    sources: frozenset[str]
    target: str
    # A move that stops, undoes or ends something is offered, but never as the page's primary act
    forward: bool = True


def move(label: str, sources: str | Iterable[str], target: str) -> Move:
    return Move(label, frozenset([sources] if isinstance(sources, str) else sources), target)


def against(label: str, sources: str | Iterable[str], target: str) -> Move:
    """A move that stops, undoes or ends something."""
    return replace(move(label, sources, target), forward=False)


@dataclass(frozen=True)
class Lifecycle:
    """A noun's `Status` choices and its moves by name. A row begins with the first status, or with one of `born`."""

    noun: str
    statuses: type[TextChoices]
    moves: dict[str, Move]
    born: tuple[str, ...] = ()

    def sources(self, name: str) -> frozenset[str]:
        return self.moves[name].sources

    def begins(self) -> set[str]:
        """The statuses that a new row may bear."""
        return set(self.born) or {self.statuses.values[0]}

    def told(self) -> str:
        """The table in one line, for the docs: `draft → *dispatch* → dispatched`."""
        return " · ".join(
            f"{', '.join(sorted(row.sources))} → *{name}* → {row.target}" for name, row in self.moves.items()
        )


class HasStatus(Protocol):
    """A row with a status, and the table of its moves."""

    LIFECYCLE: Lifecycle
    status: str


def can(row: HasStatus, name: str) -> Verdict:
    """Whether the row's status lets this move start; who may is another question."""
    table = row.LIFECYCLE
    if row.status in table.moves[name].sources:
        return ALLOWED
    status = table.statuses(row.status).label
    return refused(f"”{table.moves[name].label}” går inte nu: {table.noun} har läget ”{status}”.")


def advance(row: HasStatus, name: str) -> None:
    """Move the row, or raise Refused. The caller saves."""
    can(row, name).require()
    row.status = row.LIFECYCLE.moves[name].target


class Moving:
    """A row that asks its own table: every model with a lifecycle is one."""

    def can(self: HasStatus, name: str) -> Verdict:
        """Whether the row's status lets the move start; who may is another question."""
        return can(self, name)
