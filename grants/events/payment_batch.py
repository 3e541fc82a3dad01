"""What the trail tells of batchs."""

from dataclasses import dataclass
from decimal import Decimal

from records.happened import Happened


@dataclass(frozen=True, kw_only=True)
class BatchCreated(Happened):
    verb = "batch.created"

    amount: Decimal
    count: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class BatchFileHandedOut(Happened):
    verb = "batch.file_handed_out"

    sha256: str


@dataclass(frozen=True, kw_only=True)
class BatchFileHandedOutAgain(Happened):
    verb = "batch.file_handed_out_again"

    sha256: str
