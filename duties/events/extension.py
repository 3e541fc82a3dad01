"""What the trail tells of extensions."""

from dataclasses import dataclass
from datetime import date

from records.happened import Happened

from ..lifecycle.extension import Status


@dataclass(frozen=True, kw_only=True)
class ExtensionAsked(Happened):
    verb = "extension.asked"

    before: date | None
    due: date | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class ExtensionGranted(Happened):
    verb = "extension.granted"
    leads_to = Status.GRANTED

    before: date | None
    due: date | None
    wanted: date
    reason: str


@dataclass(frozen=True, kw_only=True)
class ExtensionLapsed(Happened):
    verb = "extension.lapsed"
    leads_to = Status.LAPSED

    wanted: date


@dataclass(frozen=True, kw_only=True)
class ExtensionRefused(Happened):
    verb = "extension.refused"
    leads_to = Status.REFUSED

    before: date | None
    wanted: date
    reason: str


@dataclass(frozen=True, kw_only=True)
class ExtensionWithdrawn(Happened):
    verb = "extension.withdrawn"
    leads_to = Status.WITHDRAWN

    wanted: date
