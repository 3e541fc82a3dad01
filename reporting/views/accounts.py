from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, TypedDict

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render

from digikoord.lib import pages
from digikoord.lib.verdict import refused

from .. import permissions, reading
from ..actions import accounts
from ..forms.accounts import AcceptAccountForm
from ..selectors import reports as selectors

if TYPE_CHECKING:
    from actors.request import Request


TEMPLATE = "reporting/account_accept.html"


class Given(TypedDict):
    """What the form is of."""

    lines: list[tuple[str, str, Decimal]]
    paid: Decimal


def accept(request: Request, pk: int) -> HttpResponse:
    """Accept what was used of the grant, line by line beside what the approved report's account says."""
    row = selectors.report_or_404(request.user, pk)
    version = row.versions.last()
    if version is None:
        verdict = refused("Redovisningen är inte inskickad.")
    else:
        verdict = permissions.can_accept_account(request.user, row)
    if version is None or not verdict:
        raise PermissionDenied(verdict.reason)
    sections = reading.sections(version.content, row.programme.definition, row.year.year)
    form_kwargs: Given = {"lines": accounts.reported(row.programme, version), "paid": row.tranche.paid}
    context: dict[str, object] = {
        "report": row,
        "programme": row.programme,
        "version": version,
        "account": next((one for one in sections if one.form == "account"), None),
        "cancel_url": row.get_absolute_url(),
    }
    if request.method == "POST" and "count" in request.POST:
        return _counted(request, context, form_kwargs)
    return pages.act(
        request,
        verdict=verdict,
        template=TEMPLATE,
        context=context,
        form=AcceptAccountForm,
        form_kwargs=form_kwargs,
        do=partial(accounts.accept, row, by=request.user),
        done="Den ekonomiska redovisningen är godtagen.",
        to=row.tranche.get_absolute_url(),
    )


def _counted(request: Request, context: dict[str, object], form_kwargs: Given) -> HttpResponse:
    """The sums of what is typed, for whoever has no JavaScript; nothing is accepted by it."""
    form = AcceptAccountForm(request.POST, **form_kwargs)
    status = 200 if form.is_valid() else 422
    return render(request, TEMPLATE, {**context, "form": form}, status=status)
