"""A later day (anstånd): asked for, and decided."""

from django.urls import reverse

from digikoord.lib import pages
from digikoord.lib.fields import ReasonForm

from .. import extending
from ..actions import extensions
from ..forms.extensions import AskForm, GrantForm
from ..selectors import duties as selectors


def ask(request, pk):
    duty = selectors.duty_or_404(request.user, pk)
    url = reverse("duties:duty_detail", args=[duty.pk])
    return pages.act(
        request,
        verdict=extending.can_ask(request.user, duty),
        template="duties/extension_ask.html",
        context={"duty": duty, "cancel_url": url, "warning": ""},
        form=AskForm,
        do=lambda data: extensions.ask(duty, by=request.user, **data),
        done=f"Begäran är skickad till {duty.extender}.",
        to=url,
    )


def _act(request, pk, move, permission, do, done, **more):
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
        do=lambda data: do(row, by=request.user, **data),
        done=done,
        to=row.get_absolute_url(),
        **{name: value(row) if callable(value) else value for name, value in more.items()},
    )


def grant(request, pk):
    return _act(
        request,
        pk,
        "grant",
        extending.can_decide,
        extensions.grant,
        lambda made: f"Anståndet är beviljat. Ny sista dag är {made.last.day}.",
        form=lambda _row: GrantForm,
        form_kwargs=lambda row: {
            "initial": {"due": row.wanted},
            "by_law": row.obligation.kind == "repay",
        },
    )


def refuse(request, pk):
    return _act(
        request,
        pk,
        "refuse",
        extending.can_decide,
        extensions.refuse,
        "Begäran är avslagen. Den tidigare dagen gäller.",
        form=lambda _row: ReasonForm,
    )


def withdraw(request, pk):
    return _act(
        request,
        pk,
        "withdraw",
        extending.can_withdraw,
        extensions.withdraw,
        "Begäran är återtagen.",
    )
