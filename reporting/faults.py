"""What hinders a report from being submitted, and what somebody should look at once more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from digikoord.lib.money import ZERO, amount, kr

from . import fields
from .content import account_total, indicators, number

if TYPE_CHECKING:
    from programmes.programme_file.shape import Indicator, ProgrammeFile

    from .content import Content
    from .fields import Field, Step


@dataclass(frozen=True)
class Fault:
    """`field` is the field's key, and `step` the slug of the page it is written on."""

    field: str
    step: str
    sentence: str


def faults_in(content: Content, definition: ProgrammeFile, year: int, paid: Decimal) -> list[Fault]:
    """Everything that hinders submission, in the order of the form. `paid` is kronor."""
    found = []
    for step in fields.steps(definition, year, content):
        found += [fault for field in step.fields if (fault := _fault(content, field))]
        if step.section.form == "account":
            found += _overspent(content, step, paid)
    return found


def _fault(content: Content, field: Field) -> Fault | None:
    told = fields.value(content, field)
    sentence = _sentence(field, told) if str(told).strip() else _missing(field)
    return Fault(field.key, field.step.lower(), sentence) if sentence else None


def _missing(field: Field) -> str:
    if not field.required:
        return ""
    return f"Välj ”{field.name}”." if field.kind == "choice" else f"Fyll i ”{field.name}”."


def _sentence(field: Field, told: object) -> str:
    if field.is_number:
        figure = number(told)
        if figure is None or not 0 <= figure <= field.most:
            return f"{field.name}: ange ett tal mellan 0 och {amount(field.most)}."
    if field.kind == "choice" and told not in dict(field.choices):
        return f"{field.name}: välj ett av alternativen."
    return ""


def _overspent(content: Content, step: Step, paid: Decimal) -> list[Fault]:
    used = account_total(content, "grant")
    if used <= paid:
        return []
    sentence = f"Kostnaderna mot bidraget är {kr(used)}, men {kr(paid)} har betalats ut."
    return [Fault(step.fields[0].key, step.slug, sentence)]


def doubts_in(content: Content, definition: ProgrammeFile, year: int) -> list[str]:
    """Sentences about figures that do not go together; they hinder nothing."""
    told = content.get("indicators", {})
    by_unit: dict[str, list[tuple[Indicator, Decimal | None]]] = {}
    for row in indicators(definition, year):
        by_unit.setdefault(row.unit, []).append((row, number(told.get(row.code, ""))))
    full_time = number(content.get("texts", {}).get("function_fte", ""))
    raised = [number(row.get("external_money", "")) for row in content.get("initiatives", ())]
    known = [amount for amount in raised if amount is not None]
    doubts = [_differs(by_unit.get("årsarbetskrafter", ()), full_time, "avsnittet om funktionen")]
    if known:
        doubts.append(_differs(by_unit.get("kr", ()), sum(known, start=ZERO), "insatserna sammanlagt"))
    return [sentence for sentence in doubts if sentence]


def _differs(rows: Sequence[tuple[Indicator, Decimal | None]], told: Decimal | None, where: str) -> str:
    """The one indicator of its unit against what is told elsewhere; a few of one unit say different things."""
    if len(rows) != 1 or told is None:
        return ""
    row, value = rows[0]
    if value is None or value == told:
        return ""
    return f"{row.code} {row.name} är {_plain(value)}, men {where} säger {_plain(told)}."


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}".replace(".", ",")
