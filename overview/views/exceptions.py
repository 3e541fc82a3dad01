from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from digikoord.lib import lists
from grants.selectors import programme_or_404
from reporting import permissions

from ..forms.exceptions import ExceptionFilterForm
from ..selectors import exceptions

if TYPE_CHECKING:
    from actors.request import Request


def list_(request: Request, programme: str) -> HttpResponse:
    """What did not go the ordinary way, for those who examine: by kind and year, each opens its matter."""
    found = programme_or_404(request.user, programme)
    verdict = permissions.can_examine(request.user, found)
    if not verdict:
        raise PermissionDenied(verdict.reason)
    form = ExceptionFilterForm(request.GET, programme=found)
    form.is_valid()
    chosen = form.cleaned_data
    return lists.listing(
        request,
        template="overview/exception_list.html",
        name="avvikelser",
        columns=exceptions.COLUMNS,
        rows=exceptions.exceptions(found, request.user, kind=chosen.get("slag"), year=chosen.get("ar")),
        programme=found,
        form=form,
    )
