"""What the trail tells of compilations."""

from dataclasses import dataclass

from records.happened import Happened

from ..lifecycle.compilation_version import Status


@dataclass(frozen=True, kw_only=True)
class CompilationAcknowledged(Happened):
    verb = "compilation.acknowledged"
    leads_to = Status.ACKNOWLEDGED

    sha256: str


@dataclass(frozen=True, kw_only=True)
class CompilationBegun(Happened):
    verb = "compilation.begun"

    reason: str


@dataclass(frozen=True, kw_only=True)
class CompilationDelivered(Happened):
    verb = "compilation.delivered"
    leads_to = Status.DELIVERED

    recipient: str
    case_number: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class CompilationEstablished(Happened):
    verb = "compilation.established"
    leads_to = Status.ESTABLISHED

    sha256: str


@dataclass(frozen=True, kw_only=True)
class CompilationExamplesPicked(Happened):
    verb = "compilation.examples_picked"

    count: int


@dataclass(frozen=True, kw_only=True)
class CompilationFrozen(Happened):
    verb = "compilation.frozen"
    leads_to = Status.FROZEN

    sha256: str


@dataclass(frozen=True, kw_only=True)
class CompilationRenderingRequested(Happened):
    verb = "compilation.rendering_requested"

    purpose: str


@dataclass(frozen=True, kw_only=True)
class CompilationThawed(Happened):
    verb = "compilation.thawed"
    leads_to = Status.DRAFT

    reason: str


@dataclass(frozen=True, kw_only=True)
class CompilationWritten(Happened):
    verb = "compilation.written"

    chapter: str
    characters: int
