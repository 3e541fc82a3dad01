"""An established version is handed over to the ministry, registered, and its reception confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict, cast

from django.db import transaction

from digikoord.lib import clock, lifecycle
from digikoord.lib.constraints import save
from digikoord.lib.papers import Paper, Type
from duties.actions import obligations
from records.actions import audit, papers, registrations
from records.models import Direction

from .. import permissions
from ..documents import deliveries
from ..duties import owe
from ..events.compilation import CompilationAcknowledged, CompilationDelivered
from ..models import CompilationVersion

if TYPE_CHECKING:
    from actors.models import Actor, User


class Known(TypedDict):
    """What is registered alike of the compilation and of its letter."""

    direction: Direction
    party: str
    case_number: str
    issuer: Actor


@transaction.atomic
def deliver(
    version: CompilationVersion, *, by: User, letter: str, case_number: str = ""
) -> CompilationVersion:
    """Hand it over to the department that receives that year's compilation, with the cover letter (missiv) as it was
    written: both are registered. The moment, the recipient and the SHA-256 stand in the receipt."""
    version = CompilationVersion.objects.locked(version)
    permissions.can_deliver(by, version).require()
    lifecycle.advance(version, "deliver")
    version.delivered_by, version.delivered_on, version.delivered_at = by, clock.today(), clock.now()
    version.recipient, version.case_number = version.year.receiving_department, case_number
    save(version)
    audit.record(
        CompilationDelivered(recipient=version.recipient, case_number=case_number, sha256=version.sha256),
        version,
        by=by,
    )
    obligations.close("deliver", version.compilation)
    obligations.close("deliver", version)  # as an earlier version of digikoord had it
    owe("acknowledge", version)
    _register(version, by, letter)
    return version


def _register(version: CompilationVersion, by: User, letter: str) -> None:
    """The compilation and its cover letter, as they went out."""
    known: Known = {
        "direction": Direction.OUT,
        "party": version.recipient,
        "case_number": version.case_number,
        "issuer": permissions.compiler(version.programme).party,
    }
    name = f"sammanstallning-{version.year}-version-{version.number}.pdf"
    paper = Paper(name, Type.PDF, bytes(cast("bytes", version.pdf)))
    title = f"Sammanställning {version.year}, version {version.number}"
    registrations.register(version, by=by, title=title, document=papers.keep(paper, by=by), **known)
    body = deliveries.letter(version, letter, by)
    registrations.register(
        version, by=by, title=f"Missiv till {title[0].lower()}{title[1:]}", body=body, **known
    )


@transaction.atomic
def acknowledge(version: CompilationVersion, *, by: User) -> CompilationVersion:
    """The ministry confirms that it has received the compilation."""
    version = CompilationVersion.objects.locked(version)
    permissions.can_acknowledge(by, version).require()
    lifecycle.advance(version, "acknowledge")
    version.acknowledged_by, version.acknowledged_on = by, clock.today()
    save(version)
    audit.record(CompilationAcknowledged(sha256=version.sha256), version, by=by)
    obligations.close("acknowledge", version)
    return version
