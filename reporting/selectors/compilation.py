"""Everything a year's compilation says, read once: from the approved reports and from the money."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from digikoord.lib.plain import shaped
from grants.models import BudgetDecision

from .. import content as contents
from ..lifecycle.compilation_version import FINAL
from ..models import CompilationVersion
from . import accounts, voices
from .before import Before, changes, figures
from .compiled import Compiled, Decision, Seat, Terms
from .goals import goals, indicator_tables
from .matrix import matrix
from .money import total
from .seats import seats_of

if TYPE_CHECKING:
    from grants.models import ProgrammeYear
    from programmes.models import Programme

    from .before import Derived, Facts


@dataclass(frozen=True)
class Parts:
    """What all sums follow from; a Compiled has the same."""

    everyone: Sequence[Seat]
    terms: Terms
    year: int
    asked: tuple[str, ...]
    picked: tuple[tuple[str, int], ...] | None = None
    before: Before | None = None


def compiled(year: ProgrammeYear, picked: tuple[tuple[str, int], ...] | None = None) -> Compiled:
    """The year's compilation as of now, in a fixed number of queries. `picked` are the good examples chosen, as
    (place's code, initiative's number); None is all that are marked."""
    programme, definition = year.programme, year.programme.definition
    parts = _parts(year, picked=picked, before=before_of(year))
    seats = tuple(row for row in parts.everyone if not row.apart)
    return Compiled(
        code=programme.code,
        programme=programme.name,
        short_name=programme.short_name,
        purpose=definition.programme.purpose,
        strategy=definition.programme.strategy,
        year=year.year,
        costs_from=year.costs_from,
        costs_to=year.costs_to,
        report_due=year.to_report.day,
        compilation_due=year.to_compile.day,
        department=year.receiving_department,
        compiler=str(programme.secretariat or programme.ministry),
        has_secretariat=programme.secretariat_id is not None,
        by_county=bool(seats) and len({row.county for row in seats if row.county}) == len(seats),
        condition=definition.budget_rule.condition if year.conditional and definition.budget_rule else "",
        budget=_budget(year),
        decisions=_decisions(programme),
        asked=parts.asked,
        goal_names=tuple((row.code, row.name) for row in definition.sub_goals),
        terms=parts.terms,
        seats=seats,
        secretariat=next((row for row in parts.everyone if row.apart), None),
        picked=picked,
        before=parts.before,
        keeps=definition.keeps.one if definition.keeps else "",
        **derived(parts),
    )


def _parts(
    year: ProgrammeYear, *, picked: tuple[tuple[str, int], ...] | None = None, before: Before | None = None
) -> Parts:
    definition = year.programme.definition
    terms = Terms(
        definition.sub_goals, definition.indicators, definition.cost_lines, definition.cooperation_parties
    )
    asked = tuple(row.form for row in contents.sections(definition, year.year))
    return Parts(seats_of(year), terms, year.year, asked, picked, before)


def derived(parts: Parts | Compiled) -> Derived:
    """{field: value} of all that follows from the seats: whoever has them (a Parts or a Compiled) can compute it again."""
    everyone, terms, year = parts.everyone, parts.terms, parts.year
    seats = tuple(row for row in everyone if not row.apart)
    initiatives = [
        row for seat in seats if (section := seat.section("initiatives")) for row in section.initiatives
    ]
    facts: Facts = {
        "count": len(seats),
        "approved": sum(row.approved for row in seats),
        "initiatives": len(initiatives),
        "money": total(row.money for row in seats),
        "money_of_all": total(row.money for row in everyone),
        "goals": goals(terms, year, seats, parts.picked),
        "indicators": indicator_tables(terms, year, seats),
        "full_time": _full_time(seats),
        "examples": sum(row.good_example for row in initiatives),
        "cooperation": voices.of(seats, "cooperation", contents.TEXTS["cooperation"][0][1]),
        "cooperation_matrix": matrix(terms, seats),
        "lessons": voices.by_label(seats, "lessons", [row[1] for row in contents.TEXTS["lessons"]]),
        "accounts": accounts.by_place(everyone),
        "accounts_total": accounts.together(everyone),
        "cost_lines": accounts.by_line(terms, everyone),
    }
    return {**facts, "changes": changes(parts.before, figures(facts, parts.asked))}


def before_of(year: ProgrammeYear) -> Before | None:
    """The year before as it is compared with: as it was last established, else as its approved reports tell it now. None
    where the programme has none, or nothing of it is approved."""
    earlier = year.programme.years.filter(year=year.year - 1).first()
    if earlier is None:
        return None
    earlier.programme = year.programme
    established = CompilationVersion.objects.filter(compilation__year=earlier, status__in=FINAL)
    latest = established.defer("pdf").order_by("number").last()
    told = _kept(cast("dict[str, object]", latest.data)) if latest else None
    if latest and told:
        return Before(earlier.year, latest.number, figures(derived(told), told.asked))
    parts = _parts(earlier)
    if not any(row.approved for row in parts.everyone):
        return None
    return Before(earlier.year, None, figures(derived(parts), parts.asked))


def _kept(data: dict[str, object]) -> Compiled | None:
    """The compilation that the data of a version holds; None where an earlier edition of digikoord shaped it."""
    try:
        return shaped(Compiled, {name: value for name, value in data.items() if name != "version"})
    except ValueError:
        return None


def _decisions(programme: Programme) -> tuple[Decision, ...]:
    rows = programme.decisions.filter(dispatched_on__isnull=False).order_by("decided_on", "pk")
    return tuple(Decision(row.title, row.case_number, row.decided_on) for row in rows)


def _budget(year: ProgrammeYear) -> str:
    """The Riksdag's decision that fulfilled the condition, cited; empty where there is none."""
    row = BudgetDecision.objects.deciding().filter(year=year).order_by("decided_on", "pk").last()
    return f"{row} ({row.decided_on})" if row else ""


def _full_time(seats: Iterable[Seat]) -> Decimal | None:
    """Full-time equivalents told, summed; None where nobody told."""
    label = next(row[1] for row in contents.TEXTS["function"] if row[0] == "function_fte")
    told = [
        contents.number(text.text)
        for seat in seats
        if (section := seat.section("function"))
        for text in section.texts
        if text.label == label
    ]
    known = [value for value in told if value is not None]
    return sum(known, start=Decimal(0)) if known else None
