"""What a report holds, as plain data: which sections it has, its initiatives, and its sums.

Figures are kept as text ("12500.00"); missing is an empty string and never zero. An initiative has an `id` of its own,
never used again in the same report, so that what is said of it still fits when another is removed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol, TypedDict

from digikoord.lib.money import ZERO

if TYPE_CHECKING:
    from programmes.programme_file.shape import Indicator, ProgrammeFile, ReportSection


KEPT = re.compile(r"-?[0-9]+(\.[0-9]+)?")
FUNDERS = {"grant": "Bidraget", "own": "Egna medel", "other": "Andra"}
# What an initiative tells besides its title, sub-goals and whether it is a good example.
INITIATIVE_TEXTS = {
    "target_group": "Målgrupp",
    "kind": "Slag",
    "role": "Koordinatorns roll",
    "partners": "Parter",
    "period": "Period",
    "activity": "Aktivitet",
    "result": "Resultat",
    "effect": "Effekt",
    "participants": "Deltagare, antal",
    "external_money": "Externa medel, kr",
}
EXTENTS = {"none": "Ingen", "some": "Enstaka tillfällen", "regular": "Regelbundet", "constant": "Löpande"}
MOVEMENTS = {"-2": "−2", "-1": "−1", "0": "0", "1": "+1", "2": "+2"}

# A section's form → (field, label, required). Which sections a year asks for is data of the programme.
TEXTS = {
    "function": (
        ("function_start", "Funktionen har funnits från", True),
        ("function_fte", "Årsarbetskrafter", True),
        ("function_placement", "Placering i organisationen", True),
        ("function_vacancies", "Vakanser under året", False),
    ),
    "steering": (
        ("steering_strategy", "Strategi eller agenda", True),
        ("steering_rus", "Koppling till den regionala utvecklingsstrategin", False),
    ),
    "cooperation": (("cooperation", "Samverkan under året", True),),
    "lessons": (
        ("obstacles", "Hinder", True),
        ("lessons", "Lärdomar", True),
        ("plans", "Planer", False),
        ("support", "Behov av stöd", False),
    ),
}


class InitiativeContent(TypedDict, total=False):
    """An initiative as it is kept; the figures among its texts too are text."""

    id: int
    title: str
    sub_goal: str
    other_goals: list[str]
    good_example: bool
    target_group: str
    kind: str
    role: str
    partners: str
    period: str
    activity: str
    result: str
    effect: str
    participants: str
    external_money: str


class Content(TypedDict, total=False):
    """A report as it is kept. What is told of codes stands under them; `secrecy` is {field's key: why}."""

    texts: dict[str, str]
    initiatives: list[InitiativeContent]
    last_id: int
    results: dict[str, dict[str, str]]
    indicators: dict[str, str]
    cooperation: dict[str, dict[str, str]]
    account: dict[str, dict[str, str]]
    attachments: list[int]
    secrecy: dict[str, str]


class AsksIndicators(Protocol):
    """A programme's file, or what a compilation has kept of it."""

    @property
    def indicators(self) -> tuple[Indicator, ...]: ...


def blank(definition: ProgrammeFile) -> Content:
    """An empty report."""
    return {
        "texts": {},
        "initiatives": [],
        "last_id": 0,
        "results": {},
        "indicators": {},
        "account": {line.code: dict.fromkeys(FUNDERS, "") for line in definition.cost_lines},
        "attachments": [],
        "secrecy": {},
    }


def add_initiatives(content: Content, rows: Iterable[InitiativeContent]) -> list[int]:
    """Add the rows, each with an id of its own; the ids."""
    made = []
    for row in rows:
        content["last_id"] = content.get("last_id", 0) + 1
        content["initiatives"].append({**row, "id": content["last_id"]})
        made.append(content["last_id"])
    return made


def remove_initiative(content: Content, number: int) -> None:
    """Take away the initiative with the id; its id is never used again."""
    content["initiatives"] = [row for row in content["initiatives"] if row["id"] != number]


def number(text: object) -> Decimal | None:
    """The figure that is kept, or None where it is missing or no figure: digits and a decimal mark, no exponent."""
    plain = "".join(str(text).split()).replace(",", ".")
    return Decimal(plain) if KEPT.fullmatch(plain) else None


def account_total(content: Content, funder: str) -> Decimal:
    """Kronor reported for one funder, over all cost lines."""
    lines = content.get("account", {}).values()
    return sum((number(line.get(funder)) or ZERO for line in lines), start=ZERO)


def sections(definition: ProgrammeFile, year: int) -> list[ReportSection]:
    """The year's report sections, in the order the programme gives them."""
    letters = next(row.sections for row in definition.years if row.year == year)
    return [row for row in definition.report_sections if row.letter in letters]


def indicators(definition: AsksIndicators, year: int) -> list[Indicator]:
    """The indicators that the year asks for."""
    return [
        row for row in definition.indicators if (row.first_year or year) <= year <= (row.last_year or year)
    ]


def text_fields(section: ReportSection) -> tuple[tuple[str, str, bool], ...]:
    """(field, label, required) of a section; a section of free text has one field of its own."""
    if section.form == "text":
        return ((f"text_{section.letter}", section.title, True),)
    return TEXTS.get(section.form, ())
