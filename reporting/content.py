"""What a report holds, as plain data: which fields its sections ask for, its sums and its faults.

Figures are kept as text ("12500.00"); missing is an empty string and never zero.
"""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from digikoord.lib.money import ZERO, kr

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
        ("steering_strategy", "Regional digital strategi", True),
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


@dataclass(frozen=True)
class Fault:
    """`field` is the name of the form's field."""

    field: str
    sentence: str


def blank(definition):
    """An empty report."""
    return {
        "texts": {},
        "initiatives": [],
        "results": {},
        "indicators": {},
        "account": {line.code: dict.fromkeys(FUNDERS, "") for line in definition.cost_lines},
    }


def number(text):
    """The figure, or None where it is missing or no figure."""
    try:
        value = Decimal(str(text).replace(",", ".").replace("\u00a0", "").replace(" ", ""))
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def account_total(content, funder):
    """Kronor reported for one funder, over all cost lines."""
    lines = content.get("account", {}).values()
    return sum((number(line.get(funder)) or ZERO for line in lines), start=ZERO)


def sections(definition, year):
    """The year's report sections, in the order the programme gives them."""
    letters = next(row.sections for row in definition.years if row.year == year)
    return [row for row in definition.report_sections if row.letter in letters]


def indicators(definition, year):
    """The indicators that the year asks for."""
    return [
        row for row in definition.indicators if (row.first_year or year) <= year <= (row.last_year or year)
    ]


def text_fields(section):
    """(field, label, required) of a section; a section of free text has one field of its own."""
    if section.form == "text":
        return ((f"text_{section.letter}", section.title, True),)
    return TEXTS.get(section.form, ())


def faults(content, definition, year, paid):
    """Everything that hinders submission, in the order of the form. `paid` is kronor."""
    found = []
    for section in sections(definition, year):
        found += _text_faults(content, section)
        match section.form:
            case "function":
                found += _fte_faults(content)
            case "initiatives":
                found += _initiative_faults(content, definition)
            case "results":
                found += _indicator_faults(content, definition)
            case "account":
                found += _account_faults(content, definition, paid)
    return found


def _text_faults(content, section):
    texts = content.get("texts", {})
    return [
        Fault(name, f"Fyll i ”{label}”.")
        for name, label, required in text_fields(section)
        if required and not str(texts.get(name, "")).strip()
    ]


def _fte_faults(content):
    text = content.get("texts", {}).get("function_fte")
    if text and not _within(text, 0, 100):
        return [Fault("function_fte", "Årsarbetskrafter är ett tal mellan 0 och 100.")]
    return []


def _within(text, least, most):
    value = number(text)
    return value is not None and least <= value <= most


def _initiative_faults(content, definition):
    goals = {goal.code for goal in definition.sub_goals}
    found = []
    for place, row in enumerate(content.get("initiatives", [])):
        if not row.get("title", "").strip():
            found.append(Fault(f"initiatives-{place}-title", "Ge insatsen en rubrik."))
        if goals and row.get("sub_goal") not in goals:
            found.append(Fault(f"initiatives-{place}-sub_goal", "Välj insatsens delmål."))
    return found


def _indicator_faults(content, definition):
    found = []
    for indicator in definition.indicators:
        text = content.get("indicators", {}).get(indicator.code, "")
        most = 100 if indicator.unit == "procent" else 9_999_999_999
        if text and not _within(text, 0, most):
            found.append(
                Fault(f"indicator_{indicator.code}", f"{indicator.name}: ange ett tal, noll eller mer.")
            )
    return found


def _account_faults(content, definition, paid):
    found = []
    for line in definition.cost_lines:
        for funder in FUNDERS:
            text = content.get("account", {}).get(line.code, {}).get(funder, "")
            if text and (number(text) is None or number(text) < 0):
                found.append(
                    Fault(f"account_{line.code}_{funder}", f"{line.name}: ange kronor, noll eller mer.")
                )
    used = account_total(content, "grant")
    if used > paid:
        found.append(
            Fault(
                f"account_{definition.cost_lines[0].code}_grant",
                f"Kostnaderna mot bidraget är {kr(used)}, men {kr(paid)} har betalats ut.",
            )
        )
    return found
