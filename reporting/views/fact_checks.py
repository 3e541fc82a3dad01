"""Fact check: the pages are sent to their actors, each answers, and an objection is considered."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, partial
from types import SimpleNamespace
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from actors.steps import ASK_FACT_CHECK
from digikoord.lib import pages
from digikoord.lib.buttons import offered
from digikoord.lib.fields import ReasonForm
from digikoord.lib.plain import shaped
from grants.models import Tranche
from records.models import Event

from .. import permissions
from ..actions import fact_checks
from ..documents import figures, on_screen
from ..duties import fact_check_due
from ..forms.compilations import AskManyForm, HandleForm, ObjectForm
from ..models import FactCheck
from ..selectors import compilation_room as room
from ..selectors.compiled import Seat
from .compilations import can_compile, version_act

if TYPE_CHECKING:
    from actors.models import User
    from actors.request import Request
    from digikoord.lib.verdict import Verdict
    from grants.selectors import Excluded

    from ..models import CompilationVersion


def ask_many(request: Request, pk: int) -> HttpResponse:
    """Send the pages out; `?plats=14` sends one."""

    @cache
    def rows(version: CompilationVersion) -> tuple[list[room.Page], list[Excluded]]:
        lifted = {row.actor_id for row in request.user.steps_lifted if row.step == ASK_FACT_CHECK.code}
        told, excluded = room.to_check(version, request.user.biased_against - lifted)
        only = request.GET.get("plats")
        return ([row for row in told if row.code == only], []) if only else (told, excluded)

    return version_act(
        request,
        pk,
        name="ask_many",
        permission=can_compile,
        do=lambda row, by, rows, due: fact_checks.ask_many(row, by=by, tranches=rows, due=due),
        done=lambda sent: (
            f"{len(sent)} {'sida är skickad' if len(sent) == 1 else 'sidor är skickade'} för faktagranskning."
        ),
        move="freeze",
        form=AskManyForm,
        form_kwargs=lambda row: {
            "rows": _tranches([one.key for one in rows(row)[0]]),
            "initial": {"due": fact_check_due(row)},
        },
        rows=lambda row: rows(row)[0],
        excluded=lambda row: rows(row)[1],
    )


def _tranches(keys: Iterable[int]) -> QuerySet[Tranche]:
    rows = Tranche.objects.filter(pk__in=keys)
    return rows.select_related("place__programme__secretariat", "assignment__holder", "year__programme")


def _found(request: Request, pk: int) -> FactCheck:
    rows = FactCheck.objects.visible_to(request.user).select_related(
        "version__compilation__year__programme__ministry",
        "version__compilation__year__programme__secretariat",
        "tranche__place__programme",
        "tranche__assignment__holder",
        "asked_by",
        "answered_by",
        "handled_by",
    )
    rows = rows.defer("version__pdf", "version__data", "version__texts")
    return get_object_or_404(rows, pk=pk)


def detail(request: Request, pk: int) -> HttpResponse:
    """The page as it was sent, the answer, and what can be done."""
    row = _found(request, pk)
    seat = shaped(Seat, row.data)
    answers, handles = (
        permissions.can_answer_fact_check(request.user, row),
        permissions.can_handle_fact_check(request.user, row),
    )
    keeps = row.programme.definition.keeps
    goals = tuple((goal.code, goal.name) for goal in row.programme.definition.sub_goals)
    context = {
        "told": SimpleNamespace(year=row.year.year, goal_names=goals, keeps=keeps.one if keeps else ""),
        "seat": seat,
        "chapter": None,
        "economy": figures.ECONOMY,
        "movements": figures.MOVEMENTS,
    }
    return render(
        request,
        "reporting/fact_check_detail.html",
        {
            "check": row,
            "programme": row.programme,
            "seat": seat,
            "written": on_screen.chapter(context, lambda anchor: f"#{anchor}"),
            "buttons": offered(
                row,
                (answers, "confirm", "reporting:fact_check_confirm"),
                (answers, "object", "reporting:fact_check_object"),
                (handles, "handle", "reporting:fact_check_handle"),
                (handles, "withdraw", "reporting:fact_check_withdraw"),
            ),
            "events": Event.objects.about(row.subject().key),
        },
    )


def _act(
    request: Request,
    pk: int,
    *,
    move: str,
    permission: Callable[[User, FactCheck], Verdict],
    do: Callable[..., FactCheck],
    done: str,
    form: type[Form] | None = None,
) -> HttpResponse:
    row = _found(request, pk)
    return pages.act_on(
        request,
        row,
        move,
        template=f"reporting/fact_check_{move}.html",
        verdict=permission(request.user, row),
        do=partial(do, row, by=request.user),
        done=done,
        form=form,
        check=row,
    )


def confirm(request: Request, pk: int) -> HttpResponse:
    return _act(
        request,
        pk,
        move="confirm",
        permission=permissions.can_answer_fact_check,
        do=fact_checks.confirm,
        done="Tack. Svaret är lämnat: sidan stämmer.",
    )


def object_(request: Request, pk: int) -> HttpResponse:
    return _act(
        request,
        pk,
        move="object",
        permission=permissions.can_answer_fact_check,
        do=fact_checks.object_,
        done="Invändningen är lämnad. Den som sammanställer tar ställning till den.",
        form=ObjectForm,
    )


def handle(request: Request, pk: int) -> HttpResponse:
    return _act(
        request,
        pk,
        move="handle",
        permission=permissions.can_handle_fact_check,
        do=fact_checks.handle,
        done="Ställningstagandet är sparat. Aktören kan läsa det.",
        form=HandleForm,
    )


def withdraw(request: Request, pk: int) -> HttpResponse:
    return _act(
        request,
        pk,
        move="withdraw",
        permission=permissions.can_handle_fact_check,
        do=fact_checks.withdraw,
        done="Faktagranskningen är återtagen.",
        form=ReasonForm,
    )
