"""The reviewer's desk: a report beside last year's and the money, what is said of its fields, its checks and notes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from digikoord.lib import pages
from grants import selectors as grants_selectors

from .. import permissions
from ..actions import report_reviews
from ..forms.reports import ChecksForm, CommentForm, NoteForm, OfficerForm, OfficerManyForm
from ..models import ActivityReport, ReportComment
from ..selectors import report_reviews as selectors
from ..selectors import report_steps, reports
from ..selectors.attachments import attachments_in

if TYPE_CHECKING:
    from actors.request import Request

    from ..models import ReportVersion


def examine(request: Request, pk: int) -> HttpResponse:
    """Each field of the latest version beside last year's, with what has been said of it."""
    row = reports.report_or_404(request.user, pk)
    pages.require(
        permissions.can_comment(request.user, row) | permissions.can_check_report(request.user, row)
    )
    version = cast("ReportVersion", row.versions.last())
    before = report_steps.last_year(request.user, row)
    return render(
        request,
        "reporting/activity_report_examine.html",
        {
            "report": row,
            "programme": row.programme,
            "version": version,
            "before": before,
            "parts": selectors.side_by_side(row, version, before, request.user),
            "attachments": attachments_in(row, version.content),
            "checks": selectors.checks_of(row),
            "may_check": permissions.can_check_report(request.user, row) & row.can("review"),
            "notes": reports.notes_on(request.user, row),
            "steps": grants_selectors.money_steps(row.tranche.balance),
            "sums": reports.sums(version.content, row.tranche.paid),
        },
    )


def _desk(row: ActivityReport) -> str:
    return reverse("reporting:activity_report_examine", args=[row.pk])


def comment(request: Request, pk: int, key: str) -> HttpResponse:
    row = reports.report_or_404(request.user, pk)
    return pages.act(
        request,
        verdict=permissions.can_comment(request.user, row),
        template="reporting/report_comment.html",
        context={
            "report": row,
            "programme": row.programme,
            "label": selectors.labels_of(row).get(key, key),
            "cancel_url": _desk(row),
        },
        form=CommentForm,
        do=partial(report_reviews.comment, row, by=request.user, key=key),
        done="Kommentaren är sparad. Bara ni som granskar ser den.",
        to=f"{_desk(row)}#falt-{key}",
    )


def withdraw_comment(request: Request, pk: int) -> HttpResponse:
    comment = get_object_or_404(ReportComment.objects.standing().select_related("report"), pk=pk)
    row = reports.report_or_404(request.user, comment.report_id)
    return pages.act(
        request,
        verdict=permissions.can_withdraw_comment(request.user, comment),
        template="reporting/report_comment_withdraw.html",
        context={
            "report": row,
            "programme": row.programme,
            "comment": comment,
            "cancel_url": _desk(row),
        },
        do=partial(report_reviews.withdraw_comment, comment, by=request.user),
        done="Kommentaren är borttagen.",
        to=f"{_desk(row)}#falt-{comment.key}",
    )


def check(request: Request, pk: int) -> HttpResponse:
    row = reports.report_or_404(request.user, pk)
    return pages.act(
        request,
        verdict=permissions.can_check_report(request.user, row) & row.can("review"),
        template="reporting/activity_report_check.html",
        context={"report": row, "programme": row.programme, "cancel_url": _desk(row)},
        form=ChecksForm,
        form_kwargs={
            "checks": row.programme.definition.review_checks,
            "initial": {"done": list(row.checks)},
        },
        do=partial(report_reviews.check, row, by=request.user),
        done="Kontrollistan är sparad.",
        to=_desk(row),
    )


def note(request: Request, pk: int) -> HttpResponse:
    row = reports.report_or_404(request.user, pk)
    return pages.act(
        request,
        verdict=permissions.can_comment(request.user, row),
        template="reporting/activity_report_note.html",
        context={"report": row, "programme": row.programme, "cancel_url": _desk(row)},
        form=NoteForm,
        do=partial(report_reviews.note, row, by=request.user),
        done="Tjänsteanteckningen är registrerad.",
        to=_desk(row),
    )


def compare(request: Request, pk: int) -> HttpResponse:
    """What changed between two versions, field by field and word by word."""
    row = reports.report_or_404(request.user, pk)
    pages.require(permissions.handles_report(request.user, row))
    versions = reports.versions_of(row)
    older, newer = selectors.compared(versions, request.GET.get("fran"), request.GET.get("till"))
    return render(
        request,
        "reporting/activity_report_compare.html",
        {
            "report": row,
            "programme": row.programme,
            "versions": versions,
            "older": older,
            "newer": newer,
            "changes": selectors.changes(row, older, newer),
        },
    )


def assign_many(request: Request, programme: str, year: int) -> HttpResponse:
    """Share out the year's reports that wait for review."""
    found = grants_selectors.year_or_404(request.user, programme, year)
    chosen = selectors.to_assign(request.user, found, permissions.can_assign)
    reviewer = permissions.compiler(found.programme)
    back = f"{reverse('reporting:activity_report_list', args=[found.programme.code])}?ar={found}"
    return pages.act(
        request,
        verdict=permissions.can_assign_some(request.user, found.programme),
        template="reporting/activity_report_assign_many.html",
        context={"year": found, "programme": found.programme, "rows": chosen, "cancel_url": back},
        form=OfficerManyForm,
        form_kwargs={
            "rows": ActivityReport.objects.filter(pk__in=[row.key for row in chosen]),
            "officers": selectors.officers(reviewer),
        },
        do=lambda **data: report_reviews.assign_many(data["rows"], by=request.user, officer=data["officer"]),
        done=lambda made: f"{len(made)} redovisningar är fördelade.",
        to=back,
    )


def assign(request: Request, pk: int) -> HttpResponse:
    row = reports.report_or_404(request.user, pk)
    return pages.act(
        request,
        verdict=permissions.can_assign(request.user, row),
        template="reporting/activity_report_assign.html",
        context={"report": row, "programme": row.programme, "cancel_url": row.get_absolute_url()},
        form=OfficerForm,
        form_kwargs={
            "officers": selectors.officers(permissions.reviewer(row.place)),
            "initial": {"officer": row.case_officer_id},
        },
        do=partial(report_reviews.assign, row, by=request.user),
        done="Redovisningen är fördelad.",
        to=row.get_absolute_url(),
    )
