"""A programme as a file: read it, check all of it, hand it on as frozen dataclasses. Knows no model and no database."""

from .faults import Fault, Faults
from .reader import read
from .shape import (
    COORDINATOR,
    Actor,
    BudgetRule,
    Ceilings,
    CostLine,
    County,
    Decision,
    Holder,
    Indicator,
    Ladder,
    Place,
    Programme,
    ProgrammeFile,
    ReportSection,
    SubGoal,
    Year,
)

__all__ = [
    "COORDINATOR",
    "Actor",
    "BudgetRule",
    "Ceilings",
    "CostLine",
    "County",
    "Decision",
    "Fault",
    "Faults",
    "Holder",
    "Indicator",
    "Ladder",
    "Place",
    "Programme",
    "ProgrammeFile",
    "ReportSection",
    "SubGoal",
    "Year",
    "read",
]
