"""A later day (anstånd): asked for, and decided."""

from collections.abc import Callable, Mapping
from functools import partial

from django import forms
from django.http import HttpResponse
from django.urls import reverse

from actors.models import User
from actors.request import Request
from digikoord.lib import pages
from digikoord.lib.fields import ReasonForm
from digikoord.lib.verdict import Verdict

from .. import extending
from ..actions import extensions
from ..forms.extensions import AskForm, GrantForm
from ..models import Extension
from ..selectors import duties as selectors


def ask(request: Request, pk: int) -> HttpResponse:
    duty = selectors.duty_or_404(request.user, pk)
    url = reverse("duties:duty_detail", args=[duty.pk])
    return pages.act(
        request,
        verdict=extending.can_ask(request.user, duty),
        template="duties/extension_ask.html",
        context={"duty": duty, "cancel_url": url, "warning": ""},
        form=AskForm,
        do=partial(extensions.ask, duty, by=request.user),
        done=f"Begäran är skickad till {duty.extender}.",
        to=url,
    )


def _act(
    request: Request,
    pk: int,
    *,
    move: str,
    permission: Callable[[User, Extension], Verdict],
    do: Callable[..., Extension],
    done: str | Callable[[Extension], str],
    form: type[forms.Form] | None = None,
    form_kwargs: Callable[[Extension], Mapping[str, object]] = lambda _row: {},
) -> HttpResponse:
    row = selectors.extension_or_404(request.user, pk)
    return pages.act(
        request,
        verdict=permission(request.user, row) & row.can(move),
        template=f"duties/extension_{move}.html",
        context={
            "extension": row,
            "duty": row.obligation,
            "warning": selectors.passes(row.obligation, row.wanted),
            "cancel_url": row.get_absolute_url(),
        },
        do=partial(do, row, by=request.user),
        done=done,
        to=row.get_absolute_url(),
        form=form,
        form_kwargs=form_kwargs(row),
    )


def grant(request: Request, pk: int) -> HttpResponse:
    return _act(
        request,
        pk,
        move="grant",
        permission=extending.can_decide,
        do=extensions.grant,
        done=lambda made: f"Anståndet är beviljat. Ny sista dag är {made.last.day}.",
        form=GrantForm,
        form_kwargs=lambda row: {
            "initial": {"due": row.wanted},
            "by_law": row.obligation.kind == "repay",
        },
    )


def refuse(request: Request, pk: int) -> HttpResponse:
    return _act(
        request,
        pk,
        move="refuse",
        permission=extending.can_decide,
        do=extensions.refuse,
        done="Begäran är avslagen. Den tidigare dagen gäller.",
        form=ReasonForm,
    )


def withdraw(request: Request, pk: int) -> HttpResponse:
    return _act(
        request,
        pk,
        move="withdraw",
        permission=extending.can_withdraw,
        do=extensions.withdraw,
        done="Begäran är återtagen.",
    )
