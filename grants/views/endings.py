from collections.abc import Callable, Iterable
from functools import partial

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from actors.request import Request
from digikoord.lib import clock, pages

from .. import permissions
from ..actions import effects, effects_on_endings, endings
from ..forms.endings import RevokeForm
from ..models import Assignment


def _act(
    request: Request,
    pk: int,
    move: str,
    *,
    act: Callable[..., Assignment],
    planned: Callable[[Assignment], Iterable[effects.Effect]],
    form: type[forms.BaseForm] | None,
    done: str,
    **context: object,
) -> HttpResponse:
    rows = Assignment.objects.visible_to(request.user).select_related(
        "place__programme__ministry", "holder", "decision"
    )
    row = get_object_or_404(rows, pk=pk)
    return pages.act(
        request,
        verdict=permissions.can_end(request.user, row) & row.can(move),
        template=f"grants/assignment_{move}.html",
        context={
            "assignment": row,
            "programme": row.programme,
            "tranches": row.tranches.select_related("year").order_by("year__year"),
            "hindrances": endings.hindrances(row),
            **(effects.on_page(planned(row)) if row.can(move) else {}),
            "cancel_url": row.get_absolute_url(),
            **context,
        },
        form=form,
        form_kwargs={"initial": {"heard_on": clock.today()}} if form else None,
        do=partial(act, row, by=request.user, seen=request.POST.get("seen")),
        done=done,
        to=row.get_absolute_url(),
    )


def revoke(request: Request, pk: int) -> HttpResponse:
    return _act(
        request,
        pk,
        "revoke",
        act=endings.revoke,
        planned=effects_on_endings.revoking,
        form=RevokeForm,
        done="Uppdraget är upphävt.",
        danger=True,
    )


def conclude(request: Request, pk: int) -> HttpResponse:
    return _act(
        request,
        pk,
        "conclude",
        act=endings.conclude,
        planned=effects_on_endings.concluding,
        form=None,
        done="Uppdraget är avslutat.",
    )
