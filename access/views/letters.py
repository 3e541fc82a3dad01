"""The letters to a party's people, for its administrator: what came through, and what did not."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from actors.models import Actor
from actors.request import Request
from digikoord.lib import lists, pages
from digikoord.lib.buttons import offered
from digikoord.lib.columns import Column
from digikoord.lib.lifecycle import can
from duties.models import Letter

from .. import permissions, selectors
from ..actions import addresses
from ..forms.letters import BounceForm

COLUMNS = (
    Column("recipient", "Till", value=lambda row: row.to_whom, link=lambda row: row.get_absolute_url()),
    Column("address", "Adress"),
    Column("purpose", "Vad", value=lambda row: row.title or row.get_purpose_display()),
    Column("day", "Dag", "date"),
    Column("status", "Läge", "status"),
    Column("attempts", "Försök", "int"),
    Column("last_error", "Senaste fel", value=lambda row: row.last_error or None),
)


def list_(request: Request, code: str) -> HttpResponse:
    actor = get_object_or_404(Actor.objects.filter(pk__in=list(request.user.acting_for)), code=code)
    verdict = permissions.can_see_letters(request.user, actor)
    if not verdict:
        raise PermissionDenied(verdict.reason)
    rows = selectors.letters_of(actor)
    return lists.listing(
        request,
        template="access/letter_list.html",
        name="brev",
        columns=COLUMNS,
        rows=rows,
        actor=actor,
        bouncing=selectors.bouncing_at(actor),
    )


def _letter_or_404(request: Request, pk: int) -> tuple[Letter, set[int]]:
    """(the letter, the parties that it was sent for), for an administrator of one of them."""
    row = selectors.letter_to_see(pk)
    parties = selectors.parties_of(row) if row else set()
    if row is None or not permissions.can_see_to_letter(request.user, parties):
        raise Http404
    return row, parties


def detail(request: Request, pk: int) -> HttpResponse:
    row, parties = _letter_or_404(request, pk)
    may_tell = permissions.can_tell_of_bounce(request.user, row, parties)
    facts: list[tuple[str, object]] = [
        ("Vad", row.title or row.get_purpose_display()),
        ("Till", f"{row.to_whom} <{row.address}>"),
        ("Dag", row.day.isoformat()),
        ("Försök", row.attempts),
        ("Skickat", row.sent_at and f"{timezone.localtime(row.sent_at):%Y-%m-%d %H:%M}"),
        ("Senaste fel", row.last_error or None),
        # Whoever knows it can have the post say that the letter came back
        ("Message-ID", row.message_id if may_tell else None),
    ]
    buttons = offered(
        row,
        (permissions.address_works(row.recipient), "requeue", "access:letter_requeue"),
        (may_tell, "bounce", "access:letter_bounce"),
    )
    context = {
        "letter": row,
        "facts": facts,
        "buttons": buttons,
        "notices": selectors.lines_of(row, request.user),
        "files": row.attachments.defer("content"),
    }
    return render(request, "access/letter_detail.html", context)


def requeue(request: Request, pk: int) -> HttpResponse:
    row, _parties = _letter_or_404(request, pk)
    return pages.act(
        request,
        verdict=can(row, "requeue") & permissions.address_works(row.recipient),
        template="access/letter_requeue.html",
        context={"letter": row, "cancel_url": row.get_absolute_url()},
        do=partial(addresses.requeue, row, by=request.user),
        done="Brevet skickas igen.",
        to=row.get_absolute_url(),
    )


def bounce(request: Request, pk: int) -> HttpResponse:
    row, parties = _letter_or_404(request, pk)
    return pages.act(
        request,
        verdict=can(row, "bounce") & permissions.can_tell_of_bounce(request.user, row, parties),
        template="access/letter_bounce.html",
        context={"letter": row, "cancel_url": row.get_absolute_url()},
        form=BounceForm,
        do=partial(addresses.bounce, row, by=request.user),
        done="Studsen är registrerad. Inget mer skickas till adressen förrän den är rättad.",
        to=row.get_absolute_url(),
    )
