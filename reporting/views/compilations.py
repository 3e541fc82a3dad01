from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from digikoord.lib import pages
from digikoord.lib.buttons import Button, offered
from digikoord.lib.fields import ReasonForm
from grants import selectors as grants_selectors
from records.models import Event

from .. import permissions
from ..actions import compilations, renderings
from ..forms.compilations import BeginForm, EstablishForm
from ..models import CompilationVersion, Purpose
from ..selectors import compilation_room as room
from ..selectors import compilations as selectors

if TYPE_CHECKING:
    from actors.models import User
    from actors.request import Request
    from digikoord.lib.verdict import Verdict
    from grants.models import ProgrammeYear

    from ..models import Rendering

R = TypeVar("R")


def list_(request: Request, programme: str) -> HttpResponse:
    found = grants_selectors.programme_or_404(request.user, programme)
    return render(
        request,
        "reporting/compilation_list.html",
        {"programme": found, "rows": selectors.years_of(request.user, found)},
    )


def detail(request: Request, programme: str, year: int) -> HttpResponse:
    """The room: what there is to compile, the chapters, the versions, and what can be done now."""
    found = grants_selectors.year_or_404(request.user, programme, year)
    versions = selectors.versions_of(request.user, found)
    latest = versions[0] if versions else None
    sees_reports = grants_selectors.is_authority(request.user, found.programme)
    readiness = selectors.readiness(found) if sees_reports else None
    compiles = bool(permissions.can_compile(request.user, found.programme))
    sees_drafts = latest is not None and permissions.reads_drafts(request.user, found.programme)
    return render(
        request,
        "reporting/compilation_detail.html",
        {
            "programme": found.programme,
            "year": found,
            "readiness": readiness,
            "version": latest,
            "versions": versions,
            "chapters": room.chapters_of(latest) if latest and sees_drafts else (),
            "checks": room.fact_checks(latest, readiness.rows)
            if latest and sees_drafts and readiness
            else None,
            "writes": latest is not None and compiles and bool(latest.can("freeze")),
            "renderings": list(latest.renderings.all())[:5] if latest and sees_drafts else [],
            "buttons": _buttons(request.user, found, latest),
            "events": Event.objects.about(latest.subject().key) if latest and sees_reports else [],
        },
    )


def _buttons(user: User, year: ProgrammeYear, version: CompilationVersion | None) -> list[Button]:
    compiling = permissions.can_compile(user, year.programme)
    if version is None:
        return [_begin(year, "Påbörja")] if compiling else []
    buttons = offered(
        version,
        (compiling, "freeze", "reporting:compilation_freeze"),
        (permissions.can_establish(user, version), "establish", "reporting:compilation_establish"),
        (permissions.can_deliver(user, version), "deliver", "reporting:compilation_deliver"),
        (permissions.can_acknowledge(user, version), "acknowledge", "reporting:compilation_acknowledge"),
        (compiling, "thaw", "reporting:compilation_thaw"),
    )
    if compiling and version.can("freeze"):
        writing = (
            ("Framställ utkast", "reporting:compilation_draft"),
            ("Skicka för faktagranskning", "reporting:fact_check_ask_many"),
        )
        buttons[:0] = [Button(label, reverse(route, args=[version.pk])) for label, route in writing]
    if compiling and version.established_on:
        buttons.append(_begin(year, "Ny version"))
    return buttons


def _begin(year: ProgrammeYear, label: str) -> Button:
    route = "reporting:compilation_begin"
    return Button(label, reverse(route, args=[year.programme.code, year.year]))


def begin(request: Request, programme: str, year: int) -> HttpResponse:
    found = grants_selectors.year_or_404(request.user, programme, year)
    first = not CompilationVersion.objects.filter(compilation__year=found).exists()
    room = reverse("reporting:compilation_detail", args=[found.programme.code, found.year])
    return pages.act(
        request,
        verdict=permissions.can_compile(request.user, found.programme),
        template="reporting/compilation_begin.html",
        context={"programme": found.programme, "year": found, "first": first, "cancel_url": room},
        form=BeginForm,
        form_kwargs={"first": first},
        do=partial(compilations.begin, found, by=request.user),
        done=lambda version: f"Version {version.number} är påbörjad.",
        to=room,
    )


def version_act(
    request: Request,
    pk: int,
    *,
    name: str,
    permission: Callable[[User, CompilationVersion], Verdict],
    do: Callable[..., R],
    done: str | Callable[[R], str],
    move: str | None = None,
    form: type[Form] | None = None,
    form_kwargs: Callable[[CompilationVersion], dict[str, Any]] | None = None,  # as the form takes them
    to: Callable[[R], str] | None = None,
    **context: object,
) -> HttpResponse:
    """One act on one version, and back to the room. `form_kwargs` is of the version, as the functions of `context` are."""
    row = selectors.version_or_404(request.user, pk, with_data=name == "deliver")
    verdict = permission(request.user, row) & row.can(move or name)
    pages.require(verdict)  # before the page is made of what a version in another state does not have
    return pages.act(
        request,
        verdict=verdict,
        template=f"reporting/compilation_{name}.html",
        context={
            "version": row,
            "year": row.year,
            "programme": row.programme,
            "cancel_url": row.get_absolute_url(),
            **{key: value(row) if callable(value) else value for key, value in context.items()},
        },
        form=form,
        form_kwargs=form_kwargs(row) if form_kwargs else {},
        do=partial(do, row, by=request.user),
        done=done,
        to=to or row.get_absolute_url(),
    )


def can_compile(user: User, version: CompilationVersion) -> Verdict:
    return permissions.can_compile(user, version.programme)


def draft(request: Request, pk: int) -> HttpResponse:
    return version_act(
        request,
        pk,
        name="draft",
        permission=can_compile,
        do=lambda row, by: renderings.request(row, by=by, purpose=Purpose.DRAFT),
        done="Utkastet framställs. Du kan lämna sidan så länge.",
        move="freeze",
        to=rendering_page,
    )


def freeze(request: Request, pk: int) -> HttpResponse:
    return version_act(
        request,
        pk,
        name="freeze",
        permission=can_compile,
        do=lambda row, by: renderings.request(row, by=by, purpose=Purpose.FINAL),
        done="Det slutliga dokumentet framställs, och versionen fryses när det är klart.",
        to=rendering_page,
        now=_as_it_stands,
    )


def _as_it_stands(version: CompilationVersion) -> dict[str, object]:
    """What the official must have seen before the text is closed: who is missing, and who has not answered."""
    readiness = selectors.readiness(version.year)
    return {"readiness": readiness, "checks": room.fact_checks(version, readiness.rows)}


def rendering_page(rendering: Rendering) -> str:
    return reverse("reporting:rendering_detail", args=[rendering.pk])


def thaw(request: Request, pk: int) -> HttpResponse:
    return version_act(
        request,
        pk,
        name="thaw",
        permission=can_compile,
        do=compilations.thaw,
        done="Versionen är ett utkast igen.",
        form=ReasonForm,
        danger=True,
    )


def establish(request: Request, pk: int) -> HttpResponse:
    return version_act(
        request,
        pk,
        name="establish",
        permission=permissions.can_establish,
        do=compilations.establish,
        done="Sammanställningen är fastställd.",
        form=EstablishForm,
        form_kwargs=lambda row: {"initial": {"sha256": row.sha256}},
    )
