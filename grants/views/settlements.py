"""How a place's year ended: what was accepted, what is claimed, and what may be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from .. import permissions
from ..actions import recoveries
from .tranches import tranche_or_404

if TYPE_CHECKING:
    from django.http import HttpResponse

    from actors.request import Request


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
