# An address names a programme by its code and a year by its number; the view goes on with the rows themselves.
# mypy: allow-redefinition

from functools import partial
from typing import cast

from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from actors.models import Succession
from actors.request import Request
from digikoord.lib import clock, pages
from digikoord.lib.fields import ReasonForm
from programmes.models import Programme

from .. import permissions, selectors
from ..actions import effects, effects_on_successions, succession_plans, successions
from ..forms.successions import EditForm, EnterForm, RegisterManyForm
from ..models import Assignment
from ..models.assignment import AssignmentQuerySet


def register_many(request: Request, programme: str) -> HttpResponse:
    programme = selectors.programme_or_404(request.user, programme)
    plans = [
        (row, row.possible & permissions.can_register_successions(request.user, programme, row.succession))
        for row in successions.plans(programme)
    ]
    possible = [row for row, verdict in plans if verdict]
    return pages.act(
        request,
        verdict=permissions.can_register_successions(request.user, programme),
        template="grants/succession_register_many.html",
        context={
            "programme": programme,
            "plans": possible,
            "seen": effects.seal(successions.effects_of(row for row, _verdict in plans)),
            "rows": [selectors.succession_choice(row) for row in possible],
            "excluded": [
                selectors.Excluded(str(row.succession), verdict.reason)
                for row, verdict in plans
                if not verdict
            ],
            "cancel_url": selectors.decisions_url(programme),
        },
        form=RegisterManyForm,
        form_kwargs={
            "rows": Succession.objects.filter(pk__in=[row.succession.pk for row in possible]),
            "initial": {"decided_on": clock.today(), "text": _first_text(programme)},
        },
        do=lambda **data: successions.register_many(
            programme, by=request.user, successions=data.pop("rows"), seen=request.POST.get("seen"), **data
        ),
        done=lambda made: f"{len(made)} övergångar är registrerade och efterträdarna har fått erbjudanden.",
        to=selectors.decisions_url(programme),
    )


def _first_text(programme: Programme) -> str:
    """What the new decision's text starts from: that of the programme's first decision."""
    return (
        programme.decisions.filter(status="dispatched")
        .order_by("decided_on", "pk")
        .values_list("text", flat=True)[0]
    )


def list_(request: Request, programme: str) -> HttpResponse:
    """The programme's successions: planned, and registered."""
    programme = selectors.programme_or_404(request.user, programme)
    user = request.user
    return render(
        request,
        "grants/succession_list.html",
        {
            "programme": programme,
            "plans": successions.plans(programme),
            "registered": Succession.objects.filter(
                status="registered", successor__assignments__place__programme=programme
            )
            .select_related("predecessor", "successor", "registered_by")
            .annotate(unanswered=Exists(_unanswered(programme)))
            .distinct(),
            "may_plan": permissions.can_plan_succession(user, programme),
            "may_register": permissions.can_register_successions(user, programme),
        },
    )


def _unanswered(programme: Programme) -> AssignmentQuerySet:
    """The successor's offer while nobody has answered it: until then the succession can be undone."""
    offers = Assignment.objects.filter(place__programme=programme, status="offered")
    return offers.filter(holder=OuterRef("successor"), succeeds__holder=OuterRef("predecessor"))


def _url(programme: Programme) -> str:
    return reverse("grants:succession_list", args=[programme.code])


def enter(request: Request, programme: str) -> HttpResponse:
    programme = selectors.programme_or_404(request.user, programme)
    return pages.act(
        request,
        verdict=permissions.can_plan_succession(request.user, programme),
        template="grants/succession_enter.html",
        context={"programme": programme, "cancel_url": _url(programme)},
        form=EnterForm,
        form_kwargs={"programme": programme, "initial": {"effective_on": clock.today()}},
        do=partial(succession_plans.enter, programme, by=request.user),
        done="Övergången är planerad. En beslutsfattare ska registrera den.",
        to=_url(programme),
    )


def _found(programme: Programme, pk: int, **lookups: str) -> Succession:
    rows = Succession.objects.filter(
        predecessor__assignments__place__programme=programme, **lookups
    ).select_related("predecessor", "successor")
    return get_object_or_404(rows.distinct(), pk=pk)


def edit(request: Request, programme: str, pk: int) -> HttpResponse:
    programme = selectors.programme_or_404(request.user, programme)
    row = _found(programme, pk)
    fields = ("effective_on", "legal_basis", "predecessor_dissolved")
    return pages.act(
        request,
        verdict=permissions.can_plan_succession(request.user, programme, row) & row.can("register"),
        template="grants/succession_edit.html",
        context={"programme": programme, "succession": row, "cancel_url": _url(programme)},
        form=EditForm,
        form_kwargs={"initial": {name: getattr(row, name) for name in fields}},
        do=partial(succession_plans.edit, row, by=request.user, programme=programme),
        done="Den planerade övergången är ändrad.",
        to=_url(programme),
    )


def undo(request: Request, programme: str, pk: int) -> HttpResponse:
    programme = selectors.programme_or_404(request.user, programme)
    row = _found(programme, pk)
    new = successions.taken_over(row, programme)
    possible = row.can("undo") & successions.can_undo(new)
    return pages.act(
        request,
        verdict=permissions.can_register_successions(request.user, programme, row) & possible,
        template="grants/succession_undo.html",
        context={
            "programme": programme,
            "succession": row,
            "cancel_url": _url(programme),
            "danger": True,
            **(effects.on_page(effects_on_successions.undoing(cast("Assignment", new))) if possible else {}),
        },
        form=ReasonForm,
        do=partial(
            successions.undo, row, by=request.user, programme=programme, seen=request.POST.get("seen")
        ),
        done="Övergången är ångrad. Företrädaren håller platsen igen.",
        to=_url(programme),
    )
