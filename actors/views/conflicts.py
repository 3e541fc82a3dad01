"""Conflicts of interest: one's own and one's colleagues'."""

from django.shortcuts import get_object_or_404

from digikoord.lib import lists, pages
from digikoord.lib.columns import Column

from .. import permissions, selectors
from ..actions import conflicts
from ..forms.conflicts import DeclareForm, LiftForm

COLUMNS = (
    Column("person", "Person", value=lambda row: row.person.name),
    Column("actor", "Aktör", value=lambda row: str(row.actor)),
    Column("reason", "Skäl"),
    Column("declared_on", "Anmält", "date"),
    Column("declared_by", "Av", value=lambda row: row.declared_by.name),
    Column("lifted_on", "Hävt", "date"),
    Column("lifted_by", "Hävt av", value=lambda row: row.lifted_by.name if row.lifted_by else None),
    Column("lift_reason", "Varför det hävts", value=lambda row: row.lift_reason or None),
)


def list_(request):
    rows = selectors.conflicts_of(request.user)
    found = [(row, permissions.can_lift_conflict(request.user, row)) for row in rows.open()]
    return lists.listing(
        request,
        template="actors/conflict_list.html",
        name="anmalt-jav",
        columns=COLUMNS,
        rows=rows,
        may_declare=permissions.can_declare_conflict(request.user, request.user),
        liftable=[row for row, verdict in found if verdict],
    )


def declare(request):
    return pages.act(
        request,
        verdict=permissions.can_declare_conflict(request.user, request.user),
        template="actors/conflict_declare.html",
        context={"cancel_url": "/jav/"},
        form=DeclareForm,
        form_kwargs={
            "people": selectors.declarable(request.user),
            "initial": {"person": request.user.pk},
        },
        do=lambda data: conflicts.declare(data.pop("person"), by=request.user, **data),
        done=lambda made: f"Jäv för {made.actor} är anmält. Aktörens ärenden handläggs av andra.",
        to=lambda made: made.get_absolute_url(),
    )


def lift(request, pk):
    row = get_object_or_404(selectors.conflicts_of(request.user).open(), pk=pk)
    return pages.act(
        request,
        verdict=permissions.can_lift_conflict(request.user, row),
        template="actors/conflict_lift.html",
        context={"conflict": row, "cancel_url": row.get_absolute_url()},
        form=LiftForm,
        do=lambda data: conflicts.lift(row, by=request.user, **data),
        done="Jävet är hävt.",
        to=row.get_absolute_url(),
    )
