"""The doors of the compilation, from its draft to its delivery."""

import io

import pikepdf

from digikoord.lib.plain import plain
from digikoord.rehearsal import compilation_scenes
from reporting.actions import renderings
from reporting.documents import compilation
from reporting.documents.compilation import Document
from reporting.lifecycle.fact_check import Status
from reporting.models import CompilationVersion, FactCheck, Purpose, Rendering

from .doors import Door, door, of
from .letter_doors import DOORS

__all__ = ["DOORS"]


@door(
    "reporting:compilation_draft",
    "reporting:compilation_freeze",
    "reporting:compilation_pick",
    "reporting:fact_check_ask_many",
)
def draft_version(cast):
    return of(CompilationVersion.objects.get())


@door("reporting:compilation_write")
def chapter(cast):
    return Door({"pk": CompilationVersion.objects.get().pk, "chapter": "summary"})


@door("reporting:compilation_preview")
def preview(cast):
    return Door({"pk": CompilationVersion.objects.get().pk}, post={"chapter": "places", "place": "14"})


def a_pdf():
    """A document that carries the two files, without the time it takes to lay one out."""
    written = io.BytesIO()
    with pikepdf.new() as pdf:
        for name in ("sammanstallning.json", "ekonomi.csv"):
            pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, b"{}", filename=name)
        pdf.save(written)
    return written.getvalue()


def not_laid_out(rendering, progress):
    """The real data, and a document that was quick to make."""
    version = rendering.version
    told = compilation.compiled(version.year, compilation.picked_in(version))
    about = compilation.about_version(version, final=True)
    return Document({"version": plain(about), **plain(told)}, a_pdf())


@door("reporting:compilation_thaw", "reporting:compilation_establish", "reporting:compilation_pdf | frozen")
def frozen_version(cast):
    version = CompilationVersion.objects.get()
    rendering = renderings.request(version, by=cast.case_officer(), purpose=Purpose.FINAL)
    renderings.render(rendering, not_laid_out)
    return of(version)


@door("reporting:compilation_deliver")
def established_version(cast):
    frozen_version(cast)
    compilation_scenes.establish(cast, 2018)
    return of(CompilationVersion.objects.get())


@door(
    "reporting:compilation_acknowledge",
    "reporting:compilation_pdf",
    "reporting:compilation_read",
    "reporting:compilation_data",
    "reporting:compilation_economy",
    "reporting:compilation_receipt",
    "reporting:compilation_receipt_pdf",
)
def delivered_version(cast):
    established_version(cast)
    compilation_scenes.deliver(cast, 2018)
    return of(CompilationVersion.objects.get())


@door("reporting:compilation_chapter")
def chapter_read(cast):
    return Door({**delivered_version(cast).kwargs, "anchor": "sammanfattning"})


@door("reporting:compilation_chapter | a place")
def place_read(cast):
    return Door({**delivered_version(cast).kwargs, "anchor": "plats-14"})


@door("reporting:rendering_detail", "reporting:rendering_pdf")
def rendering(cast):
    return of(Rendering.objects.get())


def checked(status):
    row = FactCheck.objects.filter(status=status).select_related("tranche__assignment__holder").first()
    return of(row, row.holder)


@door(
    "reporting:fact_check_detail",
    "reporting:fact_check_confirm",
    "reporting:fact_check_object",
    "reporting:fact_check_withdraw",
)
def asked_fact_check(cast):
    return checked(Status.ASKED)


@door("reporting:fact_check_handle")
def objected_fact_check(cast):
    row = FactCheck.objects.get(status=Status.ASKED)
    compilation_scenes.object_to_facts(cast, row.place.code, 2018, answer="Beloppet är fel.")
    return checked(Status.OBJECTED)
