"""Writing a report: what remains, one step at a time, and saving as one types."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from digikoord.lib import pages
from digikoord.lib.verdict import Refused

from .. import fields, permissions
from ..actions import report_drafts
from ..faults import doubts_in, faults_in
from ..forms.report_step import StepForm
from ..forms.reports import SecrecyForm
from ..selectors import report_steps, reports
from ..selectors.attachments import attachments_in

if TYPE_CHECKING:
    from actors.models import User
    from actors.request import Request
    from digikoord.lib.verdict import Verdict

    from ..content import Content
    from ..models import ActivityReport


OVERVIEW = "reporting:activity_report_write"


def may_write(user: User, row: ActivityReport) -> Verdict:
    return permissions.can_write(user, row) & row.can("submit")


def overview(request: Request, pk: int) -> HttpResponse:
    """What there is to write, and how far it has come."""
    row = reports.report_or_404(request.user, pk)
    pages.require(may_write(request.user, row))
    definition, year = row.programme.definition, row.year.year
    faults = faults_in(row.draft, definition, year, row.tranche.paid)
    return render(
        request,
        "reporting/activity_report_write.html",
        {
            "report": row,
            "programme": row.programme,
            "steps": report_steps.progress(row),
            "left": len(faults),
            "doubts": doubts_in(row.draft, definition, year),
            "last_day": reports.last_day(row),
            "may_submit": permissions.can_submit_report(request.user, row),
        },
    )


def step(request: Request, pk: int, step: str) -> HttpResponse:
    """One step's form; saving leads on to the next."""
    row = reports.report_or_404(request.user, pk)
    found = report_steps.step_or_404(row, step)
    before = report_steps.last_year(request.user, row)
    return pages.act(
        request,
        verdict=may_write(request.user, row),
        template="reporting/report_step.html",
        context=_context(request.user, row, found, before),
        form=StepForm,
        form_kwargs={"report": row, "step": found, "before": before and before[1]},
        do=partial(report_drafts.write, row, by=request.user, step=found.key),
        done="Avsnittet är sparat.",
        to=_next(request, row, found),
    )


def _context(
    user: User, row: ActivityReport, found: fields.Step, before: tuple[int, Content] | None
) -> dict[str, object]:
    definition = row.programme.definition
    return {
        "report": row,
        "programme": row.programme,
        "step": found,
        "is_open": any(fields.is_open(field.key, row.wanted) for field in found.fields),
        "takes_rows": report_steps.takes_rows(row, found),
        "steps": report_steps.progress(row),
        "before": before,
        "initiatives": report_steps.initiatives(row.draft, definition, row.year.year),
        "initiatives_before": report_steps.initiatives(before[1], definition, before[0]) if before else (),
        "attachments": attachments_in(row, row.draft) if found.section.form == "attachments" else (),
        "sums": reports.sums(row.draft, row.tranche.paid),
        "next_url": report_steps.after(row, found),
        "cancel_url": reverse(OVERVIEW, args=[row.pk]),
    }


def _next(request: Request, row: ActivityReport, found: fields.Step) -> str:
    """Where the button pressed leads."""
    if request.POST.get("then") == "stay":
        return report_steps.url_of(row, found)
    return report_steps.after(row, found)


@require_POST
def autosave(request: Request, pk: int, step: str) -> HttpResponse:
    """What is typed so far, saved where it can be; answered as JSON to the page that goes on."""
    row = reports.report_or_404(request.user, pk)
    found = report_steps.step_or_404(row, step)
    pages.require(may_write(request.user, row))
    form = StepForm(request.POST, report=row, step=found)
    form.is_valid()
    if "edition" in form.errors:
        return JsonResponse({"problem": "Läs sidan på nytt."}, status=409)
    if form.overtaken:
        return JsonResponse({"problem": form.non_field_errors()[0]}, status=409)
    try:
        row = report_drafts.write(
            row, by=request.user, step=found.key, values=form.kept, edition=row.edition(found.key)
        )
    except Refused as refusal:
        return JsonResponse({"problem": str(refusal)}, status=409)
    last = row.editions[found.key]
    return JsonResponse({"edition": last["number"], "saved": last["at"], "errors": form.errors})


@require_POST
def add_initiative(request: Request, pk: int) -> HttpResponse:
    """An empty initiative, and on to its page."""
    row = reports.report_or_404(request.user, pk)
    return pages.post(
        request,
        verdict=may_write(request.user, row),
        do=lambda: report_drafts.add_initiatives(row, by=request.user, rows=[{}]),
        done="En ny insats är tillagd.",
        to=lambda made: (
            report_steps.initiative_url(made, made.added[0]) if made else list_of_initiatives(row)
        ),
    )


@require_POST
def copy_initiatives(request: Request, pk: int) -> HttpResponse:
    """Last year's initiatives, to go on from; what came of them is left out."""
    row = reports.report_or_404(request.user, pk)
    rows, claims = report_steps.carried_over(report_steps.last_year(request.user, row))
    return pages.post(
        request,
        verdict=may_write(request.user, row),
        do=lambda: report_drafts.add_initiatives(row, by=request.user, rows=rows, claims=claims),
        done=f"{len(rows)} insatser är hämtade från året före.",
        to=list_of_initiatives(row),
    )


def list_of_initiatives(row: ActivityReport) -> str:
    """The step where the initiatives are listed."""
    return report_steps.section_url(row, "initiatives")


def remove_initiative(request: Request, pk: int, number: int) -> HttpResponse:
    row = reports.report_or_404(request.user, pk)
    found = report_steps.initiative_or_404(row, number)
    return pages.act(
        request,
        verdict=may_write(request.user, row),
        template="reporting/initiative_remove.html",
        context={
            "report": row,
            "programme": row.programme,
            "step": found,
            "cancel_url": list_of_initiatives(row),
        },
        do=partial(report_drafts.remove_initiative, row, by=request.user, number=number),
        done="Insatsen är borttagen.",
        to=list_of_initiatives(row),
    )


def secrecy(request: Request, pk: int) -> HttpResponse:
    """Which of the fields and attachments should be kept from others, and why."""
    row = reports.report_or_404(request.user, pk)
    return pages.act(
        request,
        verdict=may_write(request.user, row),
        template="reporting/activity_report_secrecy.html",
        context={
            "report": row,
            "programme": row.programme,
            "cancel_url": reverse(OVERVIEW, args=[row.pk]),
        },
        form=SecrecyForm,
        form_kwargs={
            "report": row,
            "groups": report_steps.claimable(row),
            "marked": row.draft["secrecy"],
        },
        do=partial(report_drafts.claim_secrecy, row, by=request.user),
        done="Sekretessmarkeringarna är sparade.",
        to=reverse(OVERVIEW, args=[row.pk]),
    )
