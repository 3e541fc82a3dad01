from collections.abc import Callable, Mapping
from functools import partial
from typing import TypedDict

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from actors.request import Request
from digikoord.lib import pages
from digikoord.lib.buttons import offered
from digikoord.lib.columns import Column
from digikoord.lib.fields import ReasonForm
from digikoord.lib.pages import R
from digikoord.lib.verdict import Verdict

from .. import documents, permissions, selectors
from ..actions import assignments, effects, effects_on_endings
from ..forms.assignments import AnswerDayForm, AnswerForm, DeclineForm, PaperAnswerForm, ReopenForm
from ..models import Assignment, Tranche

OFFERED = (
    Column("year", "År", value=lambda row: str(row.year)),
    Column("conditional", "Villkor", value=lambda row: "Riksdagens beslut" if row.year.conditional else None),
    Column("ceiling", "Högsta belopp, kr", "money", total=True),
)

WAITS = "Tack. Din underskrift är sparad. Svaret gäller när en till behörig företrädare har skrivit under."


def _found(request: Request, pk: int) -> Assignment:
    rows = Assignment.objects.visible_to(request.user).select_related(
        "place__programme__ministry",
        "holder",
        "decision",
        "answered_by",
        "succeeds__holder",
        "successor__holder",
    )
    return get_object_or_404(rows, pk=pk)


def detail(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk)
    user = request.user
    coordinators = list(row.coordinators.order_by("starts"))
    amounts = Tranche.objects.visible_to(user).filter(assignment=row).select_related("year")
    return render(
        request,
        "grants/assignment_detail.html",
        {
            "assignment": row,
            "programme": row.programme,
            "successor": getattr(row, "successor", None),
            "late": row.is_late,
            "tranches": amounts.order_by("year__year"),
            "signatures": list(row.signatures.standing()),
            "may_acknowledge": permissions.can_acknowledge(user, row) & assignments.is_unacknowledged(row),
            "coordinators": coordinators,
            "may_appoint": permissions.can_appoint(user, row) & row.binding,
            "buttons": offered(
                row,
                (permissions.can_reopen_offer(user, row), "reopen", "grants:assignment_reopen"),
                (permissions.can_lapse(user, row), "lapse", "grants:assignment_lapse"),
                (permissions.can_annul(user, row), "annul", "grants:assignment_annul"),
                (permissions.can_end(user, row), "conclude", "grants:assignment_conclude"),
                (permissions.can_end(user, row), "revoke", "grants:assignment_revoke"),
            ),
            "may_answer": permissions.can_answer(user, row) & row.can("accept"),
            "may_register_answer": permissions.can_register_answer(user, row) & row.can("accept"),
            "may_set_day": permissions.can_set_answer_day(user, row) and row.status == "offered",
            "events": selectors.trail_of(row, *coordinators),
        },
    )


def _act(
    request: Request,
    row: Assignment,
    *,
    move: str,
    verdict: Verdict,
    template: str,
    form: type[forms.BaseForm],
    do: Callable[..., R],
    done: str | Callable[[R], str],
    form_kwargs: Mapping[str, object] | None = None,
    **context: object,
) -> HttpResponse:
    """One act on an assignment, and back to its page."""
    return pages.act(
        request,
        verdict=verdict & row.can(move),
        template=template,
        context={
            "assignment": row,
            "programme": row.programme,
            "cancel_url": row.get_absolute_url(),
            **context,
        },
        form=form,
        form_kwargs={"initial": context.pop("initial", {}), **(form_kwargs or {})},
        do=do,
        done=done,
        to=row.get_absolute_url(),
    )


def _ending(row: Assignment, move: str, why: str) -> effects.OnPage:
    """What the end of the offer does."""
    return effects.on_page(effects_on_endings.ending(row, move, why)) if row.can(move) else {"effects": []}


class Seen(TypedDict, total=False):
    """The seal of what was read, where something was told."""

    seen: str | None


def _seen(request: Request, move: str) -> Seen:
    """The seal of what the page told; accepting ends nothing."""
    return {} if move == "accept" else {"seen": request.POST.get("seen")}


