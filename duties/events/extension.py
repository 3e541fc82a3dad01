"""What the trail tells of extensions."""

from dataclasses import dataclass
from datetime import date

from records.happened import Happened


@dataclass(frozen=True, kw_only=True)
class ExtensionAsked(Happened):
    verb = "extension.asked"

    before: date | None
    due: date | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class ExtensionGranted(Happened):
    verb = "extension.granted"

    before: date | None
    due: date | None
    wanted: date
    reason: str


@dataclass(frozen=True, kw_only=True)
class ExtensionLapsed(Happened):
    verb = "extension.lapsed"

    wanted: date


@dataclass(frozen=True, kw_only=True)
class ExtensionRefused(Happened):
    verb = "extension.refused"

    before: date | None
    wanted: date
    reason: str


@dataclass(frozen=True, kw_only=True)
class ExtensionWithdrawn(Happened):
    verb = "extension.withdrawn"

    wanted: date
