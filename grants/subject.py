"""Subjects for the rows of a place, made in one way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from actors.models import Actor
from actors.subject import Subject
from programmes.models import Programme

if TYPE_CHECKING:

    class HasPlace(Protocol):
        """A place: no model of ours is known down here."""

        code: str
        name: str

        @property
        def programme(self) -> Programme: ...

    class HasYear(Protocol):
        """A year of a programme."""

        year: int


def for_place(
    place: HasPlace, holder: Actor | None, *, label: str, key: str, url: str, year: HasYear | None = None
) -> Subject:
    """What concerns a place, at the time this holder of it, and a ProgrammeYear where it is one's."""
    return Subject(
        label=label,
        key=key,
        url=url,
        programme=place.programme.code,
        place=place.code,
        place_label=place.name,
        holder=holder.code if holder else "",
        year=year.year if year else None,
    )
