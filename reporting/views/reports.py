from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from actors.models import Event
from digikoord.lib import clock, columns, pages
from digikoord.lib.buttons import Button, offered
from digikoord.lib.columns import Column
from digikoord.lib.fields import ChooseForm
from grants import selectors as grants_selectors
from grants.models import Tranche

from .. import content as contents
from .. import permissions, reading
from ..actions import reports
from ..duties import is_shortened, supplement_due
from ..faults import faults_in
from ..forms.reports import CertifyForm, ReportForm, ReturnForm
from ..models import ActivityReport
from ..selectors import reports as selectors

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
        "approved_on", "Godkänd", "date", value=lambda row: row.report.approved_on if row.report else None
    ),
)


def list_(request, programme):
    programme = grants_selectors.programme_or_404(request.user, programme)
    year, years = selectors.year_asked_for(programme, request.GET.get("ar"))
    rows = selectors.reports_of_year(request.user, year)
    if request.GET.get("format") == "csv":
        content = columns.as_csv(COLUMNS, rows, mark=clock.mark())
        return pages.download(content, f"redovisningar-{year}.csv", "text/csv; charset=utf-8")
    waiting = sum(row.state == "reviewed" for row in rows)
    return render(
        request,
        "reporting/activity_report_list.html",
        {
            "programme": programme,
            "year": year,
            "tabs": selectors.tabs(years, year, request.path),
            "rows": selectors.listed(request.user, rows),
            "counts": selectors.counted(rows),
            "exports": [("CSV", f"?ar={year}&format=csv")] if rows else [],
            "to_approve": waiting if permissions.can_decide_some(request.user, programme) else 0,
        },
    )


def detail(request, pk):
    row = selectors.report_or_404(request.user, pk)
    versions = selectors.versions_of(row)
    shown = next((one for one in versions if str(one.number) == request.GET.get("version")), None)
    shown = shown or (versions[0] if versions else None)
    content = shown.content if shown else row.draft
    return render(
        request,
        "reporting/activity_report_detail.html",
        {
            "report": row,
            "programme": row.programme,
            "versions": versions,
            "shown": shown,
            "sections": reading.sections(content, row.programme.definition, row.year.year),
            "steps": grants_selectors.money_steps(row.tranche.balance),
            "sums": selectors.sums(content, row.tranche.paid),
            "may_write": _may_write(request.user, row),
            "buttons": _buttons(request.user, row),
            "events": Event.objects.about(row.subject().key),
        },
    )


def _may_write(user, row):
    return permissions.can_write_report(user, row.tranche) & row.can("submit")


def _buttons(user, row):
    buttons = offered(
        row,
        (permissions.can_submit_report(user, row), "submit", "reporting:activity_report_submit"),
        (permissions.can_review(user, row), "review", "reporting:activity_report_review"),
        (permissions.can_approve_report(user, row), "approve", "reporting:activity_report_approve"),
        (permissions.can_return_report(user, row), "return", "reporting:activity_report_return"),
    )
    if _may_write(user, row):
        buttons.insert(0, Button("Skriv", reverse("reporting:activity_report_write", args=[row.pk])))
    if permissions.can_accept_account(user, row):
        buttons.append(Button("Godta kostnaderna", reverse("reporting:account_accept", args=[row.pk])))
    reopening = permissions.can_decide_reports(user, row)
    return buttons + offered(row, (reopening, "reopen", "reporting:activity_report_reopen"))


def start(request, pk):
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
        do=lambda data: reports.start(tranche, by=request.user),
        done="Redovisningen är påbörjad.",
        to=_write_page,
    )


def _write_page(report):
    return reverse("reporting:activity_report_write", args=[report.pk])


def write(request, pk):
    row = selectors.report_or_404(request.user, pk)
    return pages.act(
        request,
        verdict=_may_write(request.user, row),
        template="reporting/activity_report_write.html",
        context={
            "report": row,
            "programme": row.programme,
            "sums": selectors.sums(row.draft, row.tranche.paid),
            "last_day": selectors.last_day(row),
            "may_submit": permissions.can_submit_report(request.user, row),
            "cancel_url": row.get_absolute_url(),
        },
        form=ReportForm,
        form_kwargs={"report": row},
        do=lambda data: reports.write(row, by=request.user, **data),
        done="Utkastet är sparat.",
        to=lambda _: _next_page(request, row),
    )


