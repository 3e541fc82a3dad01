"""A person's own calendar address, and what a calendar program reads there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from access.actions import calendar_addresses
from access.models import CalendarAddress
from digikoord.lib import pages
from digikoord.lib.verdict import ALLOWED

from ..selectors.calendar_feed import feed as feed_of

if TYPE_CHECKING:
    from actors.request import Request

R = TypeVar("R")


@require_GET
def detail(request: Request) -> HttpResponse:
    address = CalendarAddress.objects.standing().filter(person=request.user).first()
    return render(request, "overview/calendar_address.html", {"address": address})


def make(request: Request) -> HttpResponse:
    return _act(
        request,
        "make",
        calendar_addresses.make,
        lambda token: f"Din kalenderadress, som bara visas nu: {_url(token)}",
    )


def revoke(request: Request) -> HttpResponse:
    return _act(request, "revoke", calendar_addresses.revoke, "Adressen är återkallad.", danger=True)


def _act(
    request: Request,
    verb: str,
    do: Callable[..., R],
    done: str | Callable[[R], str],
    **context: object,
) -> HttpResponse:
    page = reverse("overview:calendar_address")
    return pages.act(
        request,
        verdict=ALLOWED,
        template=f"overview/calendar_address_{verb}.html",
        context={"cancel_url": page, **context},
        do=partial(do, by=request.user),
        done=done,
        to=page,
    )


def _url(token: str) -> str:
    return settings.SITE_URL + reverse("overview:calendar_feed", args=[token])


@login_not_required
@require_GET
def feed(request: Request, token: str) -> HttpResponse:
    """No login: the address is the secret. One that is revoked, or never was, is not found."""
    address = CalendarAddress.objects.of_token(token)
    if address is None:
        raise Http404
    return HttpResponse(
        feed_of(address.person),
        content_type="text/calendar; charset=utf-8",
        headers={"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex"},
    )
