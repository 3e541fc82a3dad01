from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from actors.models import Actor, Membership
from actors.request import Request
from digikoord.lib import clock, pages

from .. import permissions, selectors
from ..actions import memberships
from ..actions import signing as signing_rules
from ..forms.memberships import GrantForm, SigningForm
from ..models import MembershipOffer


def _party_or_404(request: Request, code: str) -> Actor:
    return get_object_or_404(Actor.objects.filter(pk__in=list(request.user.acting_for)), code=code)


def list_(request: Request, code: str) -> HttpResponse:
    actor = _party_or_404(request, code)
    return render(
        request,
        "access/membership_list.html",
        {
            "actor": actor,
            "memberships": selectors.people_of(actor),
            "offers": selectors.offers_of(actor),
            "today": clock.today(),
            "may_administer": permissions.can_administer(request.user, actor),
        },
    )


def grant(request: Request, code: str) -> HttpResponse:
    actor = _party_or_404(request, code)
    url = reverse("access:membership_list", args=[actor.code])
    return pages.act(
        request,
        verdict=permissions.can_administer(request.user, actor),
        template="access/membership_grant.html",
        context={"actor": actor, "cancel_url": url},
        form=GrantForm,
        form_kwargs={"actor": actor},
        do=partial(memberships.grant, actor, by=request.user),
        done=_told,
        to=url,
    )


def _told(made: Membership | MembershipOffer) -> str:
    if isinstance(made, Membership):
        return f"{made.user.name} är upplagd som {made.get_role_display()}."
    return f"{made.email} är tillfrågad om rollen {made.get_role_display()}. Den gäller när personen har loggat in och tackat ja."


def end(request: Request, pk: int) -> HttpResponse:
    rows = Membership.objects.filter(actor__in=list(request.user.acting_for))
    row = get_object_or_404(rows.select_related("actor", "user"), pk=pk)
    url = reverse("access:membership_list", args=[row.actor.code])
    return pages.act(
        request,
        verdict=permissions.can_end_membership(request.user, row),
        template="access/membership_end.html",
        context={"membership": row, "cancel_url": url, "danger": True},
        do=partial(memberships.end, row, by=request.user),
        done="Behörigheten har upphört.",
        to=url,
    )


def signing(request: Request, code: str) -> HttpResponse:
    """How many signatories answer together."""
    actor = _party_or_404(request, code)
    url = reverse("access:membership_list", args=[actor.code])
    return pages.act(
        request,
        verdict=permissions.can_administer(request.user, actor),
        template="access/actor_signing.html",
        context={"actor": actor, "cancel_url": url},
        form=SigningForm,
        form_kwargs={"initial": {"signatures_required": actor.signatures_required}},
        do=partial(signing_rules.require_signatures, actor, by=request.user),
        done="Regeln är ändrad.",
        to=url,
    )
