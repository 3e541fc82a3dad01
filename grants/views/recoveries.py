"""Money taken back after a breach: opened, heard, answered, decided."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from actors.request import Request
from digikoord.lib import pages
from digikoord.lib.buttons import offered
from digikoord.lib.fields import ReasonForm
from digikoord.lib.pages import R
from digikoord.lib.verdict import Verdict
from records.selectors.registrations import registrations_about

from .. import permissions, selectors
from ..actions import recoveries
from ..forms.claims import AnswerRecoveryForm, DecideRecoveryForm, OpenRecoveryForm
from ..models import Recovery
from .tranches import tranche_or_404


def open_(request: Request, pk: int) -> HttpResponse:
    tranche = tranche_or_404(request.user, pk)
    return pages.act(
        request,
        verdict=permissions.can_open_recovery(request.user, tranche) & recoveries.is_recoverable(tranche),
        template="grants/recovery_open.html",
        context={
            "tranche": tranche,
            "programme": tranche.programme,
            "cancel_url": tranche.get_absolute_url(),
        },
        form=OpenRecoveryForm,
        do=partial(recoveries.open_, tranche, by=request.user),
        done="Ärendet är inlett, och brevet till aktören är registrerat.",
        to=lambda made: made.get_absolute_url(),
    )


def _found(request: Request, pk: int) -> Recovery:
    rows = Recovery.objects.visible_to(request.user).select_related(
        "tranche__year",
        "tranche__place__programme__ministry",
        "tranche__assignment__holder",
        "tranche__assignment__decision",
        "opened_by",
        "answered_by",
        "decided_by",
        "claim",
    )
    return get_object_or_404(rows, pk=pk)


def detail(request: Request, pk: int) -> HttpResponse:
    row, user = _found(request, pk), request.user
    handles = permissions.can_handle_recovery(user, row)
    return render(
        request,
        "grants/recovery_detail.html",
        {
            "recovery": row,
            "tranche": row.tranche,
            "programme": row.programme,
            "buttons": offered(
                row,
                (permissions.can_answer_recovery(user, row), "answer", "grants:recovery_answer"),
                (permissions.can_decide_recovery(user, row), "decide", "grants:recovery_decide"),
                (handles & recoveries.has_passed(row), "note_silence", "grants:recovery_note_silence"),
                (permissions.can_withdraw_recovery(user, row), "withdraw", "grants:recovery_withdraw"),
            ),
            "registrations": registrations_about(user, row),
            "events": selectors.trail_of(row),
        },
    )


def _act(
    request: Request,
    row: Recovery,
    *,
    move: str,
    verdict: Verdict,
    do: Callable[..., R],
    done: str | Callable[[R], str],
    form: type[forms.BaseForm] | None = None,
    **options: Any,  # what pages.act_on takes
) -> HttpResponse:
    return pages.act_on(
        request,
        row,
        move,
        template=f"grants/recovery_{move}.html",
        verdict=verdict,
        do=do,
        done=done,
        form=form,
        tranche=row.tranche,
        **options,
    )


def answer(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk)
    return _act(
        request,
        row,
        move="answer",
        verdict=permissions.can_answer_recovery(request.user, row),
        do=partial(recoveries.answer, row, by=request.user),
        done="Yttrandet är lämnat och registrerat.",
        form=AnswerRecoveryForm,
    )


def note_silence(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk)
    return _act(
        request,
        row,
        move="note_silence",
        verdict=permissions.can_handle_recovery(request.user, row) & recoveries.has_passed(row),
        do=partial(recoveries.note_silence, row, by=request.user),
        done="Det uteblivna svaret är noterat. En beslutsfattare kan besluta.",
    )


def decide(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk)
    return _act(
        request,
        row,
        move="decide",
        verdict=permissions.can_decide_recovery(request.user, row),
        do=partial(recoveries.decide, row, by=request.user),
        done="Beslutet är fattat, och brevet till aktören är registrerat.",
        form=DecideRecoveryForm,
        initial={"amount": row.amount},
        danger=True,
    )


def withdraw(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk)
    return _act(
        request,
        row,
        move="withdraw",
        verdict=permissions.can_withdraw_recovery(request.user, row),
        do=partial(recoveries.withdraw, row, by=request.user),
        done="Ärendet är avskrivet.",
        form=ReasonForm,
    )
