from django.shortcuts import render
from django.views.decorators.http import require_GET

from actors import selectors as duties
from digikoord.lib import clock
from grants import selectors as grants

from .. import permissions
from ..selectors import countdown


@require_GET
def todo(request):
    """ "Att göra": what I owe, by date; then what waits for others."""
    user = request.user
    read = [row for row in grants.visible_programmes(user) if grants.is_authority(user, row)]
    compiled = [row for row in read if permissions.can_compile(user, row)]
    return render(
        request,
        "reporting/todo.html",
        {
            "todo": duties.todo(user, [row.code for row in read]),
            "today": clock.today(),
            "countdowns": countdown.countdowns(compiled),
        },
    )
