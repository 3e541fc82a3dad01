"""What becomes of a year's amount, field by field: said on a page with these, and done with the same."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import cast

from digikoord.lib import clock, lifecycle
from digikoord.lib.money import kr

from ..lifecycle import requisition
from ..lifecycle.assignment import Status as AssignmentStatus
from ..lifecycle.tranche import Status
from ..models import Assignment, Tranche
from ..models.budget_decision import awaits_condition
from . import requisition_drafts
from .effects import Effect, change

# The moves that open a decided amount anew, and how the trail tells them
OPENING = {"send_back": "tranche.sent_back", "reopen": "tranche.reopened"}
# The duties about an amount that is to be decided and requisitioned
OF_AN_OPEN_YEAR = ("prepare", "grant", "requisition")
OF_A_DECIDED_YEAR = ("grant", "requisition")
# Whose it becomes is a row that the act makes, or that made it: it has no key to tell yet
TO_ANOTHER = (("assignment_id", None),)
CLOSED = "Årsbeloppet är stängt."
CUT = "Årsbeloppet har fått ett nytt högsta belopp och bereds på nytt."
UNTOUCHED = "Rekvirerat eller betalt: lämnas orört."
RETURNED = "En rekvisition är inkommen och återsänd, inte avslutad: lämnas orört."


# The changes themselves, of a row in memory


def cancelled(row: Tranche) -> None:
    lifecycle.advance(row, "cancel")


def opened(row: Tranche, move: str) -> None:
    lifecycle.advance(row, move)
    forget(row)


def closed(row: Tranche) -> None:
    lifecycle.advance(row, "close")
    row.closed_on = clock.today()


def settled(row: Tranche) -> None:
    lifecycle.advance(row, "settle")
    row.settled_on = clock.today()


def restored(row: Tranche) -> None:
    lifecycle.advance(row, "restore_conditional" if awaits_condition(row.year) else "restore")
    forget(row)


def with_ceiling(row: Tranche, ceiling: Decimal) -> None:
    move = opening_move(row)
    if move:
        lifecycle.advance(row, move)
    row.ceiling = row.decided_ceiling = ceiling
    forget(row)


def opening_move(row: Tranche) -> str | None:
    """The move that opens the amount anew; None where it is not decided or prepared."""
    return next((move for move in OPENING if lifecycle.can(row, move)), None)


def forget(row: Tranche) -> None:
    """Forget amount and decision; the trail remembers them."""
    row.amount = row.prepared_by = row.prepared_on = None
    row.granted_by = row.granted_on = None


# What of an amount hinders or follows


def is_claimed(row: Tranche) -> bool:
    """Whether something of the amount has been received: asked for, or paid. A draft is not."""
    return any(one.status in requisition.RECEIVED for one in row.requisitions.all())


def is_untouchable(row: Tranche) -> bool:
    """Whether money of the amount is claimed or paid, so that no decision over its head changes it."""
    return is_claimed(row) or row.status in (Status.CLOSED, Status.SETTLED)


def why_untouched(row: Tranche) -> str:
    standing = {one.status for one in row.requisitions.all() if one.status in requisition.RECEIVED}
    return RETURNED if standing == {requisition.Status.RETURNED} else UNTOUCHED


def is_preparable(row: Tranche) -> bool:
    return row.status == Status.OPEN and row.assignment.status == AssignmentStatus.IN_FORCE


def is_last(assignment: Assignment, besides: int | None = None) -> bool:
    """Whether every year of an assignment in force is settled or cancelled, leaving out one that is about to be."""
    left = assignment.tranches.exclude(status__in=(Status.SETTLED, Status.CANCELLED)).exclude(
        pk=cast("int", besides)
    )
    return assignment.status == AssignmentStatus.IN_FORCE and not left.exists()


# The effects


def told(row: Tranche) -> str:
    """ "Beviljat, 500 000 kr": how it stands, and with how much."""
    amount = row.ceiling if row.amount is None else row.amount
    return f"{row.get_status_display()}, {kr(amount)}"


def effect(
    row: Tranche,
    make: Callable[[Tranche], None],
    sentence: str,
    *,
    act: Callable[..., object] | None = None,
    ends: tuple[str, ...] = (),
    owes: tuple[str, ...] = (),
) -> Effect:
    """What `make` does to the amount."""
    after, sets = change(row, make)
    what, who = f"Årsbelopp {row.year}", f"{row.place}, {row.holder}"
    return Effect(
        what,
        who,
        told(row),
        told(after),
        sentence,
        act=act,
        key=row.subject().key,
        sets=sets,
        ends=ends,
        owes=owes,
    )


def left(row: Tranche, sentence: str, *, act: Callable[..., object] | None = None) -> Effect:
    """The amount stays as it is, and why."""
    now = told(row)
    return Effect(f"Årsbelopp {row.year}", f"{row.place}, {row.holder}", now, now, sentence, act=act)


def reopening(row: Tranche) -> Iterator[Effect]:
    """A grant is taken back."""

    def make(one: Tranche) -> None:
        opened(one, "reopen")

    why = "Beviljandet gäller inte längre. Beloppet bereds och beviljas på nytt."
    yield effect(row, make, why, ends=OF_A_DECIDED_YEAR, owes=("prepare",))
    yield from requisition_drafts.effects(row, why)


def closing(row: Tranche) -> Iterator[Effect]:
    """What is not requisitioned is given up; with nothing left to account for, the year is settled at once."""
    even = Tranche.objects.with_money().get(pk=row.pk).balance.is_even

    def make(one: Tranche) -> None:
        closed(one)
        if even:
            settled(one)

    last = even and is_last(row.assignment, besides=row.pk)
    why = (
        "Stängs och slutregleras: inget är utbetalt."
        if even
        else "Stängs. Det som inte rekvirerats betalas inte ut."
    )
    yield effect(row, make, why, ends=("requisition",))
    if last:
        holding = f"{row.place}, {row.holder}"
        key, sentence = row.assignment.subject().key, "Alla år är slutreglerade. Uppdraget kan avslutas."
        yield Effect("Uppdrag", holding, "Pågår", "Att avsluta", sentence, key=key, owes=("conclude",))
    yield from requisition_drafts.effects(row, CLOSED)
