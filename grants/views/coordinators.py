# An address names a programme by its code and a year by its number; the view goes on with the rows themselves.
# mypy: allow-redefinition

from functools import partial
from typing import cast

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from actors.request import Request
from digikoord.lib import clock, lists, pages
from digikoord.lib.columns import Column
from digikoord.lib.verdict import ALLOWED, refused
from programmes.programme_file.shape import Function

from .. import permissions, selectors
from ..actions import coordinators
from ..forms.coordinators import AppointForm, EndForm
from ..models import Assignment, Coordinator

DIRECTORY = (
    Column("place", "Plats", value=lambda row: row.assignment.place.name),
    Column("holder", "Aktör", value=lambda row: str(row.assignment.holder)),
    Column("name", "Namn"),
    Column("function", "Funktion", value=lambda row: row.get_function_display()),
    Column("share", "Andel av heltid", "percent"),
    Column("email", "E-post"),
    Column("phone", "Telefon", value=lambda row: row.phone if row.phone_public else None),
    Column("starts", "Från", "date"),
    Column("ends", "Till", "date"),
)


def list_(request: Request, programme: str) -> HttpResponse:
    """The directory of coordinators who serve today, or on the day that `?per=` asks for."""
    programme = selectors.programme_with_a_function_or_404(request.user, programme)
    day = pages.day_asked(request)
    rows = selectors.coordinators_serving(request.user, programme, day or clock.today())
    return lists.listing(
        request,
        template="grants/coordinator_list.html",
        name=cast("Function", programme.definition.keeps).several,
        columns=DIRECTORY,
        rows=rows,
        programme=programme,
        day=day,
    )


def appoint(request: Request, pk: int) -> HttpResponse:
    rows = Assignment.objects.visible_to(request.user).select_related(
        "place__programme", "holder", "decision"
    )
    row = get_object_or_404(rows, pk=pk)
    in_force = ALLOWED if row.binding else refused("Någon utses när uppdraget gäller.")
    return pages.act(
        request,
        verdict=permissions.can_appoint(request.user, row) & in_force,
        template="grants/coordinator_appoint.html",
        context={
            "assignment": row,
            "programme": row.programme,
            "cancel_url": row.get_absolute_url(),
        },
        form=AppointForm,
        form_kwargs={"initial": {"starts": clock.today()}},
        do=partial(coordinators.appoint, row, by=request.user),
        done=lambda made: f"{made.name} är utsedd.",
        to=row.get_absolute_url(),
    )


def end(request: Request, pk: int) -> HttpResponse:
    rows = Coordinator.objects.visible_to(request.user).select_related(
        "assignment__place__programme", "assignment__holder", "assignment__decision"
    )
    row = get_object_or_404(rows, pk=pk)
    return pages.act(
        request,
        verdict=permissions.can_appoint(request.user, row.assignment),
        template="grants/coordinator_end.html",
        context={
            "coordinator": row,
            "programme": row.assignment.programme,
            "cancel_url": row.assignment.get_absolute_url(),
        },
        form=EndForm,
        form_kwargs={"initial": {"ends": row.ends or clock.today()}},
        do=partial(coordinators.end, row, by=request.user),
        done="Förordnandets sista dag är registrerad.",
        to=row.assignment.get_absolute_url(),
    )
