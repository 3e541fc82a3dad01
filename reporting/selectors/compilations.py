"""What the compilation room shows: the years, how far the reports have come, the versions, their renderings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Prefetch, Q
from django.shortcuts import get_object_or_404

from records.models import Registration

from ..models import CompilationVersion, Rendering
from .readiness import LABELS, reporting

if TYPE_CHECKING:
    from actors.models import User
    from grants.models import ProgrammeYear
    from programmes.models import Programme

    from ..models.compilation import CompilationVersionQuerySet
    from .readiness import Reporting


HEAVY = ("pdf", "data")


@dataclass(frozen=True)
class YearRow:
    """A year in the list, with its latest version where there is one that the person may see."""

    year: ProgrammeYear
    version: CompilationVersion | None
    approved: int
    count: int


@dataclass(frozen=True)
class Readiness:
    """The places' reports, grouped by how far they have come; the secretariat is not among the n."""

    groups: tuple[tuple[str, str, list[Reporting]], ...]
    approved: int
    count: int
    secretariat: Reporting | None
    rows: tuple[Reporting, ...]

    @property
    def complete(self) -> bool:
        return self.approved == self.count

    @property
    def missing(self) -> list[Reporting]:
        """Those that the document names as missing, whatever the reason."""
        return [row for row in self.rows if not row.approved]


def versions_seen(user: User) -> CompilationVersionQuerySet:
    return CompilationVersion.objects.visible_to(user).defer(*HEAVY)


def years_of(user: User, programme: Programme) -> list[YearRow]:
    """One row a year, in one query for the years and one for the versions."""
    places = Q(tranches__place__part="recipient")
    years = programme.years.annotate(
        count=Count("tranches", filter=places, distinct=True),
        approved=Count(
            "tranches__report", filter=places & Q(tranches__report__status="approved"), distinct=True
        ),
    ).order_by("-year")
    rows = versions_seen(user).filter(compilation__year__programme=programme).order_by("number")
    latest = {row.compilation.year_id: row for row in rows.select_related("compilation__year__programme")}
    return [YearRow(year, latest.get(year.pk), year.approved, year.count) for year in years if year.count]


def versions_of(user: User, year: ProgrammeYear) -> list[CompilationVersion]:
    """The year's versions that the person may see, latest first, each with its renderings."""
    renderings = Rendering.objects.defer("pdf").select_related("requested_by")
    rows = versions_seen(user).filter(compilation__year=year).order_by("-number")
    rows = rows.select_related(
        "compilation", "opened_by", "frozen_by", "established_by", "delivered_by", "acknowledged_by"
    ).prefetch_related(Prefetch("renderings", renderings))
    return [_of_year(row, year) for row in rows]


def _of_year(version: CompilationVersion, year: ProgrammeYear) -> CompilationVersion:
    version.compilation.year = year
    return version


def version_or_404(
    user: User, pk: int, *, with_pdf: bool = False, with_data: bool = False
) -> CompilationVersion:
    heavy = [name for name, wanted in (("pdf", with_pdf), ("data", with_data)) if not wanted]
    rows = CompilationVersion.objects.visible_to(user).defer(*heavy)
    parties = [f"compilation__year__programme__{party}" for party in ("ministry", "secretariat")]
    people = ("opened_by", "frozen_by", "established_by", "delivered_by", "acknowledged_by")
    return get_object_or_404(rows.select_related(*parties, *people), pk=pk)


def registered(version: CompilationVersion) -> list[Registration]:
    """What was registered when the version was handed over, in order."""
    return list(Registration.objects.filter(key=version.subject().key).order_by("number"))


def readiness(year: ProgrammeYear) -> Readiness:
    """How far the reports have come, the approved first."""
    rows = reporting(year, versions=None)
    actors = [row for row in rows if not row.place.is_secretariat]
    groups = [
        (state, label, [row for row in actors if row.state == state]) for state, label in LABELS.items()
    ]
    return Readiness(
        groups=tuple(group for group in groups if group[2]),
        approved=sum(row.approved for row in actors),
        count=len(actors),
        rows=tuple(actors),
        secretariat=next((row for row in rows if row.place.is_secretariat), None),
    )
