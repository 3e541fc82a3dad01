"""Registering a report that came on paper."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from digikoord.lib import pages
from grants.models import Tranche

from .. import permissions
from ..actions import paper_reports
from ..forms.reports import PaperReportForm

if TYPE_CHECKING:
    from actors.request import Request


def register(request: Request, pk: int) -> HttpResponse:
    tranche = get_object_or_404(
        Tranche.objects.visible_to(request.user).select_related(
            "year",
            "place__programme__ministry",
            "place__programme__secretariat",
            "assignment__holder",
        ),
        pk=pk,
    )
    return pages.act(
        request,
        verdict=permissions.can_register_report(request.user, tranche),
        template="reporting/paper_report_register.html",
        context={
            "tranche": tranche,
            "programme": tranche.programme,
            "cancel_url": tranche.get_absolute_url(),
        },
        form=PaperReportForm,
        do=partial(paper_reports.register, tranche, by=request.user),
        done="Redovisningen är registrerad. Skriv in den och skicka sedan in den.",
        to=lambda report: reverse("reporting:activity_report_write", args=[report.pk]),
    )
