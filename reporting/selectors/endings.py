"""What is left of the reporting before a programme can end."""

from grants.lifecycle.tranche import DECIDED
from grants.models import Programme, ProgrammeYear

from ..lifecycle.compilation_version import Status
from ..models import CompilationVersion


def hindrances(programme: Programme) -> list[str]:
    """A sentence for each year with money whose latest compilation has not been handed over and acknowledged."""
    years = ProgrammeYear.objects.filter(programme=programme, tranches__status__in=DECIDED).distinct()
    found = []
    for year in years.order_by("year"):
        latest = CompilationVersion.objects.filter(compilation__year=year).defer("pdf", "data").last()
        if latest is None or latest.status != Status.ACKNOWLEDGED:
            found.append(f"Sammanställningen för {year} är inte överlämnad och bekräftad.")
    return found
