"""The doors of the compilation, from its draft to its delivery."""

import io

import pikepdf

from digikoord.rehearsal import reporting_scenes
from reporting.actions import renderings
from reporting.documents.compilation import Document
from reporting.models import CompilationVersion, Purpose, Rendering

from .doors import door, of
from .letter_doors import DOORS

__all__ = ["DOORS"]


@door("reporting:compilation_write", "reporting:compilation_draft", "reporting:compilation_freeze")
def draft_version(cast):
    return of(CompilationVersion.objects.get())


def a_pdf():
    """A document that carries the two files, without the time it takes to lay one out."""
    written = io.BytesIO()
    with pikepdf.new() as pdf:
        for name in ("sammanstallning.json", "ekonomi.csv"):
            pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, b"{}", filename=name)
        pdf.save(written)
    return written.getvalue()


@door("reporting:compilation_thaw", "reporting:compilation_establish", "reporting:compilation_pdf | frozen")
def frozen_version(cast):
    version = CompilationVersion.objects.get()
    rendering = renderings.request(version, by=cast.case_officer(), purpose=Purpose.FINAL)
    renderings.render(rendering, lambda *_: Document({}, a_pdf()))
    return of(version)


@door("reporting:compilation_deliver")
def established_version(cast):
    frozen_version(cast)
    reporting_scenes.establish_compilation(cast, 2018)
    return of(CompilationVersion.objects.get())


@door(
    *("reporting:compilation_acknowledge", "reporting:compilation_pdf"),
    *("reporting:compilation_data", "reporting:compilation_economy"),
)
def delivered_version(cast):
    established_version(cast)
    reporting_scenes.deliver_compilation(cast, 2018)
    return of(CompilationVersion.objects.get())


@door("reporting:rendering_detail", "reporting:rendering_pdf")
def rendering(cast):
    return of(Rendering.objects.get())
