from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from digikoord.lib import clock
from grants import selectors as grants
from reporting import permissions

from ..selectors import countdown
from ..selectors import todo as duties

if TYPE_CHECKING:
    from actors.request import Request
    from programmes.models import Programme


@require_GET
def todo(request: Request) -> HttpResponse:
    """ "Att göra": what I owe, by date; then what waits for others."""
    user = request.user
    read = [row for row in grants.visible_programmes(user) if grants.is_authority(user, row)]
    visible = grants.visible_programmes(user)
    only = next((row.code for row in visible if row.code == request.GET.get("program")), "")
    compiled = [row for row in read if permissions.can_compile(user, row)]
    return render(
        request,
        "overview/todo.html",
        {
            "todo": duties.todo(user, [row.code for row in read], only),
            "programme_tabs": _tabs(visible, only),
            "today": clock.today(),
            "countdowns": countdown.countdowns(compiled),
        },
    )


def _tabs(programmes: Sequence[Programme], only: str) -> list[dict[str, object]]:
    """All programmes, or one; nothing to choose where there is only one."""
    if len(programmes) < 2:
        return []
    choices = [("Alla program", ""), *((row.short_name, row.code) for row in programmes)]
    return [
        {"label": label, "url": f"?program={code}" if code else "?", "current": code == only}
        for label, code in choices
    ]
