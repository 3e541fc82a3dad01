"""A requisition that came in on paper: registered by an official, approved by another person."""

import datetime
from decimal import Decimal
from typing import cast

from django.db import transaction

from actors.models import User
from digikoord.lib import clock, lifecycle
from digikoord.lib.constraints import save
from digikoord.lib.papers import Paper
from digikoord.lib.verdict import Refused
from duties.actions import obligations
from duties.actions.obligations import owe
from duties.selectors.extended import last_day
from records.actions import audit, papers

from .. import permissions
from ..events.requisition import RequisitionRegistered
from ..models import Requisition, Tranche
from . import missing_people, registered, requisitions


@transaction.atomic
def register(
    tranche: Tranche,
    *,
    by: User,
    amount: Decimal,
    received_on: datetime.date,
    signed_by: str,
    paper: Paper,
    reference: str = "",
) -> Requisition:
    """Received as of `received_on`; late if that day was. `signed_by` is the name on the paper, `paper` its scan."""
    tranche = Tranche.objects.locked(tranche)
    permissions.can_register_requisition(by, tranche).require()
    requisitions.is_open(tranche).require()
    _require_received(tranche, received_on)
    row = Requisition(tranche=tranche, amount=amount, reference=reference, written_by=by)
    row.written_for = tranche.holder
    requisitions.require_room(row)
    save(row)
    lifecycle.advance(row, "submit")
    row.submitted_by, row.submitted_on = by, received_on
    row.received_late = received_on > last_day("requisition", tranche, tranche.year.to_requisition).day
    save(row)
    told = RequisitionRegistered(
        amount=amount, late=row.received_late, received_on=received_on, signed_by=signed_by
    )
    audit.record(told, row, by=by)
    obligations.close("requisition", tranche)
    owe("approve_requisition", row)
    requisitions.drop_drafts_without_room(row)
    missing_people.look(row)
    registered.of_requisition(row, by=by, document=papers.keep(paper, by=by))
    return row


def _require_received(tranche: Tranche, day: datetime.date) -> None:
    if day > clock.today():
        raise Refused("Dagen då rekvisitionen kom in kan inte ligga i framtiden.")
    if day < cast("datetime.date", tranche.granted_on):
        raise Refused(
            f"Beloppet beviljades {tranche.granted_on}. Rekvisitionen kan inte ha kommit in före det."
        )
