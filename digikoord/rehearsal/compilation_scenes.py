"""What the secretariat does with the year's compilation, and the actors with their pages of it."""

from __future__ import annotations

import datetime
import typing
from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from grants.models import Tranche
from reporting.actions import compilations, deliveries, fact_checks, renderings
from reporting.documents import compilation as compilation_document
from reporting.documents import deliveries as letters
from reporting.lifecycle.fact_check import Status
from reporting.models import FactCheck, Purpose
from reporting.selectors import compilation_room as room

from . import compilation_texts as texts

if TYPE_CHECKING:
    from reporting.models import CompilationVersion

    from .cast import Cast


def begin(cast: Cast, year: int) -> None:
    version = compilations.begin(cast.year(year), by=cast.case_officer())
    for chapter, text in texts.of_year(year).items():
        compilations.write(version, by=cast.case_officer(), chapter=chapter, text=text, edition=0)


def pick_examples(cast: Cast, year: int) -> None:
    """Every other of those that the actors have marked."""
    chosen = [(row.code, row.number) for row in room.marked(cast.year(year))[::2]]
    compilations.pick(_version(cast, year), by=cast.case_officer(), picked=chosen, edition=0)


def ask_for_facts(cast: Cast, year: int, due: datetime.date) -> None:
    """All whose report is approved."""
    version = _version(cast, year)
    pages, _ = room.to_check(version)
    rows = Tranche.objects.filter(pk__in=[page.key for page in pages])
    rows = rows.select_related("place__programme", "year__programme", "assignment__holder")
    fact_checks.ask_many(version, by=cast.case_officer(), tranches=list(rows), due=due)


def confirm_facts(cast: Cast, year: int, but: Collection[str] = ()) -> None:
    for check in _asked(cast, year).exclude(tranche__place__code__in=but):
        fact_checks.confirm(check, by=cast.writer(check.holder))


def object_to_facts(cast: Cast, code: str, year: int, answer: str) -> None:
    check = _asked(cast, year).get(tranche__place__code=code)
    fact_checks.object_(check, by=cast.writer(check.holder), answer=answer)


def handle_objection(cast: Cast, code: str, year: int, handling: str) -> None:
    check = FactCheck.objects.get(version=_version(cast, year), tranche__place__code=code)
    fact_checks.handle(check, by=cast.case_officer(), handling=handling)


def _asked(cast: Cast, year: int) -> QuerySet[FactCheck]:
    rows = FactCheck.objects.filter(version=_version(cast, year), status=Status.ASKED)
    return rows.select_related("tranche__assignment__holder", "tranche__place")


def draft(cast: Cast, year: int) -> None:
    _render(cast, year, Purpose.DRAFT)


def freeze(cast: Cast, year: int) -> None:
    _render(cast, year, Purpose.FINAL)


def _render(cast: Cast, year: int, purpose: Purpose) -> None:
    rendering = renderings.request(_version(cast, year), by=cast.case_officer(), purpose=purpose)
    renderings.render(rendering, compilation_document.asked)


def establish(cast: Cast, year: int) -> None:
    version = _version(cast, year)
    compilations.establish(version, by=cast.head(), sha256=version.sha256)


def deliver(cast: Cast, year: int) -> None:
    """The ministry's case number is not known, and so left empty."""
    version = _version(cast, year)
    deliveries.deliver(version, by=cast.head(), letter=letters.proposed(version))


def acknowledge(cast: Cast, year: int) -> None:
    deliveries.acknowledge(_version(cast, year), by=cast.official())


def _version(cast: Cast, year: int) -> CompilationVersion:
    return typing.cast("CompilationVersion", cast.year(year).compilation.versions.last())
