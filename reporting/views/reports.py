from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from digikoord.lib import clock, columns, pages
from digikoord.lib.buttons import Button, offered
from digikoord.lib.columns import Column
from grants import selectors as grants_selectors
from grants.models import Tranche
from records.models import Event

from .. import content as contents
from .. import permissions, reading, secrecy
from ..actions import report_drafts, reports
from ..faults import doubts_in, faults_in
from ..forms.reports import CertifyForm
from ..models import ActivityReport
from ..selectors import report_steps
from ..selectors import reports as selectors
from ..selectors.attachments import attachments_in

if TYPE_CHECKING:
    from actors.models import User
    from actors.request import Request
    from digikoord.lib.verdict import Verdict

    from ..models import ReportVersion


COLUMNS = (
    Column("code", "Kod", value=lambda row: row.place.code),
    Column("place", "Plats", value=lambda row: row.place.name),
    Column("holder", "Aktör", value=lambda row: str(row.holder)),
    Column("state", "Läge", value=lambda row: row.label),
    Column("overdue", "Försenad", value=lambda row: "Ja" if row.overdue else "Nej"),
    Column("submitted_on", "Inkom", "date"),
    Column("late", "För sent", value=lambda row: "Ja" if row.late else "Nej"),
    Column("version", "Version", "int", value=lambda row: row.version and row.version.number),
    Column(
        "officer",
        "Handläggare",
        value=lambda row: str(row.report.case_officer or "") if row.report else "",
    ),
    Column(
        "approved_on", "Godkänd", "date", value=lambda row: row.report.approved_on if row.report else None
    ),
)


def list_(request: Request, programme: str) -> HttpResponse:
    found = grants_selectors.programme_or_404(request.user, programme)
    year, years = selectors.year_asked_for(found, request.GET.get("ar"))
    rows = selectors.reports_of_year(request.user, year)
    if request.GET.get("format") == "csv":
        content = columns.as_csv(COLUMNS, rows, mark=clock.mark())
        return pages.download(content, f"redovisningar-{year}.csv", "text/csv; charset=utf-8")
    waiting = sum(row.state == "reviewed" for row in rows)
    received = sum(row.state == "submitted" for row in rows)
    return render(
        request,
        "reporting/activity_report_list.html",
        {
            "programme": found,
            "year": year,
            "tabs": selectors.tabs(years, year, request.path),
            "rows": selectors.listed(
                request.user, rows, permissions.can_write_report, permissions.can_register_report
            ),
            "counts": selectors.counted(rows),
            "exports": [("CSV", f"?ar={year}&format=csv")] if rows else [],
            "authority": grants_selectors.is_authority(request.user, found),
            "to_assign": received if permissions.can_assign_some(request.user, found) else 0,
            "to_approve": waiting if permissions.can_decide_some(request.user, found) else 0,
        },
    )


def detail(request: Request, pk: int) -> HttpResponse:
    """The report as the person may read it: in full for those it concerns, without what is secret for other actors."""
    row = selectors.report_or_404(request.user, pk)
    versions = selectors.versions_of(row)
    shown = _asked_for(request, versions) or (versions[0] if versions else None)
    handles = bool(permissions.handles_report(request.user, row))
    if not handles:
        versions, shown = versions[:1], versions[0]
    content = _readable(row, shown.content if shown else row.draft, handles)
    return render(
        request,
        "reporting/activity_report_detail.html",
        {
            "report": row,
            "programme": row.programme,
            "versions": versions,
            "shown": shown,
            "handles": handles,
            "sections": reading.sections(content, row.programme.definition, row.year.year),
            "goal_names": [(goal.code, goal.name) for goal in row.programme.definition.sub_goals],
            "attachments": attachments_in(row, content),
            "claims": report_steps.claims_told(row, content) if handles else (),
            "steps": grants_selectors.money_steps(row.tranche.balance),
            "sums": selectors.sums(content, row.tranche.paid),
            "may_write": _may_write(request.user, row),
            "reviews": permissions.can_comment(request.user, row),
            "notes": selectors.notes_on(request.user, row),
            "buttons": _buttons(request.user, row),
            "events": Event.objects.about(row.subject().key) if handles else (),
        },
    )


def _asked_for(request: Request, versions: Iterable[ReportVersion]) -> ReportVersion | None:
    return next((one for one in versions if str(one.number) == request.GET.get("version")), None)


def _readable(row: ActivityReport, content: contents.Content, handles: bool) -> contents.Content:
    return content if handles else secrecy.masked(content, row.programme.definition, row.year.year)


