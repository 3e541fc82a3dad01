from django.shortcuts import render

from actors.models import Event

from .. import permissions, selectors
from ..models.balance import total


def detail(request, programme, year):
    """One year: its days, its condition, its amounts place by place."""
    year = selectors.year_or_404(request.user, programme, year)
    user = request.user
    tranches = list(selectors.tranches_of_year(user, year))
    return render(
        request,
        "grants/year_detail.html",
        {
            "programme": year.programme,
            "year": year,
            "days": selectors.days_of(year),
            "budget_decisions": selectors.budget_decisions_of(user, year),
            "outcome": selectors.outcome_of(year),
            "tabs": selectors.year_tabs(year),
            "tranches": tranches,
            "total": total(row.balance for row in tranches),
            "may_register_budget": year.conditional and permissions.can_register_budget(user, year.programme),
            "to_prepare": selectors.preparable(tranches)
            if permissions.can_prepare(user, year.programme)
            else 0,
            "to_grant": selectors.grantable(user, tranches),
            "events": Event.objects.about(year.subject().key),
        },
    )
