"""A compilation of as many places as one likes, made up of the rehearsal's own words: to measure, and to read in odd shapes."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

from django.conf import settings

from actors import county_map
from digikoord.rehearsal import compilation_texts, reports
from programmes.programme_file import read
from reporting import content as contents
from reporting import reading
from reporting.documents.compilation import About, ChapterText
from reporting.selectors.compilation import Parts, derived
from reporting.selectors.compiled import Compiled, Decision, Person, Seat, State, Terms
from reporting.selectors.money import Money

if TYPE_CHECKING:
    from grants.models import Tranche
    from programmes.programme_file.shape import ProgrammeFile
    from reporting.selectors.before import Before


FIRST = Path(settings.BASE_DIR / "programmes/files/regional-digital-coordinators-2018.toml")
YEAR = 2019
PAID = Decimal(1_000_000)
COUNTIES = 21


def definition() -> ProgrammeFile:
    return read(FIRST.read_text())


def content_of(rules: ProgrammeFile, code: str, name: str, year: int = YEAR) -> contents.Content:
    """What the rehearsal's reporter would have written for a place."""
    row = next(one for one in rules.years if one.year == year)
    tranche = SimpleNamespace(
        programme=SimpleNamespace(definition=rules),
        place=SimpleNamespace(code=code, name=name),
        year=SimpleNamespace(year=year, costs_from=row.costs_from),
    )
    written: contents.Content = {
        **contents.blank(rules),
        **reports.written(cast("Tranche", tranche), used=PAID - 1000),
    }
    for number, deed in enumerate(written["initiatives"], 1):
        deed["id"] = number
    return written


def seat(
    rules: ProgrammeFile,
    code: str,
    name: str,
    written: contents.Content | None,
    *,
    county: str = "",
    year: int = YEAR,
) -> Seat:
    """A place that has told what is `written`; None is a missing report."""
    used = PAID - 1000 if written else None
    day = datetime.date(year + 1, 1, 20)
    told = "approved" if written else "missing"
    return Seat(
        code=code,
        name=name,
        apart=False,
        county=county,
        holder=f"Region {name}",
        org_nr="232100-9991",
        succession=""
        if int(code[-1], 36) % 3
        else f"Förbundet i {name} höll platsen till och med 31 december 2018.",
        people=(Person("Eli Sarri", 100, "ordinarie", datetime.date(year, 1, 1), None),),
        money=Money(PAID, PAID, PAID, PAID, used, used and PAID - used, Decimal(0), Decimal(0)),
        state=State(
            told, "Godkänd" if written else "Saknas", "Ingen redovisning har kommit in.", day, day, 1, False
        ),
        content=reading.sections(written, rules, year) if written else (),
        used_reason="",
        hidden=0,
    )


def seats_of(count: int) -> tuple[ProgrammeFile, list[Seat]]:
    """So many places: the 21 counties, or made-up municipalities."""
    rules = definition()
    counties = [(code, name) for code, name, _path in county_map.drawn_counties()]
    if count <= COUNTIES:
        return rules, [
            seat(rules, code, name, content_of(rules, code, name), county=code)
            for code, name in counties[:count]
        ]
    places = [(f"k{at:03}", f"Provkommun {at}") for at in range(count)]
    return rules, [
        seat(rules, code, name, content_of(rules, f"{at + 1}", name))
        for at, (code, name) in enumerate(places)
    ]


def compilation(
    rules: ProgrammeFile,
    seats: Sequence[Seat],
    *,
    texts: Mapping[str, str] | None = None,
    before: Before | None = None,
    picked: tuple[tuple[str, int], ...] | None = None,
    year: int = YEAR,
) -> tuple[Compiled, About]:
    """(Compiled, About) of the seats."""
    row = next(one for one in rules.years if one.year == year)
    terms = Terms(rules.sub_goals, rules.indicators, rules.cost_lines, rules.cooperation_parties)
    asked = tuple(one.form for one in contents.sections(rules, year))
    parts = Parts(tuple(seats), terms, year, asked, picked, before)
    head = rules.programme
    told = Compiled(
        code=head.code,
        programme=head.name,
        short_name=head.short_name,
        purpose=head.purpose,
        strategy=head.strategy,
        year=year,
        costs_from=row.costs_from,
        costs_to=row.costs_to,
        report_due=row.report_due,
        compilation_due=row.compilation_due,
        department=row.receiving_department,
        compiler="Tillväxtverket",
        has_secretariat=True,
        by_county=all(one.county for one in seats),
        condition="",
        budget="",
        decisions=tuple(Decision(one.title, one.case_number, one.decided_on) for one in rules.decisions),
        asked=asked,
        goal_names=tuple((one.code, one.name) for one in rules.sub_goals),
        terms=terms,
        seats=tuple(seats),
        secretariat=None,
        picked=picked,
        before=before,
        **derived(parts),
    )
    written = compilation_texts.of_year(year) if texts is None else texts
    chapters = tuple(ChapterText(*pair) for pair in written.items())
    return told, About(1, "", chapters, datetime.date(year + 1, 3, 20), True, False)
