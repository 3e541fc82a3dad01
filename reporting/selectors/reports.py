"""What the pages of the activity reports show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Prefetch, Q
from django.shortcuts import get_object_or_404
from django.urls import reverse

from digikoord.lib import clock
from digikoord.lib.money import ZERO
from duties.models import Obligation
from duties.selectors.extended import last_day as own_last_day
from grants.models import Tranche
from grants.selectors import Choice, Excluded
from records.models import Direction, Registration

from .. import content as contents
from ..lifecycle.activity_report import OPEN_FOR_WRITING
from ..models import ActivityReport, ReportVersion
from .readiness import LABELS, MISSING, Reporting, reporting

if TYPE_CHECKING:
    from actors.models import User
    from digikoord.lib.calendar import LastDay
    from digikoord.lib.verdict import Verdict
    from grants.models import ProgrammeYear
    from programmes.models import Programme

    from ..faults import Fault


def year_asked_for(programme: Programme, text: str | None) -> tuple[ProgrammeYear, list[ProgrammeYear]]:
    """The year in the address; otherwise the latest whose costs have ended, or the first."""
    years = list(programme.years.order_by("year"))
    asked = [row for row in years if str(row.year) == text]
    ended = [row for row in years if row.costs_to < clock.today()]
    year = (asked or ended[-1:] or years[:1])[0]
    year.programme = programme
    return year, years


def tabs(years: Iterable[ProgrammeYear], year: ProgrammeYear, url: str) -> list[dict[str, object]]:
    return [{"label": str(row), "url": f"{url}?ar={row.year}", "current": row == year} for row in years]


def reports_of_year(user: User, year: ProgrammeYear) -> list[Reporting]:
    """One row a place that the person may see, or whose approved report all may read."""
    readable = ActivityReport.objects.visible_to(user).of_year(year)
    seen = Q(pk__in=Tranche.objects.visible_to(user).filter(year=year).values("pk"))
    return reporting(year, Tranche.objects.filter(seen | Q(pk__in=readable.values("tranche"))))


@dataclass(frozen=True)
class Listed:
    """A row of the list: what the person sees of it, where it leads, and where one registers what came on paper."""

    row: Reporting
    status: str
    label: str
    note: str
    url: str
    on_paper: str = ""


def listed(
    user: User,
    rows: Iterable[Reporting],
    may_begin: Callable[[User, Tranche], Verdict],
    may_register: Callable[[User, Tranche], Verdict],
) -> list[Listed]:
    """An actor sees its own draft; others see that nothing has come in. Both verdicts are of (user, tranche)."""
    return [_listed(user, row, may_begin, may_register) for row in rows]


def _listed(
    user: User,
    row: Reporting,
    may_begin: Callable[[User, Tranche], Verdict],
    may_register: Callable[[User, Tranche], Verdict],
) -> Listed:
    own, tranche = user.belongs_to(row.tranche.assignment.holder_id), row.tranche
    note = f"Försenad, sista dag {row.act_by}" if row.overdue else ""
    if row.received:
        return Listed(row, row.state, row.label, "", row.url)
    if row.report and (own or row.report.paper_id):
        return Listed(row, row.report.status, row.report.get_status_display(), note, row.url)
    if row.begins and may_register(user, tranche):
        paper = reverse("reporting:paper_report_register", args=[row.tranche.pk])
        return Listed(row, "overdue" if row.overdue else row.state, row.label, note, "", paper)
    begins = row.state == MISSING and row.begins and may_begin(user, tranche)
    url = reverse("reporting:activity_report_start", args=[tranche.pk]) if begins else ""
    status = "overdue" if row.overdue else row.state
    return Listed(row, status, row.label, note, url)


def counted(rows: Iterable[Reporting]) -> list[tuple[str, int]]:
    """(label, how many) of each state that occurs among the actors, the finished first."""
    states = Counter(row.label for row in rows if not row.place.is_secretariat)
    return [(label, states[label]) for label in LABELS.values() if states[label]]


def report_or_404(user: User, pk: int) -> ActivityReport:
    """The report with its money, its parties and its versions."""
    row = get_object_or_404(
        ActivityReport.objects.visible_to(user).select_related(
            "submitted_by", "reviewed_by", "approved_by", "case_officer", "paper"
        ),
        pk=pk,
    )
    row.tranche = (
        Tranche.objects.with_money()
        .select_related(
            "year",
            "place__programme__ministry",
            "place__programme__secretariat",
            "place__programme__disburser",
            "assignment__holder",
            "assignment__decision",
        )
        .get(pk=row.tranche_id)
    )
    return row


def last_day(report: ActivityReport) -> LastDay | None:
    """The last day to submit: the year's, or the one set for the supplement asked for; None where there is none."""
    if not report.returned_reason:
        return own_last_day("report", report.tranche, report.year.to_report)
    duty = Obligation.objects.open().about("supplement", report.subject().key).first()
    return duty.last if duty else None


def versions_of(report: ActivityReport) -> list[ReportVersion]:
    return list(report.versions.order_by("-number"))


def sums(content: contents.Content, paid: Decimal) -> dict[str, object]:
    """(label, kronor) of the account: what each funder bore, and what is to be repaid of the grant."""
    used = contents.account_total(content, "grant")
    rows = [(label, contents.account_total(content, funder)) for funder, label in contents.FUNDERS.items()]
    return {"funders": rows, "used": used, "to_repay": max(paid - used, ZERO), "paid": paid}


def is_open(report: ActivityReport) -> bool:
    return report.status in OPEN_FOR_WRITING


def to_approve(
    user: User, year: ProgrammeYear, permission: Callable[[User, ActivityReport], Verdict]
) -> tuple[list[Choice], list[Excluded], dict[int, int]]:
    """(choices, excluded, {id: version}) of the mass approval, by the same verdicts as the act's own."""
    latest = Prefetch("versions", ReportVersion.objects.defer("content"))
    rows = (
        ActivityReport.objects.visible_to(user)
        .of_year(year)
        .defer("draft")
        .filter(submitted_on__isnull=False, approved_on__isnull=True)
        .select_related(
            "tranche__year",
            "tranche__place__programme__ministry",
            "tranche__place__programme__secretariat",
            "tranche__assignment__holder",
        )
        .prefetch_related(latest)
        .order_by("tranche__place__part", "tranche__place__code")
    )
    chosen, left_out, read = [], [], {}
    for row in rows:
        verdict = row.can("approve") & permission(user, row)
        if verdict:
            chosen.append(_choice(row))
            read[row.pk] = list(row.versions.all())[-1].number
        else:
            left_out.append(Excluded(str(row.place), verdict.reason))
    return chosen, left_out, read


def _choice(row: ActivityReport) -> Choice:
    version = list(row.versions.all())[-1]
    note = f"Version {version.number}, inkom {version.submitted_on}. Granskad {row.reviewed_on}."
    return Choice(row.pk, f"{row.place} – {row.holder}", version.used, note)


def fault_links(report: ActivityReport, faults: Iterable[Fault]) -> list[tuple[str, str]]:
    """(sentence, address of the field) for each fault."""
    return [
        (
            fault.sentence,
            f"{reverse('reporting:activity_report_step', args=[report.pk, fault.step])}#id_{fault.field}",
        )
        for fault in faults
    ]


def notes_on(user: User, report: ActivityReport) -> list[Registration]:
    """The file notes on the report that the person may read, the latest first."""
    rows = Registration.objects.visible_to(user).filter(
        key=report.subject().key, direction=Direction.DRAWN_UP
    )
    return list(rows.select_related("registered_by").order_by("-number"))
