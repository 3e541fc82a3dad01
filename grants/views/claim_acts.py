"""What is done to a claim. None of it is undone; a mistake is met by a counter-entry."""

from collections.abc import Callable, Mapping
from functools import partial

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from actors.models import User
from actors.request import Request
from digikoord.lib import clock, pages
from digikoord.lib.pages import R
from digikoord.lib.verdict import ALLOWED, Verdict, refused

from .. import permissions
from ..actions import claims, settlements
from ..forms.claims import (
    AdjustForm,
    CreditForm,
    DeferForm,
    InterestForm,
    ReceiveForm,
    ReverseForm,
    WaiveForm,
)
from ..models import ClaimEntry, RepaymentClaim
from .claims import claim_or_404


def _act(
    request: Request,
    row: RepaymentClaim,
    *,
    verb: str,
    verdict: Verdict,
    form: type[forms.BaseForm],
    do: Callable[..., R],
    done: str | Callable[[R], str],
    initial: Mapping[str, object] | None = None,
    **context: object,
) -> HttpResponse:
    return pages.act(
        request,
        verdict=verdict,
        template=f"grants/repayment_claim_{verb}.html",
        context={
            "claim": row,
            "account": row.pay_to,
            "programme": row.programme,
            "cancel_url": row.get_absolute_url(),
            **context,
        },
        form=form,
        form_kwargs={"initial": initial or {}},
        do=do,
        done=done,
        to=row.get_absolute_url(),
    )


def receive(request: Request, pk: int) -> HttpResponse:
    row = claim_or_404(request.user, pk)
    return _act(
        request,
        row,
        verb="receive",
        verdict=permissions.can_register_repayment(request.user, row) & row.can("close"),
        form=ReceiveForm,
        do=partial(settlements.receive, row, by=request.user),
        done="Inbetalningen är registrerad.",
        initial={"amount": row.outstanding, "on": clock.today()},
    )


def waive(request: Request, pk: int) -> HttpResponse:
    row = claim_or_404(request.user, pk)
    return _act(
        request,
        row,
        verb="waive",
        verdict=permissions.can_waive(request.user, row) & row.can("close"),
        form=WaiveForm,
        do=partial(settlements.waive, row, by=request.user),
        done="Eftergiften är registrerad.",
        danger=True,
    )


def adjust(request: Request, pk: int) -> HttpResponse:
    row = claim_or_404(request.user, pk)
    return _act(
        request,
        row,
        verb="adjust",
        verdict=permissions.can_adjust(request.user, row) & row.can("adjust"),
        form=AdjustForm,
        do=partial(claims.adjust, row, by=request.user),
        done="Kravet är justerat, och ett nytt kravbrev är registrerat.",
        initial={"amount": row.amount},
    )


def defer(request: Request, pk: int) -> HttpResponse:
    row = claim_or_404(request.user, pk)
    return _act(
        request,
        row,
        verb="defer",
        verdict=permissions.can_defer(request.user, row) & row.can("defer"),
        form=DeferForm,
        do=partial(claims.defer, row, by=request.user),
        done="Anståndet är beviljat, och ett nytt brev är registrerat.",
    )


def charge_interest(request: Request, pk: int) -> HttpResponse:
    row = claim_or_404(request.user, pk)
    return _act(
        request,
        row,
        verb="charge_interest",
        verdict=permissions.can_register_repayment(request.user, row),
        form=InterestForm,
        do=partial(claims.charge_interest, row, by=request.user),
        done="Räntan är påförd.",
    )


def receive_interest(request: Request, pk: int) -> HttpResponse:
    row = claim_or_404(request.user, pk)
    owed = ALLOWED if row.interest_due else refused("Ingen ränta är obetald.")
    return _act(
        request,
        row,
        verb="receive_interest",
        verdict=permissions.can_register_repayment(request.user, row) & owed,
        form=ReceiveForm,
        do=partial(claims.receive_interest, row, by=request.user),
        done="Räntan är registrerad som inbetald.",
        initial={"amount": row.interest_due, "on": clock.today()},
    )


def credit_entry(request: Request, pk: int) -> HttpResponse:
    entry, row = _entry_or_404(request.user, pk)
    last = entry.credits.last()
    return _act(
        request,
        row,
        verb="credit_entry",
        verdict=permissions.can_register_repayment(request.user, row) & settlements.is_creditable(entry),
        form=CreditForm,
        do=partial(settlements.credit, entry, by=request.user),
        done="Det är antecknat vad återbetalningen krediteras.",
        initial={"credited_to": last.credited_to, "budget_year": last.budget_year} if last else {},
        entry=entry,
    )


def _entry_or_404(user: User, pk: int) -> tuple[ClaimEntry, RepaymentClaim]:
    """(the entry, its claim) that the person may read."""
    visible = RepaymentClaim.objects.visible_to(user)
    entry = get_object_or_404(ClaimEntry.objects.filter(claim__in=visible.values("pk")), pk=pk)
    entry.claim = claim_or_404(user, entry.claim_id)
    return entry, entry.claim


def reverse_entry(request: Request, pk: int) -> HttpResponse:
    entry, row = _entry_or_404(request.user, pk)
    return _act(
        request,
        row,
        verb="reverse_entry",
        verdict=permissions.can_reverse(request.user, entry) & settlements.is_reversible(entry),
        form=ReverseForm,
        do=partial(settlements.reverse, entry, by=request.user),
        done="Posten är rättad med en motpost.",
        entry=entry,
        danger=True,
    )