def _next_page(request, row):
    """Where the button pressed leads; saving alone stays on the page."""
    match request.POST.get("then"):
        case "another":
            return _write_page(row) + "#ny-insats"
        case "read":
            return row.get_absolute_url()
        case "submit":
            return reverse("reporting:activity_report_submit", args=[row.pk])
    return _write_page(row)


def submit(request, pk):
    row = selectors.report_or_404(request.user, pk)
    faults = faults_in(row.draft, row.programme.definition, row.year.year, row.tranche.paid)
    return _act(
        request,
        row,
        "submit",
        permissions.can_submit_report(request.user, row),
        lambda data: reports.submit(row, by=request.user, **data),
        "Redovisningen är inskickad.",
        form=CertifyForm,
        last_day=selectors.last_day(row),
        faults=selectors.fault_links(row, faults),
        sums=selectors.sums(row.draft, row.tranche.paid),
    )


def _act(request, row, move, verdict, do, done, *, form=None, initial=None, **context):
    """One act on one report, and back to its page."""
    return pages.act(
        request,
        verdict=verdict & row.can(move),
        template=f"reporting/activity_report_{move}.html",
        context={
            "report": row,
            "programme": row.programme,
            "version": row.versions.last(),
            "cancel_url": row.get_absolute_url(),
            **context,
        },
        form=form,
        form_kwargs={"initial": initial or {}},
        do=do,
        done=done,
        to=row.get_absolute_url(),
    )


def return_(request, pk):
    row = selectors.report_or_404(request.user, pk)
    return _act(
        request,
        row,
        "return",
        permissions.can_return_report(request.user, row),
        lambda data: reports.return_(row, by=request.user, **data),
        "Redovisningen är återsänd. Aktören har fått veta vad som ska kompletteras.",
        form=ReturnForm,
        initial={"due": supplement_due(row)},
        shortened=is_shortened(row),
    )


def review(request, pk):
    row = selectors.report_or_404(request.user, pk)
    return _act(
        request,
        row,
        "review",
        permissions.can_review(request.user, row),
        lambda data: reports.review(row, by=request.user),
        "Granskningen är klar. En annan person godkänner redovisningen.",
    )


def approve(request, pk):
    row = selectors.report_or_404(request.user, pk)
    return _act(
        request,
        row,
        "approve",
        permissions.can_approve_report(request.user, row),
        lambda data: reports.approve(row, by=request.user),
        "Redovisningen är godkänd.",
    )


def reopen(request, pk):
    row = selectors.report_or_404(request.user, pk)
    return _act(
        request,
        row,
        "reopen",
        permissions.can_decide_reports(request.user, row),
        lambda data: reports.reopen(row, by=request.user, **data),
        "Redovisningen är öppen igen.",
        form=ReturnForm,
        initial={"due": supplement_due(row)},
        shortened=is_shortened(row),
        danger=True,
    )


def approve_many(request, programme, year):
    year = grants_selectors.year_or_404(request.user, programme, year)
    chosen, left_out = selectors.to_approve(request.user, year, permissions.can_approve_report)
    back = f"{reverse('reporting:activity_report_list', args=[year.programme.code])}?ar={year}"
    return pages.act(
        request,
        verdict=permissions.can_decide_some(request.user, year.programme),
        template="reporting/activity_report_approve_many.html",
        context={
            "year": year,
            "programme": year.programme,
            "rows": chosen,
            "excluded": left_out,
            "cancel_url": back,
        },
        form=ChooseForm,
        form_kwargs={"rows": ActivityReport.objects.filter(pk__in=[row.key for row in chosen])},
        do=lambda data: reports.approve_many(data["rows"], by=request.user),
        done=lambda made: f"{len(made)} redovisningar är godkända.",
        to=back,
    )
