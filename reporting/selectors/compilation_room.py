"""What the compilation room shows of a draft: its chapters, the good examples to choose among, and the fact check."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grants.selectors import Excluded

from .. import chapters, reading
from ..lifecycle.fact_check import LIVE, Status
from ..models import FactCheck
from .readiness import WITHOUT_CONTENT, Reporting, reporting
from .reminders import people_of
from .seats import seats_of

if TYPE_CHECKING:
    from actors.models import User
    from grants.models import ProgrammeYear

    from ..models import CompilationVersion
    from .compiled import Seat


@dataclass(frozen=True)
class ChapterRow:
    """A chapter and how far its introduction has come; `saved` tells by whom and when."""

    chapter: chapters.Chapter
    words: int
    saved: str


@dataclass(frozen=True)
class Example:
    """A good example that an actor has marked."""

    code: str
    number: int
    goal: str
    label: str

    @property
    def key(self) -> str:
        return f"{self.code}-{self.number}"


@dataclass(frozen=True)
class Checks:
    """The fact check, by how far it has come: (status, its words, the checks); and the places that were never asked."""

    groups: tuple[tuple[Status, str, list[FactCheck]], ...]
    silent: tuple[FactCheck, ...]
    objected: tuple[FactCheck, ...]
    not_asked: tuple[Reporting, ...]


@dataclass(frozen=True)
class Page:
    """One place's page to send: to whom, and what it is made of."""

    row: Reporting
    people: tuple[User, ...]

    @property
    def key(self) -> int:
        return self.row.tranche.pk

    @property
    def code(self) -> str:
        return self.row.place.code

    @property
    def label(self) -> str:
        return f"{self.row.place} – {self.row.holder}"

    @property
    def text(self) -> str:
        return f"Faktagranska er sida i sammanställningen {self.row.tranche.year}."


def chapters_of(version: CompilationVersion) -> list[ChapterRow]:
    known = chapters.of(chapters.kind_of(version.programme.definition))
    return [_chapter(version, row) for row in known]


def _chapter(version: CompilationVersion, chapter: chapters.Chapter) -> ChapterRow:
    last = version.editions.get(chapter.key)
    saved = f"{last['by']}, {last['at']}" if last else ""
    return ChapterRow(chapter, len(version.texts.get(chapter.key, "").split()), saved)


def marked(year: ProgrammeYear) -> list[Example]:
    """The good examples of the approved reports, by sub-goal and place."""
    goals = {goal.code: at for at, goal in enumerate(year.programme.definition.sub_goals)}
    found = [
        Example(seat.code, row.number, row.goal, _label(seat, row))
        for seat in seats_of(year)
        if not seat.apart and (section := seat.section("initiatives"))
        for row in section.initiatives
        if row.good_example
    ]
    return sorted(found, key=lambda row: (goals.get(row.goal, len(goals)), row.code, row.number))


def _label(seat: Seat, row: reading.Initiative) -> str:
    goal = f"{row.goal}: " if row.goal else ""
    return f"{goal}{row.title} ({seat.name})"


def keys_picked(version: CompilationVersion, examples: Iterable[Example]) -> list[str]:
    """The keys of those told of: all until somebody has chosen."""
    if version.picked is None:
        return [row.key for row in examples]
    return [f"{code}-{number}" for code, number in version.picked]


def fact_checks(version: CompilationVersion, rows: Iterable[Reporting]) -> Checks:
    """How far the fact check has come; `rows` are the places' `Reporting`."""
    live = FactCheck.objects.filter(version=version, status__in=LIVE)
    found = list(live.defer("data").select_related("tranche__place", "tranche__assignment__holder"))
    for check in found:
        check.version = version
    asked = {check.tranche_id for check in found}
    groups = [(status, status.label, [row for row in found if row.status == status]) for status in LIVE]
    return Checks(
        groups=tuple(group for group in groups if group[2]),
        silent=tuple(row for row in found if row.status == Status.ASKED),
        objected=tuple(row for row in found if row.status == Status.OBJECTED),
        not_asked=tuple(row for row in rows if row.approved and row.tranche.pk not in asked),
    )


def to_check(version: CompilationVersion, biased: Collection[int] = ()) -> tuple[list[Page], list[Excluded]]:
    """(pages, excluded): whose page can be sent now, and why not the others'. `biased` are the ids of the actors in whose
    matters the person takes no part."""
    rows = [row for row in reporting(version.year, versions=WITHOUT_CONTENT) if not row.place.is_secretariat]
    live = FactCheck.objects.filter(version=version, status__in=LIVE)
    asked = set(live.values_list("tranche", flat=True))
    people = people_of([row.holder.pk for row in rows])
    told: list[Page] = []
    excluded = []
    for row in rows:
        page = Page(row, people.get(row.holder.pk, ()))
        why = _why_not(page, asked, biased)
        excluded.append(Excluded(page.label, why)) if why else told.append(page)
    return told, excluded


def _why_not(page: Page, asked: set[int], biased: Collection[int]) -> str:
    row = page.row
    if not row.approved:
        return row.why
    if row.tranche.pk in asked:
        return "Sidan är redan skickad."
    if row.holder.pk in biased:
        return "Du har anmält jäv för aktören."
    return ""
