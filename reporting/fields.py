"""Every field of a report: its key, its words, where it stands in the content, and the step it is written on.

The key is the field's address everywhere: in the form, in a comment, in a request for a supplement, in a claim of secrecy and
where versions are compared. `initiatives-3` is the whole of initiative 3, and `initiatives` all of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from digikoord.lib.money import kr

from .content import EXTENTS, FUNDERS, INITIATIVE_TEXTS, MOVEMENTS, indicators, number, sections, text_fields

if TYPE_CHECKING:
    from programmes.programme_file.shape import ProgrammeFile, ReportSection

    from .content import Content, InitiativeContent


LARGEST = 9_999_999_999
SHORT = ("function_start", "target_group", "kind", "role", "partners", "period", "title")
FIGURES = {
    "function_fte": 100,
    "participants": LARGEST,
    "external_money": LARGEST,
}  # and the most each may be
ALL_INITIATIVES = "initiatives"
UNTITLED = "utan rubrik"


@dataclass(frozen=True)
class Field:
    """`kind`: text, line, figure, money (kronor), choice (one of `choices`), several (of them) or yes."""

    key: str
    label: str
    step: str
    kind: str
    path: tuple[str | int, ...]
    group: str = ""
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    most: int = LARGEST
    about: str = ""

    @property
    def name(self) -> str:
        """Its words where it stands alone."""
        return f"{self.group}, {self.label[:1].lower()}{self.label[1:]}" if self.group else self.label

    @property
    def is_number(self) -> bool:
        return self.kind in ("figure", "money")


Kept = str | list[str] | bool  # several choices are a list, and whether it is so a bool; the rest is text


@dataclass(frozen=True)
class Step:
    """What is written on one page: a section, or one initiative of it (`number`, its id)."""

    key: str
    title: str
    section: ReportSection
    fields: tuple[Field, ...] = ()
    number: int | None = None

    @property
    def slug(self) -> str:
        return self.key.lower()


def steps(definition: ProgrammeFile, year: int, content: Content) -> tuple[Step, ...]:
    """The pages a year's report is written on, in the programme's order; the certification is given at submission."""
    return tuple(
        step
        for section in sections(definition, year)
        if section.form != "certification"
        for step in _steps(section, definition, year, content)
    )


def step_of(definition: ProgrammeFile, year: int, content: Content, slug: str) -> Step | None:
    """The step with the slug, or None."""
    return next((row for row in steps(definition, year, content) if row.slug == slug), None)


def catalogue(definition: ProgrammeFile, year: int, content: Content) -> tuple[Field, ...]:
    """All the fields, in order."""
    return tuple(field for step in steps(definition, year, content) for field in step.fields)


def value(content: Content, field: Field) -> Kept:
    """As it is kept; an empty string where nothing is."""
    found: object = content
    for part in field.path:
        found = _inside(found, part)
    return [] if found == "" and field.kind == "several" else cast("Kept", found)


def _inside(found: object, part: str | int) -> object:
    if isinstance(found, list):
        return next((row for row in found if row["id"] == part), {})
    return found.get(part, "") if isinstance(found, dict) else ""


def told(content: Content, field: Field) -> str:
    """As a person reads it; empty where nothing is."""
    kept = value(content, field)
    match field.kind:
        case "choice":
            return dict(field.choices).get(cast("str", kept), "")
        case "several":
            return ", ".join(label for code, label in field.choices if code in cast("list[str]", kept))
        case "yes":
            return "Ja" if kept else ""
        case "money":
            figure = number(kept)
            return "" if figure is None else kr(figure)
    return str(with_comma(field, kept))


def with_comma(field: Field, kept: Kept) -> Kept:
    """A figure as it is written in Swedish; it is kept with a point. Anything else as it is."""
    return kept.replace(".", ",") if field.kind == "figure" and isinstance(kept, str) else kept


def put(content: Content, field: Field, kept: object) -> None:
    """Keep the value; what holds it is made where it is missing, but never an initiative."""
    *way, last = field.path
    found: Any = content  # what is walked is as deep as the path
    for part in way:
        found = _inside(found, part) if isinstance(found, list) else found.setdefault(part, {})
    found[last] = kept


def is_open(key: str, wanted: Collection[str]) -> bool:
    """Whether the field may be written: each may, unless a supplement of certain fields (`wanted`) was asked for."""
    return not wanted or is_within(key, wanted)


def is_within(key: str, keys: Iterable[str]) -> bool:
    """Whether the field is one of the keys, or part of one."""
    return any(key == one or key.startswith(f"{one}-") for one in keys)


def pointable(definition: ProgrammeFile, year: int, content: Content) -> list[tuple[str, dict[str, str]]]:
    """[(step's title, {key: words})] of every key that can be pointed at, whole initiatives too, in order."""
    found = []
    for step in steps(definition, year, content):
        words: dict[str, str] = {}
        if step.section.form == "initiatives":
            key = ALL_INITIATIVES if step.number is None else f"{ALL_INITIATIVES}-{step.number}"
            words[key] = "Lägga till och ta bort insatser" if step.number is None else "Hela insatsen"
        if step.section.form == "attachments":
            words["attachments"] = step.title
        words |= {field.key: field.label if step.number else field.name for field in step.fields}
        if words:
            found.append((step.title, words))
    return found


def labels(definition: ProgrammeFile, year: int, content: Content) -> dict[str, str]:
    """{key: words that say where it is} of every key that can be pointed at."""
    names = {field.key: field.name for field in catalogue(definition, year, content)}
    return {
        key: names.get(key, title if label == title else f"{title}: {label[:1].lower()}{label[1:]}")
        for title, words in pointable(definition, year, content)
        for key, label in words.items()
    }


def _steps(section: ReportSection, definition: ProgrammeFile, year: int, content: Content) -> Iterator[Step]:
    title = section.title
    match section.form:
        case "initiatives":
            yield Step(section.letter, title, section)
            for at, row in enumerate(content.get("initiatives", ()), start=1):
                yield _initiative(section, definition, at, row)
        case "results":
            yield Step(section.letter, title, section, tuple(_results(section, definition, year)))
        case "account":
            yield Step(section.letter, title, section, tuple(_account(section, definition)))
        case "cooperation":
            yield Step(section.letter, title, section, (*_cooperation(section, definition), *_texts(section)))
        case _:
            yield Step(section.letter, title, section, tuple(_texts(section)))


def _texts(section: ReportSection) -> Iterator[Field]:
    for name, label, required in text_fields(section):
        yield _written(name, label, section.letter, ("texts", name), name=name, required=required)


def _written(
    key: str,
    label: str,
    step: str,
    path: tuple[str | int, ...],
    *,
    name: str,
    group: str = "",
    required: bool = False,
) -> Field:
    if name in FIGURES:
        return Field(key, label, step, "figure", path, most=FIGURES[name], group=group, required=required)
    return Field(key, label, step, "line" if name in SHORT else "text", path, group=group, required=required)


def _initiative(section: ReportSection, definition: ProgrammeFile, at: int, row: InitiativeContent) -> Step:
    number = row["id"]
    step, group = f"{section.letter}-{number}", f"Insats {at}"
    key, path = f"{ALL_INITIATIVES}-{number}", ("initiatives", number)
    goals = tuple((goal.code, goal.name) for goal in definition.sub_goals)

    def written(name: str, label: str, *, required: bool = False) -> Field:
        return _written(
            f"{key}-{name}", label, step, (*path, name), name=name, group=group, required=required
        )

    made = [written("title", "Rubrik", required=True)]
    if goals:
        main = Field(
            f"{key}-sub_goal",
            "Huvudsakligt delmål",
            step,
            "choice",
            (*path, "sub_goal"),
            group=group,
            required=True,
            choices=goals,
        )
        others = Field(
            f"{key}-other_goals",
            "Andra delmål",
            step,
            "several",
            (*path, "other_goals"),
            group=group,
            choices=goals,
        )
        made += [main, others]
    made += [written(name, label) for name, label in INITIATIVE_TEXTS.items()]
    label = "Gott exempel att lyfta fram"
    made.append(Field(f"{key}-good_example", label, step, "yes", (*path, "good_example"), group=group))
    title = f"{group}: {row.get('title') or UNTITLED}"
    return Step(step, title, section, tuple(made), number)


def _results(section: ReportSection, definition: ProgrammeFile, year: int) -> Iterator[Field]:
    for goal in definition.sub_goals:
        key, path = f"result_{goal.code}", ("results", goal.code)
        choices = tuple(MOVEMENTS.items())
        yield Field(
            f"{key}_movement",
            "Förflyttning",
            section.letter,
            "choice",
            (*path, "movement"),
            choices=choices,
            group=goal.name,
        )
        yield Field(f"{key}_text", "Motivering", section.letter, "text", (*path, "text"), group=goal.name)
    for row in indicators(definition, year):
        yield Field(
            f"indicator_{row.code}",
            f"{row.code} {row.name}, {row.unit}",
            section.letter,
            "figure",
            ("indicators", row.code),
            most=100 if row.unit == "procent" else LARGEST,
            about=row.definition,
        )


def _cooperation(section: ReportSection, definition: ProgrammeFile) -> Iterator[Field]:
    choices = tuple(EXTENTS.items())
    for row in definition.cooperation_parties:
        key, path, step = f"cooperation_{row.code}", ("cooperation", row.code), section.letter
        yield Field(
            f"{key}_extent", "Omfattning", step, "choice", (*path, "extent"), row.name, choices=choices
        )
        yield Field(f"{key}_about", "Om vad", step, "line", (*path, "about"), row.name)


def _account(section: ReportSection, definition: ProgrammeFile) -> Iterator[Field]:
    for line in definition.cost_lines:
        for funder, label in FUNDERS.items():
            path = ("account", line.code, funder)
            yield Field(
                f"account_{line.code}_{funder}", label, section.letter, "money", path, group=line.name
            )
