"""What the places say of the same thing, side by side."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Voice:
    place: str
    text: str


def of(seats, form, label):
    """The places' answers to one question, in code order; those who are silent are left out."""
    return tuple(
        Voice(seat.name, text.text)
        for seat in seats
        if (section := seat.section(form))
        for text in section.texts
        if text.label == label
    )


def by_label(seats, form, labels):
    """(question, answers) for each question that anyone answered."""
    told = [(label, of(seats, form, label)) for label in labels]
    return tuple((label, voices) for label, voices in told if voices)
