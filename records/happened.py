"""What the trail tells, as classes: one frozen class a verb, in the app that owns the act.

A class says its facts with their types, the status it leads to, and, as data, what it does to a state on a day. It imports no
state: `overview` folds it. A retired verb keeps its class, so that what it once told can still be read.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from django.db import models

from actors.steps import Step

# A row is told by its name, as it stood that day
Named = models.Model | str
# What a verb does to the state of a place's year, as data


@dataclass(frozen=True)
class Sets:
    """The field of the state becomes the fact."""

    field: str
    fact: str


@dataclass(frozen=True)
class Clears:
    """The field of the state becomes nought."""

    field: str


@dataclass(frozen=True)
class Adds:
    """The fact is added to the field of the state, or taken from it where `sign` is -1."""

    field: str
    fact: str
    sign: int = 1


@dataclass(frozen=True)
class Lists:
    """The event's amount is one of those in the list of the state, below nought where `sign` is -1."""

    field: str
    sign: int = 1


@dataclass(frozen=True)
class ListsByKind:
    """As Lists; the fact `kind` says in which list."""

    lists: dict[str, str]
    sign: int = 1


@dataclass(frozen=True)
class Claims:
    """The event's amount is requisitioned, by its row."""


@dataclass(frozen=True)
class Unclaims:
    """What its row requisitioned is so no longer."""


Deed = Sets | Clears | Adds | Lists | ListsByKind | Claims | Unclaims


@dataclass(frozen=True, kw_only=True)
class Happened:
    """What has happened to a row. The fields of each class are its facts."""

    verb: ClassVar[str]
    # The status of the row afterwards; empty where it moves nothing, or `leads_to_fact` tells it
    leads_to: ClassVar[str] = ""
    leads_to_fact: ClassVar[str] = ""
    does: ClassVar[tuple[Deed, ...]] = ()
    # (kind, sign) of the entry it added to a claim; the fact `kind` says it where that is empty
    entry: ClassVar[tuple[str, int] | None] = None
    # Whether its fact `amount` is the row's own
    is_of_the_row: ClassVar[bool] = False
    # Whether the trail's holder is then whose the row is
    tells_whose: ClassVar[bool] = False
    # A draft is the actor's own business until it is submitted
    is_unsent: ClassVar[bool] = False
    is_begun_only: ClassVar[bool] = False
    # The step that a conflict of interest can be lifted for
    as_step: ClassVar[Step | None] = None
    # Nothing tells it any more; what it told is still read
    is_retired: ClassVar[bool] = False
    # Of each fact that is a code: {code: its word}
    words: ClassVar[dict[str, dict[str, str]]] = {}

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if KNOWN.setdefault(cls.verb, cls).__qualname__ != cls.__qualname__:
            raise ValueError(f"The verb {cls.verb} is said by two classes.")


KNOWN: dict[str, type[Happened]] = {}


def verbs_of(*classes: type[Happened]) -> tuple[str, ...]:
    return tuple(kind.verb for kind in classes)


def known() -> Iterator[type[Happened]]:
    """Every class, by verb."""
    return iter([KNOWN[verb] for verb in sorted(KNOWN)])
