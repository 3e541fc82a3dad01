"""Addresses that letters come back from: corrected, or proposed to a second person who confirms."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from actors.request import Request
from digikoord.lib import pages
from digikoord.lib.lifecycle import can

from .. import permissions, selectors
from ..actions import address_changes, addresses
from ..forms.letters import AddressForm
from ..models import AddressChange


def correct(request: Request, pk: int) -> HttpResponse:
    """Correct the address; where two persons change it, propose another to the second."""
    person = get_object_or_404(selectors.people_seen_to_by(request.user), pk=pk)
    by_two = permissions.is_changed_by_two(person)

    def do(**data: Any) -> Callable[..., object]:  # the form cleans to its own
        act: Callable[..., object] = (
            address_changes.propose if by_two and data["email"] != person.email else addresses.correct
        )
        act(person, by=request.user, **data)
        return act

    return pages.act(
        request,
        verdict=permissions.can_correct_address(request.user, person),
        template="access/address_correct.html",
        context={"person": person, "by_two": by_two, "cancel_url": reverse("overview:todo")},
        form=AddressForm,
        form_kwargs={"person": person, "initial": {"email": person.email}},
        do=do,
        done=lambda act: (
            f"Adressen till {person.name} är rättad. Det som kom tillbaka skickas igen."
            if act is addresses.correct
            else f"Adressen till {person.name} är föreslagen och väntar på en andra person."
        ),
        to=reverse("overview:todo"),
    )


def _change_or_404(request: Request, pk: int) -> AddressChange:
    row = selectors.address_change_to_see(request.user, pk)
    if row is None:
        raise Http404
    return row


def confirm(request: Request, pk: int) -> HttpResponse:
    row = _change_or_404(request, pk)
    return pages.act(
        request,
        verdict=permissions.can_decide_address(request.user, row) & can(row, "confirm"),
        template="access/address_confirm.html",
        context={"change": row, "cancel_url": reverse("overview:todo")},
        do=partial(address_changes.confirm, row, by=request.user),
        done=f"Adressen till {row.person} är {row.after}.",
        to=reverse("overview:todo"),
    )


def reject(request: Request, pk: int) -> HttpResponse:
    row = _change_or_404(request, pk)
    return pages.act(
        request,
        verdict=permissions.can_reject_address(request.user, row) & can(row, "reject"),
        template="access/address_reject.html",
        context={"change": row, "cancel_url": reverse("overview:todo")},
        do=partial(address_changes.reject, row, by=request.user),
        done="Förslaget är avslaget. Adressen är oförändrad.",
        to=reverse("overview:todo"),
    )
