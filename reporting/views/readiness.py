""" "Om sammanställningen skickades idag": how ready the year is, and what each report waits for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from digikoord.lib import clock, lists, pages
from digikoord.lib.columns import Column
from digikoord.lib.fields import ChooseForm
from duties.models import Obligation
from grants import selectors as grants_selectors

from .. import permissions
from ..actions import reminders as acts
from ..selectors import reminders
from ..selectors.critical_path import critical_path
from ..selectors.readiness import reporting

if TYPE_CHECKING:
    from actors.request import Request
    from grants.models import ProgrammeYear


COLUMNS = (
    Column("place", "Plats", value=lambda path: path.row.place.name, link=lambda path: path.row.url),
    Column("state", "Läge", value=lambda path: path.row.label),
    Column("whose", "Väntar på", value=lambda path: path.whose or None),
    Column("since", "Sedan", "date", value=lambda path: path.duty and path.duty.opened_on),
    Column("next", "Nästa steg", value=lambda path: path.duty and path.duty.label),
    Column("act_by", "Senast", "date", value=lambda path: path.duty and path.duty.act_by),
    Column("earliest", "Kan vara godkänd", "date"),
    Column("slack", "Marginal, dagar", "int"),
    Column("verdict", "Bedömning"),
)


def _year_or_404(request: Request, programme: str, year: int) -> ProgrammeYear:
    """For those who read all of the programme."""
    grants_selectors.authority_programme_or_404(request.user, programme)
    return grants_selectors.year_or_404(request.user, programme, year)


def readiness(request: Request, programme: str, year: int) -> HttpResponse:
    found = _year_or_404(request, programme, year)
    path = critical_path(found)
    rows = [*path.paths, *([path.secretariat] if path.secretariat else [])]
    file = lists.export(request, COLUMNS, rows, f"beredskap-{found}")
    if file:
        return file
    return render(
        request,
        "reporting/readiness.html",
        {
            "programme": found.programme,
            "year": found,
            "path": path,
            "rows": rows,
            "columns": COLUMNS,
            "today": clock.today(),
            "may_remind": permissions.can_compile(request.user, found.programme),
            "exports": lists.exports(request),
        },
    )


def remind_many(request: Request, programme: str, year: int) -> HttpResponse:
    found = _year_or_404(request, programme, year)
    told, excluded = reminders.reminders(found, reporting(found, versions=None), request.user.biased_against)
    page = reverse("reporting:readiness", args=[found.programme.code, found.year])
    return pages.act(
        request,
        verdict=permissions.can_compile(request.user, found.programme),
        template="reporting/readiness_remind_many.html",
        context={
            "programme": found.programme,
            "year": found,
            "rows": told,
            "excluded": excluded,
            "cancel_url": page,
        },
        form=ChooseForm,
        form_kwargs={"rows": Obligation.objects.filter(pk__in=[letter.key for letter in told])},
        do=lambda **data: acts.remind_many(found, by=request.user, duties=data["rows"]),
        done=lambda sent: f"{len(sent)} {'aktör är påmind' if len(sent) == 1 else 'aktörer är påminda'}.",
        to=page,
    )
