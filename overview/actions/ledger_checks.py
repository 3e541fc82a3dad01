"""The nightly check of the books: what was compared is kept, and any difference sounds the alarm."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, cast

from django.db import transaction

from actors.roles import Role
from digikoord.lib.verdict import ALLOWED, Verdict, refused
from duties.actions import notices
from programmes.models import Programme

from ..models import LedgerCheck
from ..selectors import proof

if TYPE_CHECKING:
    from actors.models import Actor, User

    from ..selectors.proof_difference import Difference


@transaction.atomic
def check(programme: Programme) -> LedgerCheck:
    """Check the programme's books and keep the run; tell those who must act of any difference."""
    found = proof.prove(programme, last=programme.ledger_checks.last_balanced())
    row = LedgerCheck.objects.create(
        programme=programme,
        compared=found.compared,
        differences=[difference.as_json() for difference in found.differences],
        trail_to=found.trail.to,
        trail_count=found.trail.count,
        trail_sha256=found.trail.sha256,
    )
    if found.differences:
        _alarm(row, found.differences)
    return row


def balance(programme: Programme) -> Verdict:
    """Whether the books balance now, asked by whoever is about to send money. Nothing is kept of it.

    The block is undone, which lets go of the lock on the trail: whoever asks goes on to lock rows, and those who wait
    for the trail may hold them.
    """
    with transaction.atomic():
        found = proof.prove(programme, last=programme.ledger_checks.last_balanced()).differences
        transaction.set_rollback(True)
    if not found:
        return ALLOWED
    more = f" ({len(found)} avvikelser)" if len(found) > 1 else ""
    return refused(
        f"Böckerna för {programme.short_name} stämmer inte{more}: {found[0]} "
        "Ingen betalningsfil skapas förrän avvikelsen är utredd, på sidan Ekonomi."
    )


def check_all() -> int:
    """Check every programme. Returns the number of differences."""
    programmes = Programme.objects.select_related("ministry", "disburser", "secretariat").order_by("pk")
    return sum(len(check(programme).differences) for programme in programmes)


def _alarm(row: LedgerCheck, differences: Sequence[Difference]) -> None:
    programme = row.programme
    more = f" ({len(differences)} avvikelser)" if len(differences) > 1 else ""
    text = f"Böckerna för {programme.short_name} stämmer inte{more}. {differences[0]}"
    told: list[User] = []
    for actor, role in _concerned(programme):
        told += notices.tell(actor, role, text=text, url=row.get_absolute_url(), but=told)


def _concerned(programme: Programme) -> Iterator[tuple[Actor, Role]]:
    """(actor, role) of those who pay, decide and audit."""
    yield programme.disburser, Role.PAYER
    yield programme.ministry, Role.DECISION_MAKER
    authorities = cast(
        "set[Actor]", {programme.ministry, programme.disburser, programme.secretariat} - {None}
    )
    for actor in sorted(authorities, key=lambda actor: actor.pk):
        yield actor, Role.AUDITOR
