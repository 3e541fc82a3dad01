"""Subjects for the rows of a place, made in one way."""

from actors.subject import Subject


def for_place(place, holder, *, label, key, url, year=None):
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
