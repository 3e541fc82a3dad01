"""What the trail tells of compilations."""

from dataclasses import dataclass

from records.happened import Happened


@dataclass(frozen=True, kw_only=True)
class CompilationAcknowledged(Happened):
    verb = "compilation.acknowledged"

    sha256: str


@dataclass(frozen=True, kw_only=True)
class CompilationBegun(Happened):
    verb = "compilation.begun"

    reason: str


@dataclass(frozen=True, kw_only=True)
class CompilationDelivered(Happened):
    verb = "compilation.delivered"

    recipient: str
    case_number: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class CompilationEstablished(Happened):
    verb = "compilation.established"

    sha256: str


@dataclass(frozen=True, kw_only=True)
class CompilationExamplesPicked(Happened):
    verb = "compilation.examples_picked"

    count: int


@dataclass(frozen=True, kw_only=True)
class CompilationFrozen(Happened):
    verb = "compilation.frozen"

    sha256: str


@dataclass(frozen=True, kw_only=True)
class CompilationRenderingRequested(Happened):
    verb = "compilation.rendering_requested"

    purpose: str


@dataclass(frozen=True, kw_only=True)
class CompilationThawed(Happened):
    verb = "compilation.thawed"

    reason: str


@dataclass(frozen=True, kw_only=True)
class CompilationWritten(Happened):
    verb = "compilation.written"

    chapter: str
    characters: int
