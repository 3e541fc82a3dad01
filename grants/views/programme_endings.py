"""The programme ends: one act's page, or what is left before it."""

# An address names a programme by its code and a year by its number; the view goes on with the rows themselves.
# mypy: allow-redefinition

from functools import partial

from django.http import HttpResponse
from django.urls import reverse

from actors.request import Request
from digikoord.lib import pages

from .. import permissions, selectors
from ..actions import programme_endings


def end(request: Request, programme: str) -> HttpResponse:
    programme = selectors.programme_or_404(request.user, programme)
    return pages.act(
        request,
        verdict=permissions.can_end_programme(request.user, programme),
        template="grants/programme_end.html",
        context={
            "programme": programme,
            "left": programme_endings.hindrances(programme),
            "cancel_url": reverse("grants:decision_list", args=[programme.code]),
            "danger": True,
        },
        do=partial(programme_endings.end, programme, by=request.user),
        done=f"{programme.short_name} är avslutat.",
        to=reverse("grants:decision_list", args=[programme.code]),
    )
