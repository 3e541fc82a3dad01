"""The annual compilation: begun and written as a draft, frozen to bytes, established. `deliveries` go on from there."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from typing import TYPE_CHECKING, cast

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.timezone import localtime

from digikoord.lib import clock, lifecycle, locks
from digikoord.lib.constraints import save
from digikoord.lib.verdict import Refused
from duties.actions import obligations
from duties.models import Obligation
from grants.models import ProgrammeYear, Tranche
from records.actions import audit

from .. import chapters, permissions
from ..duties import owe
from ..events.compilation import (
    CompilationBegun,
    CompilationEstablished,
    CompilationExamplesPicked,
    CompilationFrozen,
    CompilationThawed,
    CompilationWritten,
)
from ..models import Compilation, CompilationVersion
from ..plan import plan
from . import fact_checks

if TYPE_CHECKING:
    from actors.models import User

    from ..documents.compilation import Document


EXAMPLES = "examples"  # whose edition is counted beside the chapters'
TAKEN_MEANWHILE = "Någon annan sparade medan du skrev. Läs sidan på nytt och för samman texterna."


@transaction.atomic
def begin(year: ProgrammeYear, *, by: User, reason: str = "") -> CompilationVersion:
    """Begin a version: the first, or a correction of what has been established, with its reason. A correction begins
    with the texts and the examples of the one before."""
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
        texts=latest.texts if latest else {},
        picked=latest.picked if latest else None,
        opened_by=by,
        opened_on=clock.today(),
    )
    save(version)
    audit.record(CompilationBegun(reason=reason), version, by=by)
    return version


@transaction.atomic
def write(
    version: CompilationVersion, *, by: User, chapter: str, text: str, edition: int
) -> CompilationVersion:
    """Write a chapter's introduction, in Markdown. `edition` is how often it had been saved when it was read: somebody
    else's later saving is never overwritten unseen."""
    version = _draft(version, by)
    found = chapters.with_key(chapters.kind_of(version.programme.definition), chapter)
    if found is None:
        raise Refused("Sammanställningen har inget sådant kapitel.")
    _next_edition(version, chapter, edition, by)
    version.texts = {**version.texts, chapter: text}
    version.save(update_fields=["texts", "editions"])
    audit.record(CompilationWritten(chapter=found.title, characters=len(text)), version, by=by)
    return version


@transaction.atomic
def pick(
    version: CompilationVersion, *, by: User, picked: Collection[tuple[str, int]], edition: int
) -> CompilationVersion:
    """Choose which of the good examples are told of: [place's code, initiative's number] each."""
    version = _draft(version, by)
    _next_edition(version, EXAMPLES, edition, by)
    version.picked = [list(one) for one in picked]
    version.save(update_fields=["picked", "editions"])
    audit.record(CompilationExamplesPicked(count=len(picked)), version, by=by)
    return version


def _draft(version: CompilationVersion, by: User) -> CompilationVersion:
    """The version locked and fresh, if the person may write it now."""
    version = CompilationVersion.objects.locked(version)
    permissions.can_compile(by, version.programme).require()
    lifecycle.can(version, "freeze").require()
    return version


def _next_edition(version: CompilationVersion, what: str, edition: int, by: User) -> None:
    if edition != version.edition(what):
        raise Refused(TAKEN_MEANWHILE)
    at = f"{localtime(clock.now()):%Y-%m-%d kl. %H.%M}"
    version.editions = {**version.editions, what: {"number": edition + 1, "by": by.name, "at": at}}


@locks.part_of_act
def freeze(version: CompilationVersion, document: Document, *, by: User) -> None:
    """Freeze to the final bytes that were rendered; called in the transaction that finishes the rendering."""
    version = CompilationVersion.objects.locked(version)
    permissions.can_compile(by, version.programme).require()
    lifecycle.advance(version, "freeze")
    version.data, version.pdf = document.data, document.pdf
    version.sha256 = hashlib.sha256(document.pdf).hexdigest()
    version.frozen_by, version.frozen_on = by, clock.today()
    save(version)
    audit.record(CompilationFrozen(sha256=version.sha256), version, by=by)
    obligations.close("compile", version.compilation)
    owe("establish", version)


@transaction.atomic
def thaw(version: CompilationVersion, *, by: User, reason: str) -> CompilationVersion:
    """Make a frozen version a draft again; its bytes are discarded."""
    version = CompilationVersion.objects.locked(version)
    permissions.can_compile(by, version.programme).require()
    lifecycle.advance(version, "thaw")
    version.data = version.pdf = version.frozen_by = version.frozen_on = None
    version.sha256 = ""
    save(version)
    audit.record(CompilationThawed(reason=reason), version, by=by)
    obligations.void("establish", version, reason)
    _owe_compiling(version.compilation)
    return version


@transaction.atomic
def establish(version: CompilationVersion, *, by: User, sha256: str) -> CompilationVersion:
    """Establish exactly the frozen bytes that were read, identified by their SHA-256."""
    version = CompilationVersion.objects.locked(version)
    permissions.can_establish(by, version).require()
    lifecycle.can(version, "establish").require()
    if sha256 != version.sha256 or hashlib.sha256(cast("bytes", version.pdf)).hexdigest() != sha256:
        raise Refused("Dokumentet är inte längre det du läst. Läs det på nytt.")
    lifecycle.advance(version, "establish")
    version.established_by, version.established_on = by, clock.today()
    save(version)
    audit.record(CompilationEstablished(sha256=sha256), version, by=by)
    fact_checks.end_unanswered(version, by=by)
    obligations.close("establish", version)
    _owe_delivery(version.compilation)
    return version


def open_duties() -> int:
    """Open the room and the duty to compile for every year that has ended. Returns the rooms opened or healed.

    Safe to run every day. A room whose duty was never opened (an earlier version could be stopped between the two) gets it.
    """
    years = _uncompiled().order_by("pk").select_related("programme")
    return sum(open_room(year) for year in years)


def _uncompiled() -> QuerySet[ProgrammeYear]:
    """The ended years that nobody has ever been asked to compile."""
    key = Concat(Value("compilation:"), Cast(OuterRef("compilation__pk"), CharField()))
    ended = ProgrammeYear.objects.filter(
        Exists(Tranche.objects.filter(year=OuterRef("pk"))),
        costs_to__lt=clock.today(),
        programme__ended_on__isnull=True,
    )
    frozen = CompilationVersion.objects.filter(compilation__year=OuterRef("pk"), frozen_on__isnull=False)
    asked = Obligation.objects.filter(kind="deliver", key=key)
    return ended.filter(Q(compilation__isnull=True) | ~Exists(asked) & ~Exists(frozen))


@transaction.atomic
def open_room(year: ProgrammeYear) -> bool:
    """The year's room with its duty, together. Whether there was anything to open."""
    year = ProgrammeYear.objects.select_for_update(of=("self",)).select_related("programme").get(pk=year.pk)
    if not _uncompiled().filter(pk=year.pk).exists():
        return False
    compilation, _ = Compilation.objects.get_or_create(year=year)
    _owe_compiling(compilation)
    _owe_delivery(compilation)
    return True


def _owe_compiling(compilation: Compilation) -> None:
    """By the plan's own day; the day that the government decided is that of the delivery."""
    year = compilation.year
    last = plan(year).last("compile")
    owe("compile", compilation, due=last)


def _owe_delivery(compilation: Compilation) -> None:
    """By the day that was decided; of a correction of what was delivered, within the handling days."""
    year = compilation.year
    again = compilation.versions.filter(delivered_on__isnull=False).exists()
    owe(
        "deliver",
        compilation,
        due=None if again else year.compilation_due,
    )
