"""The chapters of a draft: their introductions, the good examples, and a preview of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST

from digikoord.lib import pages

from .. import chapters, permissions
from ..actions import compilations, renderings
from ..forms.compilations import ChapterForm, PickForm
from ..models import Purpose, Rendering
from ..selectors import compilation_room as room
from ..selectors import compilations as selectors
from .compilations import can_compile, rendering_page, version_act

if TYPE_CHECKING:
    from actors.models import User
    from actors.request import Request

    from ..models import CompilationVersion


def write(request: Request, pk: int, chapter: str) -> HttpResponse:
    """One chapter's introduction; saving leads back to the room, or on to a preview."""
    return version_act(
        request,
        pk,
        name="write",
        permission=can_compile,
        do=lambda row, by, **data: _written(request, row, chapter, data),
        done="Texten är sparad.",
        move="freeze",
        form=ChapterForm,
        form_kwargs=lambda row: {
            "version": row,
            "what": chapter,
            "initial": {"text": row.texts.get(chapter, "")},
        },
        to=_after_writing,
        chapter=lambda row: _chapter_or_404(row, chapter),
        stands=lambda row: row.texts.get(chapter, ""),
    )


def _chapter_or_404(version: CompilationVersion, key: str) -> chapters.Chapter:
    found = chapters.with_key(chapters.kind_of(version.programme.definition), key)
    if found is None:
        raise Http404
    return found


def _written(
    request: Request,
    version: CompilationVersion,
    chapter: str,
    data: dict[str, Any],  # as cleaned
) -> CompilationVersion | Rendering:
    """Saved; and where that was asked for, previewed: the rendering."""
    version = compilations.write(version, by=request.user, chapter=chapter, **data)
    if request.POST.get("then") != "preview" or chapter == chapters.PLACES:
        return version
    return renderings.request(version, by=request.user, purpose=Purpose.CHAPTER, chapter=chapter)


def _after_writing(made: CompilationVersion | Rendering) -> str:
    return rendering_page(made) if isinstance(made, Rendering) else made.get_absolute_url()


def pick(request: Request, pk: int) -> HttpResponse:
    """Which of the good examples are told of."""
    return version_act(
        request,
        pk,
        name="pick",
        permission=can_compile,
        do=lambda row, by, **data: _picked(row, by, data),
        done="Valet av goda exempel är sparat.",
        move="freeze",
        form=PickForm,
        form_kwargs=_choices,
    )


def _choices(row: CompilationVersion) -> dict[str, object]:
    examples = room.marked(row.year)
    picked = room.keys_picked(row, examples)
    choices = [(one.key, one.label) for one in examples]
    return {"version": row, "what": compilations.EXAMPLES, "choices": choices, "initial": {"picked": picked}}


def _picked(row: CompilationVersion, by: User, data: dict[str, Any]) -> CompilationVersion:  # as cleaned
    picked = [key.rsplit("-", 1) for key in data["picked"]]
    keys = [(code, int(number)) for code, number in picked]
    return compilations.pick(row, by=by, picked=keys, edition=data["edition"])


@require_POST
def preview(request: Request, pk: int) -> HttpResponse:
    """A rendering of one chapter (`chapter`), or of one place of the appendix (`chapter` places, `place` its code)."""
    row = selectors.version_or_404(request.user, pk)
    verdict = permissions.can_compile(request.user, row.programme) & row.can("freeze")
    pages.require(verdict)
    name = _chapter_or_404(row, request.POST.get("chapter", "")).key
    if name == chapters.PLACES:
        code = request.POST.get("place", "")
        if not row.year.tranches.filter(place__code=code, place__part="recipient").exists():
            raise Http404
        name = f"{name}-{code}"
    return pages.post(
        request,
        verdict=verdict,
        do=lambda: renderings.request(row, by=request.user, purpose=Purpose.CHAPTER, chapter=name),
        done="Kapitlet framställs.",
        to=lambda made: rendering_page(made) if made else row.get_absolute_url(),
    )
