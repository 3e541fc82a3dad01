"""How a place's year ended: what was accepted, what is claimed, and what may be taken back."""

from django.http import HttpResponse
from django.shortcuts import render

from actors.request import Request

from .. import permissions
from ..actions import recoveries
from .tranches import tranche_or_404


def detail(request: Request, pk: int) -> HttpResponse:
    row = tranche_or_404(request.user, pk)
    recovered = list(row.recoveries.all())
    live = any(one.can("withdraw") for one in recovered)
    may = permissions.can_open_recovery(request.user, row) & recoveries.has_used(row)
    return render(
        request,
        "grants/tranche_settlement.html",
        {
            "tranche": row,
            "programme": row.programme,
            "balance": row.balance,
            "account_lines": list(row.account_lines.all()),
            "claims": list(row.claims.with_state()),
            "recoveries": recovered,
            "may_recover": may and not live,
        },
    )
