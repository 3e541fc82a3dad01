"""A report's content as a person reads it: the page and the compilation show the same.

Figures are Decimal, and None where they are missing, which is never zero. Amounts are kronor.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol, cast

from . import fields
from .content import EXTENTS, FUNDERS, INITIATIVE_TEXTS, MOVEMENTS, indicators, number, text_fields
from .content import sections as asked

if TYPE_CHECKING:
    from programmes.programme_file.shape import ProgrammeFile, ReportSection

    from .content import Content


@dataclass(frozen=True)
class Text:
    label: str
    text: str


@dataclass(frozen=True)
class Initiative:
    number: int
    title: str
    goal: str
    other_goals: tuple[str, ...]
    texts: tuple[Text, ...]
    good_example: bool

    def told(self, name: str) -> str:
        """One of its texts by the field's name, or an empty string."""
        label = INITIATIVE_TEXTS[name]
        return next((row.text for row in self.texts if row.label == label), "")


@dataclass(frozen=True)
class Result:
    """A sub-goal's own assessment: `movement` is "−2" to "+2", or empty."""

    goal: str
    name: str
    movement: str
    text: str


@dataclass(frozen=True)
class Figure:
    code: str
    name: str
    definition: str
    unit: str
    value: Decimal | None


@dataclass(frozen=True)
class Cost:
    name: str
    grant: Decimal | None
    own: Decimal | None
    other: Decimal | None


class Costs(Protocol):
    """What is told by funder."""

    @property
    def grant(self) -> Decimal | None: ...

    @property
    def own(self) -> Decimal | None: ...

    @property
    def other(self) -> Decimal | None: ...


@dataclass(frozen=True)
class Partner:
    """With whom there was cooperation: how much, and about what."""

    name: str
    extent: str
    about: str


@dataclass(frozen=True)
class Section:
    letter: str
    title: str
    form: str
    texts: tuple[Text, ...] = ()
    initiatives: tuple[Initiative, ...] = ()
    results: tuple[Result, ...] = ()
    figures: tuple[Figure, ...] = ()
    costs: tuple[Cost, ...] = ()
    total: Cost | None = None
    partners: tuple[Partner, ...] = ()


def sections(content: "Content", definition: "ProgrammeFile", year: int) -> tuple[Section, ...]:
    """Those of the year's sections that hold something to read, in the programme's order."""
    found = [_section(row, content, definition, year) for row in asked(definition, year)]
    return tuple(row for row in found if row)


def _section(
    section: "ReportSection", content: "Content", definition: "ProgrammeFile", year: int
) -> Section | None:
    head = (section.letter, section.title, section.form)
    match section.form:
        case "initiatives":
            return Section(*head, initiatives=_initiatives(content))
        case "results":
            return Section(
                *head, results=_results(content, definition), figures=_figures(content, definition, year)
            )
        case "account":
            costs = _costs(content, definition)
            return Section(*head, costs=costs, total=total(costs))
    if not text_fields(section):
        return None
    partners = _partners(content, definition) if section.form == "cooperation" else ()
    return Section(*head, texts=_texts(content, section), partners=partners)


def _texts(content: "Content", section: "ReportSection") -> tuple[Text, ...]:
    texts = content.get("texts", {})
    return tuple(
        Text(label, _written(name, texts[name]))
        for name, label, _ in text_fields(section)
        if texts.get(name, "").strip()
    )


def _written(name: str, text: object) -> str:
    """Figures with a decimal comma."""
    return str(text).strip().replace(".", ",") if name in fields.FIGURES else str(text).strip()


def _partners(content: "Content", definition: "ProgrammeFile") -> tuple[Partner, ...]:
    """Those that anything is said of."""
    told = content.get("cooperation", {})
    rows = [(row.name, told.get(row.code, {})) for row in definition.cooperation_parties]
    return tuple(
        Partner(name, EXTENTS.get(row.get("extent", ""), ""), row.get("about", "").strip())
        for name, row in rows
        if row.get("extent") or row.get("about", "").strip()
    )


def _initiatives(content: "Content") -> tuple[Initiative, ...]:
    return tuple(
        Initiative(
            number=row["id"],
            title=row.get("title", ""),
            goal=row.get("sub_goal", ""),
            other_goals=tuple(row.get("other_goals", ())),
            texts=tuple(
                Text(label, _written(name, cast("Mapping[str, object]", row)[name]))
                for name, label in INITIATIVE_TEXTS.items()
                if str(row.get(name) or "").strip()
            ),
            good_example=bool(row.get("good_example")),
        )
        for row in content.get("initiatives", [])
    )


def _results(content: "Content", definition: "ProgrammeFile") -> tuple[Result, ...]:
    told = content.get("results", {})
    return tuple(
        Result(
            goal.code,
            goal.name,
            MOVEMENTS.get(told.get(goal.code, {}).get("movement", ""), ""),
            told.get(goal.code, {}).get("text", "").strip(),
        )
        for goal in definition.sub_goals
    )


def _figures(content: "Content", definition: "ProgrammeFile", year: int) -> tuple[Figure, ...]:
    told = content.get("indicators", {})
    return tuple(
        Figure(row.code, row.name, row.definition, row.unit, number(told.get(row.code, "")))
        for row in indicators(definition, year)
    )


def _costs(content: "Content", definition: "ProgrammeFile") -> tuple[Cost, ...]:
    told = content.get("account", {})
    return tuple(
        Cost(line.name, *(number(told.get(line.code, {}).get(funder, "")) for funder in FUNDERS))
        for line in definition.cost_lines
    )


def total(costs: Iterable[Costs]) -> Cost:
    """The sum of each funder's column; None where nothing at all is told."""
    return Cost("Summa", *(_sum(getattr(row, funder) for row in costs) for funder in FUNDERS))


def _sum(values: Iterable[Decimal | None]) -> Decimal | None:
    told = [value for value in values if value is not None]
    return sum(told, start=Decimal(0)) if told else None
