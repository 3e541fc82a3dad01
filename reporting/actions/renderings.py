"""Documents are made by a worker, outside any request, with progress for whoever waits."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db import transaction

from digikoord.lib import clock, lifecycle, queue
from digikoord.lib.constraints import save
from records.actions import audit

from .. import permissions
from ..events.compilation import CompilationRenderingRequested
from ..lifecycle.rendering import Status as RenderingStatus
from ..models import CompilationVersion, Purpose, Rendering
from .compilations import freeze

if TYPE_CHECKING:
    from actors.models import User

    from ..documents.compilation import Document


@transaction.atomic
def request(version: CompilationVersion, *, by: User, purpose: str, chapter: str = "") -> Rendering:
    """Ask for a rendering: a draft or a chapter of it to read, or the final bytes, which freezes the version."""
    version = CompilationVersion.objects.locked(version)
    permissions.can_compile(by, version.programme).require()
    lifecycle.can(version, "freeze").require()
    if purpose == Purpose.CHAPTER:
        under_way = version.renderings.unfinished().filter(chapter=chapter).first()
        if under_way:
            return under_way
        _forget(version, chapter)
    rendering = save(Rendering(version=version, purpose=purpose, chapter=chapter, requested_by=by))
    if purpose != Purpose.CHAPTER:
        audit.record(CompilationRenderingRequested(purpose=purpose), version, by=by)
    queue.later("reporting.render", rendering.pk)
    return rendering


def _forget(version: CompilationVersion, chapter: str) -> None:
    """What was looked at of the chapter before is no document to keep."""
    version.renderings.filter(purpose=Purpose.CHAPTER, chapter=chapter).delete()


def render(
    rendering: Rendering, renderer: Callable[[Rendering, Callable[[int], None]], Document]
) -> Rendering:
    """Do a requested rendering; `renderer(rendering, progress)` gives a Document.

    Run by a worker, outside any request. Doing a finished one again does nothing.
    """
    with transaction.atomic():
        rendering = Rendering.objects.locked(rendering)
        if not lifecycle.can(rendering, "start"):
            return rendering
        lifecycle.advance(rendering, "start")
        save(rendering)
    try:
        document = renderer(rendering, _progress(rendering))
        return _finish(rendering, document)
    except Exception as error:  # whatever it was, the person who waits is told
        _fail(rendering, error)
        raise


def _progress(rendering: Rendering) -> Callable[[int], None]:
    """A function that stores percent done, for the page that waits."""

    @transaction.atomic
    def told(percent: int) -> None:
        Rendering.objects.filter(pk=rendering.pk).update(progress=percent, touched_at=clock.now())

    return told


@transaction.atomic
def _finish(rendering: Rendering, document: Document) -> Rendering:
    rendering = Rendering.objects.locked(rendering)
    if rendering.status == RenderingStatus.DONE:
        return rendering  # another worker was faster
    lifecycle.advance(rendering, "finish")
    rendering.progress, rendering.finished_at, rendering.pdf = 100, clock.now(), document.pdf
    save(rendering)
    if rendering.purpose == Purpose.FINAL:
        freeze(rendering.version, document, by=rendering.requested_by)
    return rendering


@transaction.atomic
def _fail(rendering: Rendering, error: Exception) -> None:
    rendering = Rendering.objects.locked(rendering)
    if lifecycle.can(rendering, "fail"):
        lifecycle.advance(rendering, "fail")
        rendering.failure, rendering.finished_at = str(error)[:500], clock.now()
        save(rendering)
