"""Drafts of requisitions: the actor's own until they are submitted, and never in anybody's way."""

from typing import cast

from actors.models import User
from digikoord.lib import lifecycle, locks
from digikoord.lib.constraints import save
from duties.actions import notices, obligations
from records.actions import audit

from ..lifecycle.requisition import Status
from ..models import Requisition, Tranche
from .effects import Effect

KEPT = "Utkastet och det som är ifyllt finns kvar att läsa."


def drafts_of(tranche: Tranche) -> list[Requisition]:
    return [row for row in tranche.requisitions.all() if row.status == Status.DRAFT]


def fallen(row: Requisition) -> None:
    lifecycle.advance(row, "fall_away")


def effects(tranche: Tranche, why: str) -> list[Effect]:
    """The tranche's drafts that fall away. They are told to their writers only."""
    return [
        Effect(
            "Utkast till rekvisition",
            f"{tranche.place}, {tranche.holder}",
            Status.DRAFT.label,
            Status.WITHDRAWN.label,
            why,
            key=f"requisition:{row.pk}",
            sets=(("status", Status.WITHDRAWN.value),),
            ends=("submit_requisition",),
            hidden=True,
        )
        for row in drafts_of(tranche)
    ]


@locks.part_of_act
def fall_away(tranche: Tranche, *, why: str, besides: int | None = None) -> None:
    """End the drafts of a locked tranche, all or those `besides` one: what they ask for can no longer be had.

    Nobody withdrew them: it is done by the system, and told to whoever wrote.
    """
    rows = tranche.requisitions.filter(status=Status.DRAFT).exclude(pk=cast("int", besides)).order_by("pk")
    for row in rows.select_for_update(of=("self",)):
        _end(Requisition.objects.locked(row), why)


def _end(row: Requisition, why: str) -> None:
    fallen(row)
    save(row)
    audit.record("requisition.fell_away", row, by=User.objects.system(), amount=row.amount, reason=why)
    obligations.void("submit_requisition", row, why)
    text = f"Ert utkast till rekvisition för {row.year} har fallit bort. {why} {KEPT}"
    notices.tell_people([row.written_by], text=text, url=row.get_absolute_url())
