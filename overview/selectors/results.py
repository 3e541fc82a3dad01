"""The programme's results over its years, from the approved reports: what is missing is never counted as zero."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from actors import county_map as maps
from reporting import chapters, reading
from reporting import content as contents
from reporting.lifecycle.activity_report import Status
from reporting.models import ReportVersion
from reporting.secrecy import masked
from reporting.selectors.goals import IndicatorTable, Sum, indicator_tables

if TYPE_CHECKING:
    from programmes.models import Programme
    from programmes.programme_file.shape import ProgrammeFile


LEAST_FOR_CLASSES = 3
NO_ANSWER = ("none", "Inget svar")


@dataclass(frozen=True)
class Told:
    """A place's approved report of a year, as far as results go."""

    code: str
    name: str
    county: str
    content: tuple[reading.Section, ...]

    def section(self, form: str) -> reading.Section | None:
        return next((row for row in self.content if row.form == form), None)


@dataclass(frozen=True)
class OverYears:
    """An indicator and its sum of each year; None where the year did not ask."""

    code: str
    name: str
    definition: str
    unit: str
    summed: bool
    years: tuple[Sum | None, ...]

    def total(self, at: int) -> Decimal | None:
        year = self.years[at]
        return year.total if year else None

    def answers(self, at: int) -> int | None:
        year = self.years[at]
        return year.answers if year else None


@dataclass(frozen=True)
class GoalYear:
    """What was done under a sub-goal: initiatives of each year, and how many are good examples; None where not asked."""

    code: str
    name: str
    initiatives: tuple[int | None, ...]
    examples: tuple[int | None, ...]


@dataclass(frozen=True)
class Results:
    years: tuple[int, ...]
    told: dict[int, list[Told]]
    definition: ProgrammeFile

    def tables(self, year: int) -> tuple[IndicatorTable, ...]:
        """The year's indicator tables, place by place, one a sub-goal."""
        return indicator_tables(self.definition, year, self.told[year])

    def over_years(self) -> tuple[OverYears, ...]:
        """Each indicator with its sums, in the programme's order."""
        sums = {
            (year, row.code): row for year in self.years for table in self.tables(year) for row in table.sums
        }
        return tuple(
            OverYears(
                row.code,
                row.name,
                row.definition,
                row.unit,
                row.summed,
                tuple(sums.get((year, row.code)) for year in self.years),
            )
            for row in self.definition.indicators
            if any((year, row.code) in sums for year in self.years)
        )

    def goals(self) -> tuple[GoalYear, ...]:
        return tuple(
            GoalYear(
                goal.code,
                goal.name,
                tuple(self._count(year, goal.code) for year in self.years),
                tuple(self._count(year, goal.code, good_only=True) for year in self.years),
            )
            for goal in self.definition.sub_goals
        )

    def _count(self, year: int, goal: str, good_only: bool = False) -> int | None:
        """How many initiatives; None where the year did not ask for them."""
        if not any(row.form == "initiatives" for row in contents.sections(self.definition, year)):
            return None
        return sum(row.good_example or not good_only for row in self._deeds(year, goal))

    def _deeds(self, year: int, goal: str) -> list[reading.Initiative]:
        sections = [seat.section("initiatives") for seat in self.told[year]]
        return [row for section in sections if section for row in section.initiatives if row.goal == goal]

    def values(self, year: int, code: str) -> dict[str, Decimal | None]:
        """{county: value or None} of an indicator; nothing where the places are not counties one to one."""
        if not chapters.kind_of(self.definition).by_county:
            return {}
        found = {}
        for seat in self.told[year]:
            section = seat.section("results")
            figures = section.figures if section else ()
            found[seat.county] = next((row.value for row in figures if row.code == code), None)
        return found


def results(programme: Programme) -> Results:
    """All approved reports of the programme's recipients: one question."""
    definition = programme.definition
    rows = (
        ReportVersion.objects.filter(
            report__status=Status.APPROVED,
            report__tranche__place__programme=programme,
            report__tranche__place__part="recipient",
        )
        .select_related("report__tranche__place", "report__tranche__year")
        .defer("report__draft")
        .order_by("report__tranche__year__year", "report__tranche__place__code", "number")
    )
    latest = {row.report_id: row for row in rows}
    told = defaultdict(list)
    for row in latest.values():
        place, year = row.report.tranche.place, row.report.tranche.year.year
        read = reading.sections(masked(row.content, definition, year), definition, year)
        told[year].append(Told(place.code, place.name, place.county_id or "", read))
    return Results(tuple(sorted(told)), dict(told), definition)


def table_of(tables: Sequence[IndicatorTable], title: str) -> IndicatorTable | None:
    """The table of the title asked for, else the first; None where there is none."""
    return next((row for row in tables if row.title == title), tables[0] if tables else None)


def place_rows(table: IndicatorTable) -> list[dict[str, object]]:
    """The table as rows of a file: {name, and a value under each code}."""
    codes = [row.code for row in table.sums]
    return [{"name": name, **dict(zip(codes, values, strict=True))} for name, values in table.rows]


def county_map(title: str, values: Mapping[str, Decimal | None]) -> str:
    """The counties in three classes by value, and those without an answer; nothing where places are no counties."""
    if not values or "" in values:
        return ""
    known = sorted(value for value in values.values() if value is not None)
    classes = _classes(known)
    categories = [(key, _range(least, most)) for key, least, most in classes]
    chosen = {county: _class(value, classes) for county, value in values.items()}
    return maps.county_map(title, [*categories, NO_ANSWER], chosen)


def _classes(known: Sequence[Decimal]) -> list[tuple[str, Decimal, Decimal]]:
    """[(key, least, most)]: thirds of the places; one class where they are few or alike."""
    if not known:
        return []
    if len(set(known)) < LEAST_FOR_CLASSES:
        return [(f"class-{at}", value, value) for at, value in enumerate(sorted(set(known), reverse=True))]
    third = len(known) // 3
    edges = [known[0], known[third], known[2 * third]]
    bounds = sorted(set(edges), reverse=True)
    tops = [known[-1], *(max(value for value in known if value < bound) for bound in bounds[:-1])]
    return [(f"class-{at}", least, most) for at, (least, most) in enumerate(zip(bounds, tops, strict=True))]


def _class(value: Decimal | None, classes: Sequence[tuple[str, Decimal, Decimal]]) -> str:
    if value is None:
        return NO_ANSWER[0]
    return next(key for key, least, _most in classes if value >= least)


def _range(least: Decimal, most: Decimal) -> str:
    if least == most:
        return _written(least)
    return f"{_written(least)} till {_written(most)}"


def _written(value: object) -> str:
    return f"{value.normalize():f}".replace(".", ",") if isinstance(value, Decimal) else str(value)
