from django.shortcuts import render
from django.urls import reverse

from actors.models import Event
from digikoord.lib import pages
from digikoord.lib.buttons import Button, offered
from digikoord.lib.fields import ReasonForm
from grants import selectors as grants_selectors

from .. import permissions
from ..actions import compilations
from ..forms.compilations import BeginForm, DeliverForm, EstablishForm, WriteForm
from ..models import CompilationVersion, Purpose
from ..selectors import compilations as selectors


def list_(request, programme):
    programme = grants_selectors.programme_or_404(request.user, programme)
    return render(
        request,
        "reporting/compilation_list.html",
        {"programme": programme, "rows": selectors.years_of(request.user, programme)},
    )


def detail(request, programme, year):
    """The room: what there is to compile, the versions, and what can be done now."""
    year = grants_selectors.year_or_404(request.user, programme, year)
    versions = selectors.versions_of(request.user, year)
    latest = versions[0] if versions else None
    sees_reports = grants_selectors.is_authority(request.user, year.programme)
    return render(
        request,
        "reporting/compilation_detail.html",
        {
            "programme": year.programme,
            "year": year,
            "readiness": selectors.readiness(year) if sees_reports else None,
            "version": latest,
            "versions": versions,
            "renderings": list(latest.renderings.all())[:5] if latest else [],
            "buttons": _buttons(request.user, year, latest),
            "events": Event.objects.about(latest.subject().key) if latest else [],
        },
    )


def _buttons(user, year, version):
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
            ("Skriv", "reporting:compilation_write"),
            ("Framställ utkast", "reporting:compilation_draft"),
        )
        buttons[:0] = [Button(label, reverse(route, args=[version.pk])) for label, route in writing]
    if compiling and version.established_on:
        buttons.append(_begin(year, "Ny version"))
    return buttons


def _begin(year, label):
    route = "reporting:compilation_begin"
    return Button(label, reverse(route, args=[year.programme.code, year.year]))


def begin(request, programme, year):
    year = grants_selectors.year_or_404(request.user, programme, year)
    first = not CompilationVersion.objects.filter(compilation__year=year).exists()
    room = reverse("reporting:compilation_detail", args=[year.programme.code, year.year])
    return pages.act(
        request,
        verdict=permissions.can_compile(request.user, year.programme),
        template="reporting/compilation_begin.html",
        context={"programme": year.programme, "year": year, "first": first, "cancel_url": room},
        form=BeginForm,
        form_kwargs={"first": first},
        do=lambda data: compilations.begin(year, by=request.user, **data),
        done=lambda version: f"Version {version.number} är påbörjad.",
        to=room,
    )


def _act(request, pk, name, permission, do, done, *, move=None, form=None, initial=None, to=None, **context):
    """One act on one version, and back to the room."""
    row = selectors.version_or_404(request.user, pk)
    return pages.act(
        request,
        verdict=permission(request.user, row) & row.can(move or name),
        template=f"reporting/compilation_{name}.html",
        context={
            "version": row,
            "year": row.year,
            "programme": row.programme,
            "cancel_url": row.get_absolute_url(),
            **context,
        },
        form=form,
        form_kwargs={"initial": initial(row) if initial else {}},
        do=lambda data: do(row, by=request.user, **data),
        done=done,
        to=to or row.get_absolute_url(),
    )


def _can_compile(user, version):
    return permissions.can_compile(user, version.programme)


def write(request, pk):
    return _act(
        request,
        pk,
        "write",
        _can_compile,
        compilations.write,
        "Texterna är sparade.",
        move="freeze",
        form=WriteForm,
        initial=lambda row: {"introduction": row.introduction, "conclusions": row.conclusions},
    )


def draft(request, pk):
    return _act(
        request,
        pk,
        "draft",
        _can_compile,
        lambda row, by: compilations.request(row, by=by, purpose=Purpose.DRAFT),
        "Utkastet framställs. Du kan lämna sidan så länge.",
        move="freeze",
        to=_rendering_page,
    )


def freeze(request, pk):
    return _act(
        request,
        pk,
        "freeze",
        _can_compile,
        lambda row, by: compilations.request(row, by=by, purpose=Purpose.FINAL),
        "Det slutliga dokumentet framställs, och versionen fryses när det är klart.",
        to=_rendering_page,
    )


def _rendering_page(rendering):
    return reverse("reporting:rendering_detail", args=[rendering.pk])


def thaw(request, pk):
    return _act(
        request,
        pk,
        "thaw",
        _can_compile,
        compilations.thaw,
        "Versionen är ett utkast igen.",
        form=ReasonForm,
        danger=True,
    )


def establish(request, pk):
    return _act(
        request,
        pk,
        "establish",
        permissions.can_establish,
        compilations.establish,
        "Sammanställningen är fastställd.",
        form=EstablishForm,
        initial=lambda row: {"sha256": row.sha256},
    )


def deliver(request, pk):
    return _act(
        request,
        pk,
        "deliver",
        permissions.can_deliver,
        compilations.deliver,
        lambda row: f"Sammanställningen är överlämnad till {row.recipient}.",
        form=DeliverForm,
    )


def acknowledge(request, pk):
    return _act(
        request,
        pk,
        "acknowledge",
        permissions.can_acknowledge,
        compilations.acknowledge,
        "Mottagandet är bekräftat.",
    )
