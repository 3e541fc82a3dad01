"""Every kind of duty there is. Each app hands its own table down when it is ready, and says what a later day moves."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import models

from .duty import Duty
from .models import Obligation


@dataclass(frozen=True)
class Carried:
    """What a duty is about has a day of its own: `move(key, *, by, due, reason, legal_basis)` moves it, and the duty follows.

    `model` is locked first, in the order of the acts that end the duty; `key` is its row's.
    """

    model: type[models.Model]
    move: Callable[..., object]


KINDS: dict[str, Duty] = {}
CARRIED: dict[str, Carried] = {}
# The duty about a duty, and the act that ends what it waits for when the first one ends
ENDS_WITH_ANOTHER: dict[str, Callable[[Obligation], object]] = {}


def hand_down(table: dict[str, Duty]) -> None:
    """Make the kinds known. One kind has one meaning: a second one is an error."""
    for kind, duty in table.items():
        if KINDS.setdefault(kind, duty) is not duty:
            raise ValueError(f"The kind of duty {kind} is said twice.")
