"""What hinders a report from being submitted: what is missing, and what cannot be."""

from dataclasses import dataclass

from digikoord.lib.money import kr

from .content import FUNDERS, account_total, number, sections, text_fields


@dataclass(frozen=True)
class Fault:
    """`field` is the name of the form's field."""

    field: str
    sentence: str


def faults_in(content, definition, year, paid):
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
