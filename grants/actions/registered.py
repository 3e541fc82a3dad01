"""What this room's acts register: a decision's letters, a grant's, and what is requisitioned."""

from actors.models import User
from digikoord.lib import locks
from digikoord.lib.money import kr
from records.actions.registrations import register
from records.models import Direction, Document, Registration

from .. import documents
from ..models import GovernmentDecision, Requisition, Tranche


@locks.part_of_act
def of_decision(decision: GovernmentDecision, *, by: User) -> None:
    """What goes out when a decision is dispatched: the decision itself, and each actor's letter."""
    ministry = decision.programme.ministry
    drawn, sent, sent_on = Direction.DRAWN_UP, Direction.OUT, decision.dispatched_on
    register(
        decision,
        by=by,
        direction=drawn,
        party=ministry,
        title=decision.title,
        document=decision.document,
        on=decision.decided_on,
    )
    for row in decision.assignments.select_related("place__programme", "holder", "decision"):
        title = f"{row.get_instrument_display().capitalize()} till {row.holder.legal_name}"
        register(row, by=by, direction=sent, party=row.holder, title=title, url=row.letter_url, on=sent_on)


@locks.part_of_act
def of_grant(tranche: Tranche, *, by: User) -> None:
    """The decision's letter to the recipient: its text now, its pages when somebody opens it."""
    earlier = Registration.objects.filter(key=tranche.subject().key, direction=Direction.OUT).first()
    letter = documents.grant_letter(tranche, earlier)
    register(
        tranche,
        by=by,
        direction=Direction.OUT,
        party=tranche.holder,
        title=f"Beslut om {kr(tranche.amount)} för {tranche.year}",
        body=letter,
        on=tranche.granted_on,
    )


@locks.part_of_act
def of_requisition(row: Requisition, *, by: User, document: Document | None = None) -> None:
    """What came in: the receipt of what was submitted, or the scan of what came on paper."""
    register(
        row,
        by=by,
        direction=Direction.IN,
        party=row.tranche.holder,
        title=f"Rekvisition av {kr(row.amount)} för {row.year}",
        document=document,
        body="" if document else documents.requisition_receipt(row),
        on=row.submitted_on,
    )
