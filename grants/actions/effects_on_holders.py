"""A decision gives a place without a holder to an actor, and its cancelled amounts with it."""

from actors.actions import audit
from digikoord.lib import locks
from digikoord.lib.constraints import save
from digikoord.lib.verdict import ALLOWED, refused

from ..lifecycle import requisition
from ..lifecycle.assignment import Status as AssignmentStatus
from ..lifecycle.tranche import Status
from ..models import Assignment, Instrument, Tranche
from ..models.amendment import Kind
from . import tranches
from .effects import Effect

BEFORE_THE_HOLDER = (AssignmentStatus.TRANSFERRED, AssignmentStatus.REVOKED, AssignmentStatus.CONCLUDED)


def holders(decision):
    """The assignments and offers that the decision's changes give, not saved yet."""
    rows = decision.amendments.filter(kind=Kind.OFFER).select_related("place__programme", "actor")
    return [
        Assignment(
            place=row.place,
            holder=row.actor,
            decision=decision,
            instrument=Instrument.ASSIGNMENT if row.is_assignment else Instrument.OFFER,
            starts=row.starts,
            ends=row.ends,
            answer_due=None if row.is_assignment else decision.answer_due,
        )
        for row in rows
    ]


def left_over(place, starts):
    """The place's cancelled amounts of the years from the day on, of which nothing was requisitioned."""
    rows = Tranche.objects.filter(place=place, status=Status.CANCELLED, year__costs_to__gte=starts)
    return rows.exclude(requisitions__status__in=requisition.STANDING).select_related("year__programme")


@locks.part_of_act
def take_over(assignment, *, by):
    """Amounts cancelled for an earlier holder follow the place to the new one."""
    for row in left_over(assignment.place, assignment.starts).exclude(assignment=assignment):
        tranche = Tranche.objects.locked(row)
        tranche.assignment = assignment
        save(tranche)
        audit.record("tranche.moved", tranche, by=by, on=assignment.starts, holder=assignment.holder)
        tranches.restore(tranche, by=by)


def hindrance(row):
    live = row.place.assignments.live().select_related("holder").first()
    if live:
        return refused(f"{row.place} har redan en innehavare: {live.holder}.")
    held = row.place.assignments.filter(status__in=BEFORE_THE_HOLDER, ends__gte=row.starts)
    other = held.select_related("holder").first()
    if other:
        return refused(f"{other.holder} höll platsen till och med {other.ends}. Välj en senare dag.")
    return ALLOWED


def on_holder(row):
    form = "Uppdraget gäller genast." if row.is_assignment else "Får ett erbjudande att svara på."
    yield Effect("Innehavare", str(row.place), None, str(row.actor), form, possible=hindrance(row))
    for tranche in left_over(row.place, row.starts).order_by("year__year"):
        yield Effect(
            f"Årsbelopp {tranche.year}",
            str(row.place),
            "Inställt",
            "Återställt",
            f"Följer platsen till {row.actor}.",
        )
