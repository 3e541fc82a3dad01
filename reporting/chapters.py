"""The chapters of a compilation, in order: the contents, the room, the preview and the pages on screen have the same.

What a chapter holds is its template, `pdf/compilation/<key>.html`; its introduction is the compiler's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from programmes.programme_file.shape import ProgrammeFile


PLACES = "places"
CONCLUSIONS = "conclusions"
SECRETARIAT = "secretariat"
FUNCTION = "function"
PLACE_ANCHOR = "plats-"  # and the place's code


@dataclass(frozen=True)
class ChapterKind:
    """What the chapters are called, and whether there is one about the secretariat, follows from the programme."""

    has_secretariat: bool
    by_county: bool
    by_goal: bool
    keeps_function: bool = True


@dataclass(frozen=True)
class Chapter:
    key: str
    anchor: str
    title: str

    @property
    def template(self) -> str:
        return f"pdf/compilation/{self.key}.html"


def of(kind: ChapterKind) -> tuple[Chapter, ...]:
    """The chapters of a programme of the kind."""
    chapters = (
        Chapter("summary", "sammanfattning", "Sammanfattning"),
        Chapter("assignment", "uppdraget", "Uppdraget och dess bakgrund"),
        Chapter("basis", "underlag", "Underlag och metod"),
        Chapter(FUNCTION, "funktionen", f"Funktionen {'i länen' if kind.by_county else 'hos aktörerna'}"),
        Chapter("results", "resultat", f"Resultat{' per delmål' if kind.by_goal else ''}"),
        Chapter("cooperation", "samverkan", "Samverkan"),
        Chapter(SECRETARIAT, "sekretariatet", "Sekretariatets arbete"),
        Chapter("economy", "ekonomi", "Ekonomi"),
        Chapter("lessons", "lardomar", "Hinder och lärdomar"),
        Chapter(CONCLUSIONS, "slutsatser", "Slutsatser"),
        Chapter(PLACES, "bilaga-1", f"Bilaga 1. {'Län för län' if kind.by_county else 'Plats för plats'}"),
        Chapter("indicators", "bilaga-2", "Bilaga 2. Indikatorer"),
        Chapter("accounts", "bilaga-3", "Bilaga 3. Ekonomisk redovisning"),
    )
    left_out = {SECRETARIAT} if not kind.has_secretariat else set()
    left_out |= {FUNCTION} if not kind.keeps_function else set()
    return tuple(row for row in chapters if row.key not in left_out)


def with_key(kind: ChapterKind, key: str) -> Chapter | None:
    """The chapter, or None."""
    return next((row for row in of(kind) if row.key == key), None)


def kind_of(definition: ProgrammeFile) -> ChapterKind:
    """Of a programme's file, before anything is compiled."""
    counties = [place.county for place in definition.places if place.part == "recipient"]
    return ChapterKind(
        has_secretariat=bool(definition.programme.secretariat_actor),
        by_county=bool(counties) and all(counties) and len(set(counties)) == len(counties),
        by_goal=bool(definition.sub_goals),
        keeps_function=definition.keeps is not None,
    )
