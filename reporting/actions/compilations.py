"""The annual compilation: built as a draft, frozen to bytes, established, delivered, acknowledged."""

import hashlib

from django.db import transaction

from actors.actions import audit, obligations
from digikoord.lib import clock, lifecycle, queue
from digikoord.lib.constraints import save
from digikoord.lib.verdict import Refused
from grants.models import ProgrammeYear

from .. import permissions
from ..duties import establish_due, owe
from ..lifecycle.rendering import Status as RenderingStatus
from ..models import Compilation, CompilationVersion, Purpose, Rendering


@transaction.atomic
def begin(year, *, by, reason=""):
    """Begin a version: the first, or a correction of what has been established, with its reason."""
    year = ProgrammeYear.objects.select_for_update(of=("self",)).get(pk=year.pk)
    permissions.can_compile(by, year.programme).require()
    compilation, _ = Compilation.objects.get_or_create(year=year)
    latest = compilation.versions.last()
    if latest and not reason.strip():
        raise Refused("Ange varför sammanställningen rättas.")
    version = CompilationVersion(
        compilation=compilation,
        number=latest.number + 1 if latest else 1,
        reason=reason,
        introduction=latest.introduction if latest else "",
        conclusions=latest.conclusions if latest else "",
        opened_by=by,
        opened_on=clock.today(),
    )
    save(version)
    audit.record("compilation.begun", version, by=by, reason=reason)
    return version


@transaction.atomic
def write(version, *, by, introduction, conclusions):
    """Write the introduction and conclusions of a draft."""
    version = CompilationVersion.objects.locked(version)
    permissions.can_compile(by, version.programme).require()
    lifecycle.can(version, "freeze").require()
    version.introduction, version.conclusions = introduction, conclusions
    version.save(update_fields=["introduction", "conclusions"])
    audit.record("compilation.written", version, by=by)
    return version


@transaction.atomic
def request(version, *, by, purpose):
    """Ask for a rendering: a draft to read, or the final bytes, which freezes the version."""
    version = CompilationVersion.objects.locked(version)
    permissions.can_compile(by, version.programme).require()
    lifecycle.can(version, "freeze").require()
    rendering = save(Rendering(version=version, purpose=purpose, requested_by=by))
    audit.record("compilation.rendering_requested", version, by=by, purpose=purpose)
    queue.later("reporting.render", rendering.pk)
    return rendering


def render(rendering, renderer):
    """Do a requested rendering; `renderer(version, final, progress)` gives a Document.

    Run by a worker, outside any request. Doing a finished one again does nothing.
    """
    with transaction.atomic():
        rendering = Rendering.objects.locked(rendering)
        if not lifecycle.can(rendering, "start"):
            return rendering
        lifecycle.advance(rendering, "start")
        save(rendering)
    try:
        document = renderer(rendering.version, rendering.purpose == Purpose.FINAL, _progress(rendering))
        return _finish(rendering, document)
    except Exception as error:  # whatever it was, the person who waits is told
        _fail(rendering, error)
        raise


def _progress(rendering):
    """A function that stores percent done, for the page that waits."""

    def told(percent):
        Rendering.objects.filter(pk=rendering.pk).update(progress=percent, touched_at=clock.now())

    return told


@transaction.atomic
def _finish(rendering, document):
    rendering = Rendering.objects.locked(rendering)
    if rendering.status == RenderingStatus.DONE:
        return rendering  # another worker was faster
    lifecycle.advance(rendering, "finish")
    rendering.progress, rendering.finished_at, rendering.pdf = 100, clock.now(), document.pdf
    save(rendering)
    if rendering.purpose == Purpose.FINAL:
        _freeze(rendering.version, document, by=rendering.requested_by)
    return rendering


@transaction.atomic
def _fail(rendering, error):
    rendering = Rendering.objects.locked(rendering)
    if lifecycle.can(rendering, "fail"):
        lifecycle.advance(rendering, "fail")
        rendering.failure, rendering.finished_at = str(error)[:500], clock.now()
        save(rendering)


def _freeze(version, document, *, by):
    version = CompilationVersion.objects.locked(version)
    permissions.can_compile(by, version.programme).require()
    lifecycle.advance(version, "freeze")
    version.data, version.pdf = document.data, document.pdf
    version.sha256 = hashlib.sha256(document.pdf).hexdigest()
    version.frozen_by, version.frozen_on = by, clock.today()
    save(version)
    audit.record("compilation.frozen", version, by=by, sha256=version.sha256)
    obligations.close("compile", version.compilation)
    owe("establish", version, due=establish_due(version), role=permissions.compiler(version.programme)[2])


@transaction.atomic
def thaw(version, *, by, reason):
    """Make a frozen version a draft again; its bytes are discarded."""
    version = CompilationVersion.objects.locked(version)
    permissions.can_compile(by, version.programme).require()
    lifecycle.advance(version, "thaw")
    version.data = version.pdf = version.frozen_by = version.frozen_on = None
    version.sha256 = ""
    save(version)
    audit.record("compilation.thawed", version, by=by, reason=reason)
    obligations.void("establish", version, reason)
    _owe_compiling(version.compilation)
    return version


@transaction.atomic
def establish(version, *, by, sha256):
    """Establish exactly the frozen bytes that were read, identified by their SHA-256."""
    version = CompilationVersion.objects.locked(version)
    permissions.can_establish(by, version).require()
    lifecycle.can(version, "establish").require()
    if sha256 != version.sha256 or hashlib.sha256(version.pdf).hexdigest() != sha256:
        raise Refused("Dokumentet är inte längre det du läst. Läs det på nytt.")
    lifecycle.advance(version, "establish")
    version.established_by, version.established_on = by, clock.today()
    save(version)
    audit.record("compilation.established", version, by=by, sha256=sha256)
    obligations.close("establish", version)
    deciding = permissions.compiler(version.programme)[2]
    owe("deliver", version, due=version.year.compilation_due, role=deciding)
    return version


@transaction.atomic
def deliver(version, *, by, case_number=""):
    """Hand it over to the department that receives that year's compilation."""
    version = CompilationVersion.objects.locked(version)
    permissions.can_deliver(by, version).require()
    lifecycle.advance(version, "deliver")
    version.delivered_by, version.delivered_on = by, clock.today()
    version.recipient, version.case_number = version.year.receiving_department, case_number
    save(version)
    audit.record(
        "compilation.delivered",
        version,
        by=by,
        recipient=version.recipient,
        case_number=case_number,
        sha256=version.sha256,
    )
    obligations.close("deliver", version)
    owe("acknowledge", version)
    return version


@transaction.atomic
def acknowledge(version, *, by):
    """The ministry confirms that it has received the compilation."""
    version = CompilationVersion.objects.locked(version)
    permissions.can_acknowledge(by, version).require()
    lifecycle.advance(version, "acknowledge")
    version.acknowledged_by, version.acknowledged_on = by, clock.today()
    save(version)
    audit.record("compilation.acknowledged", version, by=by, sha256=version.sha256)
    obligations.close("acknowledge", version)
    return version


def open_duties():
    """Open the duty to compile for every year that has ended and has no established version.

    Safe to run every day.
    """
    ended = ProgrammeYear.objects.filter(
        costs_to__lt=clock.today(), tranches__isnull=False, compilation__isnull=True
    ).select_related("programme__ministry", "programme__secretariat")
    years = list(ended.distinct())
    for year in years:
        _owe_compiling(Compilation.objects.create(year=year))
    return len(years)


def _owe_compiling(compilation):
    year = compilation.year
    owe("compile", compilation, due=year.compilation_due, role=permissions.compiler(year.programme)[1])
