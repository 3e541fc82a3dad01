from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from actors.models import Actor
from actors.request import Request
from digikoord.lib import pages
from digikoord.lib.buttons import offered
from records.models import Event
from records.selectors.registrations import registered

from .. import permissions, selectors
from ..actions import payment_accounts
from ..forms.money import AccountForm, EvidenceForm
from ..models import PaymentAccount


def enter(request: Request, code: str) -> HttpResponse:
    actor = get_object_or_404(Actor.objects.filter(pk__in=list(request.user.acting_for)), code=code)
    live = PaymentAccount.objects.live().filter(actor=actor).first()
    return pages.act(
        request,
        verdict=permissions.can_enter_account(request.user, actor),
        template="grants/payment_account_enter.html",
        context={"actor": actor, "live": live, "cancel_url": "/"},
        form=AccountForm,
        do=partial(payment_accounts.enter, actor, by=request.user),
        done="Betalningsuppgiften är sparad. Den kontrolleras innan pengar betalas ut.",
        to=lambda made: made.get_absolute_url(),
    )


def _found(request: Request, pk: int) -> PaymentAccount:
    rows = PaymentAccount.objects.visible_to(request.user).distinct()
    return get_object_or_404(rows.select_related("actor", "entered_by", "verified_by"), pk=pk)


def detail(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk)
    user = request.user
    disburser = selectors.disburser_of(user, row.actor)
    return render(
        request,
        "grants/payment_account_detail.html",
        {
            "account": row,
            "stop": row.stop,
            "may_enter": permissions.can_enter_account(user, row.actor),
            "buttons": offered(
                row,
                (
                    permissions.can_verify_account(user, row, disburser),
                    "verify",
                    "grants:payment_account_verify",
                ),
            ),
            "may_verify_anew": row.is_verified and permissions.can_verify_anew(user, row, disburser),
            "stops": row.stops.select_related(
                "payment__requisition__tranche__assignment__holder", "lifted__verified_by"
            ),
            "verifications": row.verifications.select_related("verified_by"),
            "registrations": list(registered(user).filter(key=row.subject().key)),
            "events": Event.objects.about(row.subject().key),
        },
    )


def verify(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk)
    disburser = selectors.disburser_of(request.user, row.actor)
    return pages.act(
        request,
        verdict=permissions.can_verify_account(request.user, row, disburser) & row.can("verify"),
        template="grants/payment_account_verify.html",
        context={"account": row, "cancel_url": row.get_absolute_url()},
        form=EvidenceForm,
        do=partial(payment_accounts.verify, row, by=request.user, disburser=disburser),
        done="Betalningsuppgiften är kontrollerad.",
        to=row.get_absolute_url(),
    )


def verify_anew(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk)
    disburser = selectors.disburser_of(request.user, row.actor)
    return pages.act(
        request,
        verdict=permissions.can_verify_anew(request.user, row, disburser),
        template="grants/payment_account_verify_anew.html",
        context={"account": row, "stop": row.stop, "cancel_url": row.get_absolute_url()},
        form=EvidenceForm,
        do=partial(payment_accounts.verify_anew, row, by=request.user, disburser=disburser),
        done="Betalningsuppgiften är kontrollerad på nytt.",
        to=row.get_absolute_url(),
    )
