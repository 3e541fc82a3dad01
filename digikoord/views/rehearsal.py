"""The rehearsal's own pages: become somebody, move the day on, read the letters that were sent."""

from __future__ import annotations

import datetime
import email
import email.policy
from pathlib import Path
from typing import TYPE_CHECKING

from django import forms
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from actors.models import User
from digikoord.lib import clock, pages
from digikoord.lib.fields import DayField
from digikoord.lib.verdict import ALLOWED, refused
from duties.models import Obligation

from ..rehearsal import player

if TYPE_CHECKING:
    from ..stage import StagedRequest


LONGEST = 400  # days in one step, so that a request stays short
LETTERS = 100


class StepForm(forms.Form):
    until = DayField(label="Till och med")

    def clean_until(self) -> datetime.date:
        until: datetime.date = self.cleaned_data["until"]
        if until > clock.today() + datetime.timedelta(days=LONGEST):
            raise forms.ValidationError(f"Stega högst {LONGEST} dagar åt gången.")
        return until


def _only_in_rehearsal(request: StagedRequest) -> None:
    if not (request.stage and request.stage.rehearsal):
        raise Http404


@require_POST
@login_not_required
def become(request: StagedRequest) -> HttpResponse:
    """Log in as one of the rehearsal's fictional people."""
    _only_in_rehearsal(request)
    person = get_object_or_404(User, email=request.POST.get("person", ""), is_active=True)
    if not person.email.endswith(".example"):
        raise PermissionDenied("Bara övningens påhittade personer kan lånas.")
    with transaction.atomic():
        login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect("overview:todo")


def stage(request: StagedRequest) -> HttpResponse:
    """Where the rehearsal stands, and how to move it on."""
    _only_in_rehearsal(request)
    return pages.act(
        request,
        verdict=ALLOWED if request.stage.rehearsal else refused("Detta är ingen övning."),
        template="digikoord/rehearsal.html",
        context={
            "today": clock.today(),
            "tomorrow": clock.today() + datetime.timedelta(days=1),
            "deadline": _next_deadline(),
            "cancel_url": reverse("overview:todo"),
        },
        form=StepForm,
        form_kwargs={"initial": {"until": clock.today() + datetime.timedelta(days=1)}},
        do=lambda **data: player.step(data["until"]),
        done=lambda days: f"Övningen står nu vid {days[-1]}. Dagliga jobb kördes för {len(days)} dagar.",
        to=reverse("rehearsal"),
    )


def _next_deadline() -> Obligation | None:
    """The nearest last day to act after today, and what it is."""
    rows = Obligation.objects.open().filter(act_by__gt=clock.today())
    return rows.order_by("act_by").first()


def letters(request: StagedRequest) -> HttpResponse:
    """The latest letters of the rehearsal, newest first."""
    _only_in_rehearsal(request)
    return render(request, "digikoord/letters.html", {"letters": _letters()})


def _letters() -> list[dict[str, str]]:
    folder = Path(getattr(settings, "EMAIL_FILE_PATH", "") or "/nonexistent")
    files = sorted(folder.glob("*.log"), reverse=True)[:LETTERS] if folder.is_dir() else []
    texts = [part for file in files for part in reversed(_split(file))]
    return [_letter(text) for text in texts[:LETTERS]]


def _split(file: Path) -> list[bytes]:
    """A file holds the letters of one connection, each ended by a line of dashes."""
    return [part.strip() for part in file.read_bytes().split(b"-" * 79) if part.strip()]


def _letter(content: bytes) -> dict[str, str]:
    """As it was sent: bytes, for a letter says itself how they are read."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    body = message.get_body(("plain",))
    return {
        "to": message["to"],
        "subject": message["subject"],
        "body": body.get_content() if body else "",
    }
