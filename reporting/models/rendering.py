from __future__ import annotations

from typing import TYPE_CHECKING, Self, cast

from django.db import models

from digikoord.lib import clock, constraints
from digikoord.lib.locks import Locking

from ..chapters import kind_of, with_key
from ..lifecycle.rendering import RENDERING, UNFINISHED, Status

if TYPE_CHECKING:
    from ..chapters import Chapter


class Purpose(models.TextChoices):
    DRAFT = "draft", "utkast"
    FINAL = "final", "slutlig"
    CHAPTER = "chapter", "förhandsvisning"


class RenderingQuerySet(Locking["Rendering"]):
    def unfinished(self) -> Self:
        return self.filter(status__in=UNFINISHED)


class Rendering(models.Model):
    """A job that renders a compilation version, or one chapter of it, and what came of it.

    `chapter` is the chapter's key; in the appendix of places `places` and a place's code: "places-14".
    """

    LIFECYCLE = RENDERING
    LOCKS = ()

    version = models.ForeignKey("reporting.CompilationVersion", models.PROTECT, related_name="renderings")
    purpose = models.CharField("syfte", max_length=10, choices=Purpose)
    chapter = models.CharField("kapitel", max_length=40, blank=True)
    status = models.CharField("status", max_length=20, choices=Status, default=Status.QUEUED)
    progress = models.PositiveSmallIntegerField("procent klart", default=0)
    requested_by = models.ForeignKey("actors.User", models.PROTECT, related_name="+")
    requested_at = models.DateTimeField("begärd", default=clock.now)
    touched_at = models.DateTimeField("senast rörd", auto_now=True)
    finished_at = models.DateTimeField("klar", null=True)
    pdf = models.BinaryField("dokument", null=True)
    failure = models.TextField("fel", blank=True)

    objects = RenderingQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            constraints.known_status("rendering_known_status", Status),
            models.UniqueConstraint(
                fields=["version", "purpose", "chapter"],
                condition=models.Q(status__in=UNFINISHED),
                name="rendering_one_at_a_time",
                violation_error_message="Dokumentet framställs redan.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} av {self.version}"

    @property
    def title(self) -> str:
        """What it is a document of: the whole, or a chapter or a place by name."""
        told = self.get_purpose_display().capitalize()
        if not self.chapter:
            return told
        key, _, code = self.chapter.partition("-")
        chapter = cast("Chapter", with_key(kind_of(self.version.programme.definition), key))
        return f"{told}: {chapter.title}{f', {code}' if code else ''}"
