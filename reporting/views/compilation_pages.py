"""A version as pages to read on screen: what it is and its contents, then a page a chapter and a page a place.

They are made of the data that the version keeps, by the templates that made its document.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from .. import chapters
from ..documents import compilation, on_screen
from ..selectors import compilations as selectors

if TYPE_CHECKING:
    from actors.request import Request

    from ..documents.compilation import About
    from ..models import CompilationVersion
    from ..selectors.compiled import Compiled


def _read(request: Request, pk: int) -> tuple[CompilationVersion, Compiled | None, About | None]:
    """The version and what it tells; told is None where an earlier edition of digikoord shaped its data."""
    row = selectors.version_or_404(request.user, pk, with_data=True)
    if row.data is None:
        raise Http404
    try:
        return row, *compilation.read(row.data)
    except ValueError:
        return row, None, None


def _address(row: CompilationVersion) -> Callable[[str], str]:
    """The page of an anchor in the document."""

    def address(anchor: str) -> str:
        if anchor == "missiv":
            return reverse("reporting:compilation_read", args=[row.pk])
        return reverse("reporting:compilation_chapter", args=[row.pk, anchor])

    return address


def _contents(row: CompilationVersion, told: Compiled) -> list[tuple[str, str, str]]:
    """(title, address, anchor) of each chapter's page."""
    address = _address(row)
    return [(one.title, address(one.anchor), one.anchor) for one in chapters.of(told.kind)]


def read(request: Request, pk: int) -> HttpResponse:
    row, told, about = _read(request, pk)
    context: dict[str, object] = {"version": row, "year": row.year, "programme": row.programme, "told": told}
    if told and about:
        address = _address(row)
        written = on_screen.letter(compilation.context(told, about), address)
        context |= {
            "contents": _contents(row, told),
            "letter": written,
            "places": [(seat, address(f"{chapters.PLACE_ANCHOR}{seat.code}")) for seat in told.seats],
        }
    return render(request, "reporting/compilation_read.html", context)


def chapter(request: Request, pk: int, anchor: str) -> HttpResponse:
    row, told, about = _read(request, pk)
    if told is None or about is None:
        raise Http404
    found = _part(told, anchor)
    contents = _contents(row, told)
    anchors = [one[2] for one in contents]
    at = anchors.index(found["chapter"].anchor)
    return render(
        request,
        "reporting/compilation_chapter.html",
        {
            "version": row,
            "year": row.year,
            "programme": row.programme,
            "title": found["seat"].name if found["seat"] else found["chapter"].title,
            "seat": found["seat"],
            "written": on_screen.chapter({**compilation.context(told, about), **found}, _address(row)),
            "contents": contents,
            "current": anchors[at],
            "before": contents[at - 1] if at else None,
            "after": contents[at + 1] if at + 1 < len(contents) else None,
        },
    )


def _part(told: Compiled, anchor: str) -> compilation.Part:
    """The chapter or place of the anchor."""
    if anchor.startswith(chapters.PLACE_ANCHOR):
        name = f"{chapters.PLACES}-{anchor.removeprefix(chapters.PLACE_ANCHOR)}"
    else:
        name = next((row.key for row in chapters.of(told.kind) if row.anchor == anchor), "")
    try:
        return compilation.part(told, name)
    except (KeyError, StopIteration) as error:
        raise Http404 from error
