"""Subjects for what concerns a whole programme."""

from typing import Protocol

from actors.subject import Subject


class HasCode(Protocol):
    code: str


def for_programme(programme: HasCode, *, label: str, key: str, url: str) -> Subject:
    """What concerns a whole programme: readable by its authorities only."""
    return Subject(label=label, key=key, url=url, programme=programme.code)
