"""Conflicts of interest: one's own and one's colleagues'."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from actors.models import ConflictOfInterest
from actors.request import Request
from actors.steps import STEPS, Nature
from digikoord.lib import lists, pages
from digikoord.lib.columns import Column

from .. import permissions, selectors
from ..actions import conflicts
from ..forms.conflicts import DeclareForm, LiftForm, LiftStepForm, UpholdForm

COLUMNS = (
    Column("person", "Person", value=lambda row: row.person.name),
    Column("actor", "Aktör", value=lambda row: str(row.actor)),
    Column("reason", "Skäl"),
    Column("declared_on", "Anmält", "date"),
    Column("declared_by", "Av", value=lambda row: row.declared_by.name),
    Column("outcome", "Utgång"),
    Column("examined_on", "Prövat", "date"),
    Column("examined_by", "Prövat av", value=lambda row: row.examined_by and row.examined_by.name),
    Column("finding", "Varför", value=lambda row: row.finding or None),
)

NEVER = [step for step in STEPS.values() if step.nature in (Nature.DECISION, Nature.MONEY)]


def list_(request: Request) -> HttpResponse:
    rows = selectors.conflicts_of(request.user)
    mine = [row for row in rows.open() if permissions.can_examine_conflict(request.user, row)]
    return lists.listing(
        request,
        template="access/conflict_list.html",
        name="anmalt-jav",
        columns=COLUMNS,
        rows=rows,
        may_declare=permissions.can_declare_conflict(request.user, request.user),
        examinable=[row for row in mine if permissions.is_unexamined(row)],
        steps=list(selectors.steps_lifted_of(request.user)),
        liftable=[row for row in mine if not permissions.is_unexamined(row)],
    )


def declare(request: Request) -> HttpResponse:
    return pages.act(
        request,
        verdict=permissions.can_declare_conflict(request.user, request.user),
        template="access/conflict_declare.html",
        context={"cancel_url": "/jav/"},
        form=DeclareForm,
        form_kwargs={
            "people": selectors.declarable(request.user),
            "initial": {"person": request.user.pk},
        },
        do=lambda **data: conflicts.declare(data.pop("person"), by=request.user, **data),
        done=lambda made: f"Jäv för {made.actor} är anmält. Aktörens ärenden handläggs av andra.",
        to=lambda made: made.get_absolute_url(),
    )


def _open_or_404(request: Request, pk: int) -> ConflictOfInterest:
    return get_object_or_404(selectors.conflicts_of(request.user).open(), pk=pk)


def lift(request: Request, pk: int) -> HttpResponse:
    row = _open_or_404(request, pk)
    return pages.act(
        request,
        verdict=permissions.can_examine_conflict(request.user, row),
        template="access/conflict_lift.html",
        context={"conflict": row, "cancel_url": row.get_absolute_url()},
        form=LiftForm,
        do=partial(conflicts.lift, row, by=request.user),
        done="Jävet är hävt.",
        to=row.get_absolute_url(),
    )


def uphold(request: Request, pk: int) -> HttpResponse:
    row = _open_or_404(request, pk)
    return pages.act(
        request,
        verdict=permissions.can_examine_conflict(request.user, row) & permissions.is_unexamined(row),
        template="access/conflict_uphold.html",
        context={"conflict": row, "cancel_url": row.get_absolute_url()},
        form=UpholdForm,
        do=partial(conflicts.uphold, row, by=request.user),
        done="Jävet är prövat och står kvar.",
        to=row.get_absolute_url(),
    )


def lift_step(request: Request, pk: int) -> HttpResponse:
    row = _open_or_404(request, pk)
    return pages.act(
        request,
        verdict=permissions.can_lift_step(request.user, row),
        template="access/conflict_lift_step.html",
        context={"conflict": row, "never": NEVER, "cancel_url": row.get_absolute_url()},
        form=LiftStepForm,
        form_kwargs={"matters": selectors.matters_of(row.actor)},
        do=partial(conflicts.lift_step, row, by=request.user),
        done=lambda made: f"Jävet är hävt för ett steg: {made}.",
        to=row.get_absolute_url(),
    )
