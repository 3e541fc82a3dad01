from collections.abc import Iterable

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from actors.models import User
from actors.request import Request
from digikoord.lib.buttons import Button, offered

from .. import extending
from ..models import Extension, Obligation
from ..selectors import duties as selectors


def detail(request: Request, pk: int) -> HttpResponse:
    """A duty: what, who, by when, what ends it, and its story."""
    duty = selectors.duty_or_404(request.user, pk)
    extensions = selectors.extensions_of(duty)
    return render(
        request,
        "duties/duty_detail.html",
        {
            "duty": duty,
            "extensions": extensions,
            "warning": selectors.passes(duty, duty.due) if duty.is_open else "",
            "buttons": _buttons(request.user, duty, extensions),
            "events": selectors.story_of(duty, extensions),
        },
    )


def _buttons(user: User, duty: Obligation, extensions: Iterable[Extension]) -> list[Button]:
    found = []
    if duty.is_open and duty.is_for(user):
        found.append(Button("Öppna", duty.url))
    waiting = next((row for row in extensions if row.asked), None)
    if waiting is None and extending.can_ask(user, duty):
        found.append(Button("Begär anstånd", reverse("duties:extension_ask", args=[duty.pk]), forward=False))
    if waiting:
        deciding = extending.can_decide(user, waiting)
        found += offered(
            waiting,
            (deciding, "grant", "duties:extension_grant"),
            (deciding, "refuse", "duties:extension_refuse"),
            (extending.can_withdraw(user, waiting), "withdraw", "duties:extension_withdraw"),
        )
    return found
