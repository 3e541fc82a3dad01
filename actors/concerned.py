"""Whom a matter concerns, one actor or several: the empty table. Each app says it of its own kinds of matter (grants/concerned.py,
reporting/concerned.py). A matter of a kind that has no line is refused by an error, never taken for nobody's.
"""

from collections.abc import Callable
from functools import singledispatch
from typing import Any, TypeAlias

NOBODY: frozenset[int] = frozenset()
Line: TypeAlias = Callable[[Any], frozenset[int]]  # each takes its own kind of matter


class UnknownMatter(TypeError):
    """Nobody has said whom a matter of this kind concerns, so nobody may handle it."""


@singledispatch
def concerned(matter: object) -> frozenset[int]:
    """The ids of the actors that the matter concerns."""
    raise UnknownMatter(f"It is not said whom {type(matter).__name__} concerns: see concerned.py of its app.")


def of(*kinds: type) -> Callable[[Line], Line]:
    """Registers a line of the table for the kinds of matter."""

    def known(function: Line) -> Line:
        for kind in kinds:
            concerned.register(kind)(function)
        return function

    return known


def whom(matter: object) -> Line:
    """The line of the table for the matter. Raises UnknownMatter where it has none, whoever asks."""
    line = concerned.dispatch(type(matter))
    if line is concerned.dispatch(object):
        line(matter)
    return line
