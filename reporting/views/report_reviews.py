"""Reviewing reports: shared out, read beside last year's, commented, sent back or found in order, and approved."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.urls import reverse

from digikoord.lib import pages
from grants import selectors as grants_selectors

from .. import permissions
from ..actions import reports
from ..duties import is_shortened, supplement_due
from ..forms.reports import ApproveForm, ApproveManyForm, ReturnForm, SupplementForm
from ..models import ActivityReport
from ..selectors import report_reviews as review_selectors
from ..selectors import reports as selectors

if TYPE_CHECKING:
    from actors.request import Request
    from digikoord.lib.verdict import Verdict


def _act(
    request: Request,
    row: ActivityReport,
    *,
    move: str,
    verdict: Verdict,
    do: Callable[..., ActivityReport],
    done: str,
    **options: Any,  # of pages.act_on, and what the page meets
) -> HttpResponse:
    """One act on one report, and back to its page."""
    return pages.act_on(
        request,
        row,
        move,
        template=f"reporting/activity_report_{move}.html",
        verdict=verdict,
        do=do,
        done=done,
        report=row,
        version=row.versions.last(),
        **options,
    )


def return_(request: Request, pk: int) -> HttpResponse:
    row = selectors.report_or_404(request.user, pk)
    return pages.act(
        request,
        verdict=permissions.can_return_report(request.user, row) & row.can("return"),
        template="reporting/activity_report_return.html",
        context={
            "report": row,
            "programme": row.programme,
            "version": row.versions.last(),
            "shortened": is_shortened(row),
            "cancel_url": row.get_absolute_url(),
        },
        form=SupplementForm,
        form_kwargs={
            "groups": review_selectors.pointable_of(row),
            "marked": review_selectors.said_of_fields(row),
            "initial": {"due": supplement_due(row)},
        },
        do=partial(reports.return_, row, by=request.user),
        done="Redovisningen är återsänd. Aktören har fått veta vad som ska kompletteras.",
        to=row.get_absolute_url(),
    )


def review(request: Request, pk: int) -> HttpResponse:
    row = selectors.report_or_404(request.user, pk)
    return _act(
        request,
        row,
        move="review",
        verdict=permissions.can_review(request.user, row),
        do=partial(reports.review, row, by=request.user),
        done="Granskningen är klar. En annan person godkänner redovisningen.",
        checks=review_selectors.checks_of(row),
    )


def approve(request: Request, pk: int) -> HttpResponse:
    row = selectors.report_or_404(request.user, pk)
    latest = row.versions.last()
    return _act(
        request,
        row,
        move="approve",
        verdict=permissions.can_approve_report(request.user, row),
        do=partial(reports.approve, row, by=request.user),
        done="Redovisningen är godkänd.",
        form=ApproveForm,
        initial={"version": latest and latest.number},
    )


def reopen(request: Request, pk: int) -> HttpResponse:
    row = selectors.report_or_404(request.user, pk)
    return _act(
        request,
        row,
        move="reopen",
        verdict=permissions.can_decide_reports(request.user, row),
        do=partial(reports.reopen, row, by=request.user),
        done="Redovisningen är öppen igen.",
        form=ReturnForm,
        initial={"due": supplement_due(row)},
        shortened=is_shortened(row),
        danger=True,
    )


def approve_many(request: Request, programme: str, year: int) -> HttpResponse:
    found = grants_selectors.year_or_404(request.user, programme, year)
    chosen, left_out, read = selectors.to_approve(request.user, found, permissions.can_approve_report)
    back = f"{reverse('reporting:activity_report_list', args=[found.programme.code])}?ar={found}"
    return pages.act(
        request,
        verdict=permissions.can_decide_some(request.user, found.programme),
        template="reporting/activity_report_approve_many.html",
        context={
            "year": found,
            "programme": found.programme,
            "rows": chosen,
            "excluded": left_out,
            "cancel_url": back,
        },
        form=ApproveManyForm,
        form_kwargs={
            "rows": ActivityReport.objects.filter(pk__in=[row.key for row in chosen]),
            "initial": {"read": read},
        },
        do=lambda **data: reports.approve_many(data["rows"], by=request.user, read=data["read"]),
        done=lambda made: f"{len(made)} redovisningar är godkända.",
        to=back,
    )
