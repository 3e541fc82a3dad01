# An address names a programme by its code and a year by its number; the view goes on with the rows themselves.
# mypy: allow-redefinition

from django.http import HttpResponse
from django.shortcuts import render

from actors.request import Request

from .. import permissions, selectors
from ..actions import tranches as tranche_acts
from ..models.balance import total
from ..selectors.choices import closable


def detail(request: Request, programme: str, year: int) -> HttpResponse:
    """One year: its days, its condition, its amounts place by place."""
    year = selectors.year_or_404(request.user, programme, year)
    user, programme = request.user, year.programme
    tranches = list(selectors.tranches_of_year(user, year))
    decisions = list(selectors.budget_decisions_of(user, year))
    may_prepare = permissions.can_prepare(user, programme)
    return render(
        request,
        "grants/year_detail.html",
        {
            "programme": programme,
            "year": year,
            "tabs": selectors.year_tabs(year),
            "days": selectors.days_of(year),
            "budget_decisions": decisions,
            "outcome": selectors.outcome_of(decisions),
            "tranches": tranches,
            "total": total(row.balance for row in tranches),
            "may_register_budget": year.conditional and permissions.can_register_budget(user, programme),
            "to_prepare": selectors.preparable(tranches) if may_prepare else 0,
            "to_grant": sum(bool(row.can("grant") and permissions.can_grant(user, row)) for row in tranches),
            "to_close": len(closable(user, tranches, permissions.can_close)[0])
            if tranche_acts.requisition_time_is_over(year)
            else 0,
            "events": selectors.trail_of(year, *decisions),
        },
    )