def contents_read(user: User, row: ActivityReport) -> list[contents.Content]:
    """Every content of the report that the person may read, the latest first."""
    versions = [one.content for one in selectors.versions_of(row)]
    if not permissions.handles_report(user, row):
        return [_readable(row, versions[0], handles=False)]
    return [row.draft, *versions] if _reads_draft(user, row) or not versions else versions


def _reads_draft(user: User, row: ActivityReport) -> Verdict | bool:
    return permissions.can_write(user, row) or user.belongs_to(row.holder.pk)


def print_(request: Request, pk: int) -> HttpResponse:
    """The report alone, to print: the version asked for, else what is being written, else the latest version."""
    row = selectors.report_or_404(request.user, pk)
    handles = bool(permissions.handles_report(request.user, row))
    versions = selectors.versions_of(row)
    shown = _asked_for(request, versions if handles else versions[:1])
    writing = handles and row.can("submit") and _reads_draft(request.user, row)
    if shown is None and versions and not writing:
        shown = versions[0]
    content = _readable(row, shown.content if shown else row.draft, handles)
    return render(
        request,
        "reporting/activity_report_print.html",
        {
            "report": row,
            "programme": row.programme,
            "version": shown,
            "sections": reading.sections(content, row.programme.definition, row.year.year),
            "goal_names": [(goal.code, goal.name) for goal in row.programme.definition.sub_goals],
            "attachments": attachments_in(row, content),
        },
    )


def _may_write(user: User, row: ActivityReport) -> Verdict:
    return permissions.can_write(user, row) & row.can("submit")


def _buttons(user: User, row: ActivityReport) -> list[Button]:
    buttons = offered(
        row,
        (permissions.can_submit_report(user, row), "submit", "reporting:activity_report_submit"),
        (permissions.can_review(user, row), "review", "reporting:activity_report_review"),
        (permissions.can_approve_report(user, row), "approve", "reporting:activity_report_approve"),
        (permissions.can_return_report(user, row), "return", "reporting:activity_report_return"),
    )
    if row.submitted_on and (permissions.can_comment(user, row) | permissions.can_check_report(user, row)):
        buttons.insert(0, Button("Granska", reverse("reporting:activity_report_examine", args=[row.pk])))
    if _may_write(user, row):
        buttons.insert(0, Button("Skriv", _write_page(row)))
    if permissions.can_accept_account(user, row):
        buttons.append(Button("Godta kostnaderna", reverse("reporting:account_accept", args=[row.pk])))
    if permissions.can_assign(user, row) and row.submitted_on:
        buttons.append(Button("Fördela", reverse("reporting:activity_report_assign", args=[row.pk]), False))
    reopening = permissions.can_decide_reports(user, row)
    return buttons + offered(row, (reopening, "reopen", "reporting:activity_report_reopen"))


def start(request: Request, pk: int) -> HttpResponse:
    tranche = get_object_or_404(
        Tranche.objects.visible_to(request.user).select_related(
            "year", "place__programme", "assignment__holder"
        ),
        pk=pk,
    )
    known = ActivityReport.objects.visible_to(request.user).filter(tranche=tranche).first()
    if known and request.method == "GET":
        return redirect(_write_page(known) if _may_write(request.user, known) else known)
    return pages.act(
        request,
        verdict=permissions.can_write_report(request.user, tranche),
        template="reporting/activity_report_start.html",
        context={
            "tranche": tranche,
            "programme": tranche.programme,
            "sections": contents.sections(tranche.programme.definition, tranche.year.year),
            "cancel_url": tranche.get_absolute_url(),
        },
        do=partial(report_drafts.start, tranche, by=request.user),
        done="Redovisningen är påbörjad.",
        to=_write_page,
    )


def _write_page(report: ActivityReport) -> str:
    return reverse("reporting:activity_report_write", args=[report.pk])


def submit(request: Request, pk: int) -> HttpResponse:
    row = selectors.report_or_404(request.user, pk)
    definition, year = row.programme.definition, row.year.year
    faults = faults_in(row.draft, definition, year, row.tranche.paid)
    return pages.act_on(
        request,
        row,
        "submit",
        template="reporting/activity_report_submit.html",
        verdict=permissions.can_submit_report(request.user, row),
        do=partial(reports.submit, row, by=request.user),
        done="Redovisningen är inskickad.",
        form=CertifyForm,
        report=row,
        last_day=selectors.last_day(row),
        faults=selectors.fault_links(row, faults),
        doubts=doubts_in(row.draft, definition, year),
        sums=selectors.sums(row.draft, row.tranche.paid),
    )
