"""Subjects for the rows of a place, made in one way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actors.subject import Subject

if TYPE_CHECKING:
    from actors.models import Actor


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
        year=year and year.year,
    )
