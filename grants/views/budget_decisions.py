# An address names a programme by its code and a year by its number; the view goes on with the rows themselves.
# mypy: allow-redefinition

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from actors.request import Request
from digikoord.lib import pages
from digikoord.lib.buttons import offered
from digikoord.lib.fields import ReasonForm
from records.models import Event
from records.selectors.registrations import registrations_about

from .. import permissions, selectors
from ..actions import budget_decisions, budget_effects
from ..actions.effects import seal
from ..forms.budget_decisions import RegisterForm
from ..models import BudgetDecision


def _found(request: Request, pk: int) -> BudgetDecision:
    rows = BudgetDecision.objects.visible_to(request.user)
    rows = rows.select_related("year__programme__ministry", "registered_by", "confirmed_by")
    return get_object_or_404(rows, pk=pk)


def register(request: Request, programme: str, year: int) -> HttpResponse:
    year = selectors.year_or_404(request.user, programme, year)
    rule = year.programme.definition.budget_rule
    amounts = list(budget_effects.amounts_of(year)) if year.conditional else []
    changeable = [row for row in amounts if not budget_effects.is_untouched(row)]
    return pages.act(
        request,
        verdict=permissions.can_register_budget(request.user, year.programme)
        & permissions.is_conditional(year),
        template="grants/budget_decision_register.html",
        context={
            "year": year,
            "programme": year.programme,
            "rule": rule,
            "untouched": [row for row in amounts if row not in changeable],
            "cancel_url": year.get_absolute_url(),
        },
        form=RegisterForm,
        form_kwargs={
            "initial": {"expenditure_area": f"utg.omr. {rule.expenditure_area}" if rule else ""},
            "amounts": changeable,
            "has_secretariat": year.programme.secretariat_id is not None,
        },
        do=partial(budget_decisions.register, year, by=request.user),
        done="Beslutet är registrerat. En beslutsfattare ska bekräfta det.",
        to=lambda made: made.get_absolute_url(),
    )


def detail(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk)
    user = request.user
    effects = budget_effects.effects(row) if row.status == "registered" else []
    return render(
        request,
        "grants/budget_decision_detail.html",
        {
            "decision": row,
            "programme": row.programme,
            "effects": effects,
            "sums": selectors.effect_sums(effects),
            "buttons": offered(
                row,
                (
                    permissions.can_confirm_budget(user, row),
                    "confirm",
                    "grants:budget_decision_confirm",
                ),
                (
                    permissions.can_register_budget(user, row),
                    "withdraw",
                    "grants:budget_decision_withdraw",
                ),
            ),
            "registrations": registrations_about(user, row),
            "events": Event.objects.about(row.subject().key),
        },
    )


def confirm(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk)
    effects = budget_effects.effects(row) if row.can("confirm") else []
    return pages.act(
        request,
        verdict=permissions.can_confirm_budget(request.user, row)
        & row.can("confirm")
        & budget_decisions.is_latest(row),
        template="grants/budget_decision_confirm.html",
        context={
            "decision": row,
            "programme": row.programme,
            "effects": effects,
            "sums": selectors.effect_sums(effects),
            "seen": seal(effects),
            "cancel_url": row.get_absolute_url(),
        },
        do=partial(budget_decisions.confirm, row, by=request.user, seen=request.POST.get("seen")),
        done="Riksdagens beslut är bekräftat.",
        to=row.get_absolute_url(),
    )


def withdraw(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk)
    return pages.act(
        request,
        verdict=permissions.can_register_budget(request.user, row) & row.can("withdraw"),
        template="grants/budget_decision_withdraw.html",
        context={
            "decision": row,
            "programme": row.programme,
            "cancel_url": row.get_absolute_url(),
            "danger": True,
        },
        form=ReasonForm,
        do=partial(budget_decisions.withdraw, row, by=request.user),
        done="Registreringen är återtagen.",
        to=row.get_absolute_url(),
    )
