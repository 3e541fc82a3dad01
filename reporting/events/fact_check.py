"""What the trail tells of fact checks."""

from dataclasses import dataclass
from datetime import date

from actors import steps
from records.happened import Happened

from ..lifecycle.fact_check import Status


@dataclass(frozen=True, kw_only=True)
class FactCheckAsked(Happened):
    verb = "fact_check.asked"
    as_step = steps.ASK_FACT_CHECK

    due: date | None
    sha256: str


@dataclass(frozen=True, kw_only=True)
class FactCheckConfirmed(Happened):
    verb = "fact_check.confirmed"
    leads_to = Status.CONFIRMED

    late: bool


@dataclass(frozen=True, kw_only=True)
class FactCheckHandled(Happened):
    verb = "fact_check.handled"
    leads_to = Status.HANDLED
    as_step = steps.HANDLE_FACT_CHECK

    handling: str


@dataclass(frozen=True, kw_only=True)
class FactCheckObjected(Happened):
    verb = "fact_check.objected"
    leads_to = Status.OBJECTED

    late: bool
    answer: str


@dataclass(frozen=True, kw_only=True)
class FactCheckWithdrawn(Happened):
    verb = "fact_check.withdrawn"
    leads_to = Status.WITHDRAWN
    as_step = steps.HANDLE_FACT_CHECK

    reason: str
