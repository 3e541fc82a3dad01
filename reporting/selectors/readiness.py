"""Who has reported a year, who has not, and why: one row a place, in code order, the secretariat last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Manager, Prefetch, QuerySet

from digikoord.lib import clock
from duties.selectors.extended import extended
from grants.lifecycle.tranche import DECIDED
from grants.models import Tranche

from ..lifecycle.activity_report import Status
from ..models import ActivityReport, ReportVersion

if TYPE_CHECKING:
    from actors.models import Actor
    from digikoord.lib.calendar import LastDay
    from grants.models import Place, ProgrammeYear
    from grants.models.tranche import TrancheQuerySet


MISSING, NOTHING_TO_REPORT = "missing", "none"
LABELS = {
    Status.APPROVED.value: "Godkänd",
    Status.REVIEWED.value: "Granskad",
    Status.SUBMITTED.value: "Granskas",
    Status.RETURNED.value: "Återsänd",
    MISSING: "Saknas",
    NOTHING_TO_REPORT: "Inga medel",
}
WHYS = {
    Status.APPROVED.value: "Redovisningen är godkänd.",
    Status.REVIEWED.value: "Redovisningen är granskad men inte godkänd.",
    Status.SUBMITTED.value: "Redovisningen har kommit in och granskas.",
    Status.RETURNED.value: "Redovisningen är återsänd för komplettering.",
    MISSING: "Ingen redovisning har kommit in.",
    NOTHING_TO_REPORT: "Inga medel har beviljats för året.",
}


@dataclass(frozen=True)
class Reporting:
    """How far one place's report has come. `state` is a status, "missing" or "none"."""

    tranche: Tranche
    report: ActivityReport | None
    version: ReportVersion | None
    state: str
    late: bool
    overdue: bool
    act_by: date
    submitted_on: date | None

    @property
    def label(self) -> str:
        return LABELS[self.state]

    @property
    def why(self) -> str:
        return WHYS[self.state]

    @property
    def place(self) -> Place:
        return self.tranche.place

    @property
    def holder(self) -> Actor:
        return self.tranche.holder

    @property
    def received(self) -> bool:
        return self.report is not None and self.report.submitted_on is not None

    @property
    def begins(self) -> bool:
        """Whether there is money to report."""
        return self.tranche.status in DECIDED

    @property
    def approved(self) -> bool:
        return self.state == Status.APPROVED

    @property
    def url(self) -> str:
        return self.report.get_absolute_url() if self.report else ""


WITHOUT_CONTENT = ReportVersion.objects.defer("content")


def reporting(
    year: ProgrammeYear,
    tranches: TrancheQuerySet | None = None,
    versions: QuerySet[ReportVersion] | Manager[ReportVersion] | None = WITHOUT_CONTENT,
) -> list[Reporting]:
    """One `Reporting` for each of the year's tranches; `tranches` narrows to those a person may see.

    `versions` are what is read of the submitted versions; None: nothing, and each row's version is None.
    """
    rows = Tranche.objects.filter(year=year) if tranches is None else tranches
    rows = rows.select_related(
        "report__case_officer",
        "year",
        "place__county",
        "assignment__holder",
        "place__programme__ministry",
        "place__programme__secretariat",
    )
    rows = rows.defer("report__draft").order_by("place__part", "place__code")
    if versions is not None:
        rows = rows.prefetch_related(Prefetch("report__versions", versions.all(), to_attr="kept"))
    found = list(rows)
    own_days = extended("report", [row.subject().key for row in found])
    return [_reporting(row, own_days.get(row.subject().key)) for row in found]


def _reporting(tranche: Tranche, own_day: LastDay | None) -> Reporting:
    report = getattr(tranche, "report", None)
    versions = getattr(report, "kept", [])
    if report and report.submitted_on:
        state = report.status
    else:
        state = MISSING if tranche.status in DECIDED else NOTHING_TO_REPORT
    tranche.year.programme = tranche.place.programme  # read already
    due = (own_day or tranche.year.to_report).day
    return Reporting(
        tranche=tranche,
        report=report,
        version=versions[-1] if versions else None,
        state=state,
        late=any(row.received_late for row in versions),
        overdue=state == MISSING and clock.today() > due,
        act_by=due,
        submitted_on=versions[0].submitted_on if versions else None,
    )
