"""What is left of the reporting before a programme can end."""

from django.db.models import OuterRef, Subquery

from grants.lifecycle.tranche import DECIDED
from grants.models import ProgrammeYear
from programmes.models import Programme

from ..lifecycle.compilation_version import Status
from ..models import CompilationVersion


def hindrances(programme: Programme) -> list[str]:
    """A sentence for each year with money whose latest compilation has not been handed over and acknowledged."""
    versions = CompilationVersion.objects.filter(compilation__year=OuterRef("pk")).order_by("-number")
    years = ProgrammeYear.objects.filter(programme=programme, tranches__status__in=DECIDED).distinct()
    return [
        f"Sammanställningen för {year} är inte överlämnad och bekräftad."
        for year in years.annotate(latest=Subquery(versions.values("status")[:1])).order_by("year")
        if year.latest != Status.ACKNOWLEDGED
    ]
