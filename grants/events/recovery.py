"""What the trail tells of recoveries."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from actors import steps
from records.happened import Happened

from ..lifecycle.recovery import Status


@dataclass(frozen=True, kw_only=True)
class RecoveryAnswered(Happened):
    verb = "recovery.answered"
    leads_to = Status.ANSWERED

    late: bool


@dataclass(frozen=True, kw_only=True)
class RecoveryDecided(Happened):
    verb = "recovery.decided"
    leads_to = Status.DECIDED

    amount: Decimal
    asked: Decimal
    reason: str


@dataclass(frozen=True, kw_only=True)
class RecoveryOpened(Happened):
    verb = "recovery.opened"
    leads_to = Status.HEARING
    is_of_the_row = True

    amount: Decimal
    reason: str
    legal_basis: str
    due: date | None


@dataclass(frozen=True, kw_only=True)
class RecoverySilenceNoted(Happened):
    verb = "recovery.silence_noted"
    leads_to = Status.SILENT
    as_step = steps.NOTE_SILENCE

    due: date | None


@dataclass(frozen=True, kw_only=True)
class RecoveryWithdrawn(Happened):
    verb = "recovery.withdrawn"
    leads_to = Status.WITHDRAWN

    reason: str
