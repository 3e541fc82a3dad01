"""What the places say of the same thing, side by side."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .compiled import Seat


@dataclass(frozen=True)
class Voice:
    place: str
    text: str


def of(seats: "Sequence[Seat]", form: str, label: str) -> tuple[Voice, ...]:
    """The places' answers to one question, in code order; those who are silent are left out."""
    return tuple(
        Voice(seat.name, text.text)
        for seat in seats
        if (section := seat.section(form))
        for text in section.texts
        if text.label == label
    )


def by_label(
    seats: "Sequence[Seat]", form: str, labels: Iterable[str]
) -> tuple[tuple[str, tuple[Voice, ...]], ...]:
    """(question, answers) for each question that anyone answered."""
    told = [(label, of(seats, form, label)) for label in labels]
    return tuple((label, voices) for label, voices in told if voices)
