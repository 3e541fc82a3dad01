"""Roles that parties offer people who are somebody elsewhere: answered by the person, taken back by the party."""

from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from actors.request import Request
from digikoord.lib import pages
from digikoord.lib.lifecycle import can
from digikoord.lib.verdict import ALLOWED

from .. import permissions, selectors
from ..actions import memberships, offers
from ..models import MembershipOffer


@require_GET
def list_(request: Request) -> HttpResponse:
    return render(request, "access/offer_list.html", {"offers": selectors.offers_to(request.user)})


def _own_or_404(request: Request, pk: int) -> MembershipOffer:
    return get_object_or_404(request.user.offers.select_related("actor", "offered_by"), pk=pk)


def accept(request: Request, pk: int) -> HttpResponse:
    row = _own_or_404(request, pk)
    url = reverse("access:offer_list")
    return pages.act(
        request,
        verdict=ALLOWED & can(row, "accept"),
        template="access/offer_accept.html",
        context={"offer": row, "cancel_url": url},
        do=partial(memberships.accept, row, by=request.user),
        done=f"Du är {row.get_role_display()} hos {row.actor}.",
        to=url,
    )


def decline(request: Request, pk: int) -> HttpResponse:
    row = _own_or_404(request, pk)
    url = reverse("access:offer_list")
    return pages.act(
        request,
        verdict=ALLOWED & can(row, "decline"),
        template="access/offer_decline.html",
        context={"offer": row, "cancel_url": url, "danger": True},
        do=partial(offers.decline, row, by=request.user),
        done="Du har tackat nej till rollen.",
        to=url,
    )


def withdraw(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(MembershipOffer.objects.select_related("actor"), pk=pk)
    if not request.user.belongs_to(row.actor_id):
        raise Http404
    url = reverse("access:membership_list", args=[row.actor.code])
    return pages.act(
        request,
        verdict=permissions.can_administer(request.user, row.actor) & can(row, "withdraw"),
        template="access/offer_withdraw.html",
        context={"offer": row, "cancel_url": url, "danger": True},
        do=partial(offers.withdraw, row, by=request.user),
        done="Erbjudandet är återtaget.",
        to=url,
    )
