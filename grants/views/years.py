from django.shortcuts import render

from actors.models import Event

from .. import permissions, selectors


def detail(request, programme, year):
    """One year: its days, its condition, its amounts place by place."""
    year = selectors.year_or_404(request.user, programme, year)
    user = request.user
    return render(
        request,
        "grants/year_detail.html",
        {
            "programme": year.programme,
            "year": year,
            "days": selectors.days_of(year),
            "budget_decisions": selectors.budget_decisions_of(user, year),
            "tranches": selectors.tranches_of_year(user, year),
            "may_register_budget": year.conditional and permissions.can_register_budget(user, year.programme),
            "may_prepare": permissions.can_prepare(user, year.programme),
            "may_grant": permissions.can_decide_grants(user, year.programme),
            "events": Event.objects.about(year.subject().key),
        },
    )
