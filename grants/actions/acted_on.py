"""What of an edited programme file has been acted on, and is not rewritten any more."""

from typing import cast

from django.db import models

from programmes.models import Programme
from programmes.programme_changes import Change

from ..lifecycle.government_decision import Status
from ..models import GovernmentDecision

DECIDED = "Beslutet är expedierat: ändras genom ett nytt beslut, inte i filen."
USED = "Programmet är i gång: det som redan kan ha använts ändras eller utgår inte. Nytt kan läggas till."
# What reports, accounts and pages refer to by code: more may come, nothing may go
REFERRED_TO = ("counties", "sub_goals", "indicators", "report_sections", "cost_lines")
# What decides what a figure or an answer means
MEANINGS = ("unit", "kind", "form")


def acted_on(programme: Programme, change: Change) -> str:
    """Why the change cannot be made any more, or an empty string."""
    dispatched = programme.decisions.filter(status=Status.DISPATCHED)
    if not dispatched.exists():
        return _of_actor(programme, dispatched, change)
    match change.path:
        case ("programme", "ministry" | "disburser" | "secretariat_actor" | "starts" | "first_year", *_) | (
            "budget_rule",
            *_,
        ):
            return DECIDED
        case ("programme", "ends" | "last_year"):
            # A programme may be prolonged by a later decision, whose years come first in the file.
            return DECIDED if cast("int", change.after) < cast("int", change.before) else ""
        case ("decisions", key, *_):
            return DECIDED if dispatched.filter(key=key).exists() else ""
        case ("places", code, *_):
            return DECIDED if dispatched.filter(assignments__place__code=code).exists() else ""
        case ("years", _year, "receiving_department"):
            return ""
        case ("years", year, *_):
            made = programme.years.filter(year=cast("int", year), tranches__isnull=False)
            return DECIDED if made.exists() else ""
        case (part, _code) if part in REFERRED_TO:
            return USED if change.after is None else ""
        case (part, _code, name) if part in REFERRED_TO and name in MEANINGS:
            return USED
    return _of_actor(programme, dispatched, change)


def _of_actor(programme: Programme, dispatched: models.QuerySet[GovernmentDecision], change: Change) -> str:
    match change.path:
        case ("actors", _code, "org_nr"):
            return DECIDED if change.before else ""
        case ("actors", _code, "org_nr_basis" | "valid_from"):
            return ""
        case ("actors", code, *_):
            return DECIDED if dispatched.filter(assignments__holder__code=code).exists() else ""
    return ""
