# An address names a programme by its code and a year by its number; the view goes on with the rows themselves.
# mypy: allow-redefinition

from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import partial
from typing import Any, cast

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from actors.models import User
from actors.request import Request
from digikoord.lib import pages
from digikoord.lib.buttons import offered
from digikoord.lib.fields import ReasonForm, TrueDayForm
from digikoord.lib.pages import R
from digikoord.lib.verdict import Verdict
from programmes.models import Programme
from records.selectors.registrations import registrations_about

from .. import charging, permissions, selectors
from ..actions import effects, requisitions, tranche_changes, tranches
from ..forms.money import DecideManyForm, PrepareForm
from ..models import Tranche


def tranche_or_404(user: User, pk: int) -> Tranche:
    rows = Tranche.objects.visible_to(user).with_money()
    rows = rows.select_related(
        "year",
        "place__programme__ministry",
        "assignment__holder",
        "assignment__decision",
        "prepared_by",
        "granted_by",
        "used_by",
    )
    return get_object_or_404(rows, pk=pk)


def detail(request: Request, pk: int) -> HttpResponse:
    row = tranche_or_404(request.user, pk)
    user, programme = request.user, row.programme
    requisitioned = list(selectors.requisitions_of(user, programme).filter(tranche=row))
    payments = selectors.payments_of(user, programme).filter(requisition__tranche=row)
    payments = list(payments.prefetch_related(None))
    return render(
        request,
        "grants/tranche_detail.html",
        {
            "tranche": row,
            "programme": programme,
            "balance": row.balance,
            "steps": selectors.money_steps(row.balance),
            "room": cast("Decimal", row.amount) - row.standing if row.status == "granted" else None,
            "requisitions": requisitioned,
            "payments": payments,
            "may_requisition": permissions.can_write_requisition(user, row) & requisitions.is_open(row),
            "may_register": permissions.can_register_requisition(user, row) & requisitions.is_open(row),
            "buttons": offered(
                row,
                (permissions.can_prepare(user, row), "prepare", "grants:tranche_prepare"),
                (permissions.can_grant(user, row), "grant", "grants:tranche_grant"),
                (
                    permissions.can_decide_grants(user, row),
                    "send_back",
                    "grants:tranche_send_back",
                ),
                (permissions.can_reopen_tranche(user, row), "reopen", "grants:tranche_reopen"),
                (permissions.can_close(user, row), "close", "grants:tranche_close"),
            ),
            "registrations": registrations_about(user, row, *requisitioned),
            "may_charge": charging.has_ended(row)
            and permissions.can_charge(user, row)
            and charging.is_chargeable(row),
            "charges": row.charges.select_related("decided_by") if charging.has_ended(row) else (),
            "events": selectors.trail_of_year(user, row),
        },
    )


def _act(
    request: Request,
    row: Tranche,
    *,
    move: str,
    verdict: Verdict,
    do: Callable[..., R],
    done: str | Callable[[R], str],
    **options: Any,  # what pages.act_on takes
) -> HttpResponse:
    return pages.act_on(
        request,
        row,
        move,
        template=f"grants/tranche_{move}.html",
        verdict=verdict,
        do=do,
        done=done,
        balance=row.balance,
        **options,
    )


def _told(
    row: Tranche, move: str, possible: Verdict, planned: Callable[[Tranche], Iterable[effects.Effect]]
) -> effects.OnPage:
    """What the act does, or why it cannot be done now."""
    possible = row.can(move) & possible
    return effects.on_page(planned(row)) if possible else {"effects": [], "hindrance": possible.reason}


def prepare(request: Request, pk: int) -> HttpResponse:
    row = tranche_or_404(request.user, pk)
    return _act(
        request,
        row,
        move="prepare",
        verdict=permissions.can_prepare(request.user, row),
        do=partial(tranches.prepare, row, by=request.user),
        done="Beloppet är berett. En beslutsfattare ska bevilja det.",
        form=PrepareForm,
        initial={"amount": row.ceiling},
    )


def send_back(request: Request, pk: int) -> HttpResponse:
    row = tranche_or_404(request.user, pk)
    return _act(
        request,
        row,
        move="send_back",
        verdict=permissions.can_decide_grants(request.user, row),
        do=partial(tranches.send_back, row, by=request.user),
        done="Beloppet är skickat tillbaka för ny beredning.",
        form=ReasonForm,
    )


def grant(request: Request, pk: int) -> HttpResponse:
    row = tranche_or_404(request.user, pk)
    return _act(
        request,
        row,
        move="grant",
        verdict=permissions.can_grant(request.user, row),
        do=partial(tranches.grant, row, by=request.user),
        done="Beloppet är beviljat.",
        form=TrueDayForm,
    )


def reopen(request: Request, pk: int) -> HttpResponse:
    row = tranche_or_404(request.user, pk)
    return _act(
        request,
        row,
        move="reopen",
        verdict=permissions.can_reopen_tranche(request.user, row),
        do=partial(tranches.reopen, row, by=request.user, seen=request.POST.get("seen")),
        done="Beloppet är öppet igen.",
        form=ReasonForm,
        danger=True,
        **_told(row, "reopen", tranches.is_unclaimed(row), tranche_changes.reopening),
    )


def close(request: Request, pk: int) -> HttpResponse:
    row = tranche_or_404(request.user, pk)
    return _act(
        request,
        row,
        move="close",
        verdict=permissions.can_close(request.user, row),
        do=partial(tranches.close, row, by=request.user, seen=request.POST.get("seen")),
        done="Årsbeloppet är stängt.",
        form=ReasonForm,
        danger=True,
        **_told(row, "close", tranches.is_at_rest(row), tranche_changes.closing),
    )


def _mass(
    request: Request,
    programme: str,
    year: int,
    *,
    move: str,
    permission: Callable[[User, Tranche], Verdict],
    page_verdict: Callable[[User, Programme], Verdict],
    do: Callable[..., list[Tranche]],
    done: Callable[[list[Tranche]], str],
) -> HttpResponse:
    year = selectors.year_or_404(request.user, programme, year)
    rows = selectors.tranches_of_year(request.user, year).select_related("place__programme__ministry")
    chosen, left_out = selectors.split(request.user, rows, move, permission)
    return pages.act(
        request,
        verdict=page_verdict(request.user, year.programme),
        template=f"grants/tranche_{move}_many.html",
        context={
            "year": year,
            "programme": year.programme,
            "rows": [selectors.tranche_choice(row) for row in chosen],
            "excluded": left_out,
            "decisions": year.programme.decisions.filter(status="dispatched").order_by("decided_on", "pk"),
            "cancel_url": year.get_absolute_url(),
        },
        form=DecideManyForm,
        form_kwargs={"rows": Tranche.objects.filter(pk__in=[row.pk for row in chosen])},
        do=lambda **data: do(data["rows"], by=request.user, on=data["on"]),
        done=done,
        to=year.get_absolute_url(),
    )


def prepare_many(request: Request, programme: str, year: int) -> HttpResponse:
    return _mass(
        request,
        programme,
        year,
        move="prepare",
        permission=permissions.can_prepare,
        page_verdict=permissions.can_prepare,
        do=tranches.prepare_many,
        done=lambda made: f"{len(made)} årsbelopp är beredda. En beslutsfattare ska bevilja dem.",
    )


def grant_many(request: Request, programme: str, year: int) -> HttpResponse:
    return _mass(
        request,
        programme,
        year,
        move="grant",
        permission=permissions.can_grant,
        page_verdict=permissions.can_decide_grants,
        do=tranches.grant_many,
        done=lambda made: f"{len(made)} årsbelopp är beviljade.",
    )