def _answer(
    request: Request,
    pk: int,
    *,
    move: str,
    act: Callable[..., Assignment],
    form: type[forms.BaseForm],
    done: str | Callable[[Assignment], str],
    **context: object,
) -> HttpResponse:
    """The second step of an answer: what was read is confirmed."""
    row = _found(request, pk)
    text = documents.offer_text(row)
    sha256 = documents.sha256(text)
    return _act(
        request,
        row,
        move=move,
        verdict=permissions.can_answer(request.user, row),
        template=f"grants/assignment_{move}.html",
        form=form,
        initial={"text_sha256": sha256},
        text=text,
        changed=request.GET.get("text", sha256) != sha256,
        columns=OFFERED,
        tranches=row.tranches.select_related("year").order_by("year__year"),
        ending=effects_on_endings.unpaid(row),
        **_ending(row, "decline", assignments.DECLINED),
        late=row.is_late,
        signatures=list(row.signatures.standing()),
        danger=move == "decline",
        do=partial(act, row, by=request.user, **_seen(request, move)),
        done=lambda made: WAITS if made.status == "offered" else done(made) if callable(done) else done,
    )


def _accepted(made: Assignment) -> str:
    keeps = made.keeps_function
    what = f" Utse nu en {keeps.one}." if keeps else ""
    return f"Tack. Ni har tackat ja och uppdraget gäller.{what}"


def accept(request: Request, pk: int) -> HttpResponse:
    return _answer(
        request,
        pk,
        move="accept",
        act=assignments.accept,
        form=AnswerForm,
        done=_accepted,
    )


def decline(request: Request, pk: int) -> HttpResponse:
    return _answer(
        request,
        pk,
        move="decline",
        act=assignments.decline,
        form=DeclineForm,
        done="Ni har tackat nej till erbjudandet.",
    )


def register_answer(request: Request, pk: int) -> HttpResponse:
    """An answer that came on paper, or late by another way."""
    row = _found(request, pk)
    jointly = row.holder.signatures_required > 1
    return _act(
        request,
        row,
        move="accept",
        verdict=permissions.can_register_answer(request.user, row),
        template="grants/assignment_register_answer.html",
        form=PaperAnswerForm,
        form_kwargs={"jointly": jointly},
        ending=effects_on_endings.unpaid(row),
        do=partial(assignments.register_answer, row, by=request.user),
        done=lambda made: f"Svaret är registrerat: {made.answer[1].lower()}.",
    )


def set_answer_day(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk)
    return _act(
        request,
        row,
        move="accept",
        verdict=permissions.can_set_answer_day(request.user, row),
        template="grants/assignment_set_answer_day.html",
        form=AnswerDayForm,
        initial={"answer_due": row.answer_due},
        do=partial(assignments.set_answer_day, row, by=request.user),
        done="Sista svarsdagen är ändrad.",
    )


def lapse(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk)
    return _act(
        request,
        row,
        move="lapse",
        verdict=permissions.can_lapse(request.user, row),
        template="grants/assignment_lapse.html",
        form=ReasonForm,
        danger=True,
        **_ending(row, "lapse", assignments.ENDED["lapse"]),
        do=partial(assignments.lapse, row, by=request.user, **_seen(request, "lapse")),
        done="Erbjudandet har förfallit.",
    )


def annul(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk)
    return _act(
        request,
        row,
        move="annul",
        verdict=permissions.can_annul(request.user, row),
        template="grants/assignment_annul.html",
        form=ReasonForm,
        danger=True,
        **_ending(row, "annul", assignments.ENDED["annul"]),
        do=partial(assignments.annul, row, by=request.user, **_seen(request, "annul")),
        done="Erbjudandet är återkallat.",
    )


def acknowledge(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk)
    return pages.act(
        request,
        verdict=permissions.can_acknowledge(request.user, row) & assignments.is_unacknowledged(row),
        template="grants/assignment_acknowledge.html",
        context={"assignment": row, "programme": row.programme, "cancel_url": row.get_absolute_url()},
        do=partial(assignments.acknowledge, row, by=request.user),
        done="Tack. Mottagandet är bekräftat.",
        to=row.get_absolute_url(),
    )


def reopen(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk)
    return _act(
        request,
        row,
        move="reopen",
        verdict=permissions.can_reopen_offer(request.user, row),
        template="grants/assignment_reopen.html",
        form=ReopenForm,
        do=partial(assignments.reopen, row, by=request.user),
        done="Erbjudandet är öppet igen.",
    )
