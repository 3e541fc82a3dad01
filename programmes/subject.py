"""Subjects for what concerns a whole programme."""

from actors.subject import Subject


def for_programme(programme, *, label, key, url):
    """What concerns a whole programme: readable by its authorities only."""
    return Subject(label=label, key=key, url=url, programme=programme.code)
