"""The buttons of a row: those moves that this person may make, and that can be made now."""

from dataclasses import dataclass
from typing import Protocol

from django.urls import reverse

from .lifecycle import HasStatus, can
from .verdict import Verdict, is_open


@dataclass(frozen=True)
class Button:
    """`forward` buttons may be the page's primary act, when they come first."""

    label: str
    url: str
    forward: bool = True


class Moved(HasStatus, Protocol):
    """A row with a page of its own for each move."""

    @property
    def pk(self) -> object: ...


def offered(row: Moved, *choices: tuple[Verdict | bool, str, str]) -> list[Button]:
    """Each choice is (verdict, move, route); the first that is left, and goes forward, is primary."""
    return [
        Button(
            row.LIFECYCLE.moves[move].label, reverse(route, args=[row.pk]), row.LIFECYCLE.moves[move].forward
        )
        for verdict, move, route in choices
        if verdict and can(row, move) and is_open(getattr(row, "programme", None))
    ]
