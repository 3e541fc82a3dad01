"""A place goes over to a successor, and back: what follows it, what stays, and what is only begun to be written."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import cast

from django.db.models import Q

from actors.models import Actor, Succession
from digikoord.lib import clock, lifecycle
from digikoord.lib.verdict import Verdict
from programmes.programme_file import COORDINATOR

from ..lifecycle.tranche import Status as Money
from ..models import Assignment, Coordinator, Tranche
from . import coordinators, effects_on_endings, requisition_drafts, tranche_changes
from .effects import Effect

FOLLOWS = "Årsbeloppet har följt platsen till efterträdaren."
RETURNS = "Övergången har ångrats, och årsbeloppet har följt platsen tillbaka."


@dataclass(frozen=True)
class Plan:
    """What registering one succession does; `possible` says why it cannot be done now."""

    succession: Succession
    assignment: Assignment | None
    moving: tuple[Tranche, ...]
    staying: tuple[Tranche, ...]
    possible: Verdict

    @property
    def effects(self) -> list[Effect]:
        return list(_transferring(self)) if self.possible else []


def transferred(row: Assignment, *, on: datetime.date) -> None:
    lifecycle.advance(row, "transfer")
    row.ends = on - datetime.timedelta(days=1)


def _transferring(plan: Plan) -> Iterator[Effect]:
    succession, assignment = plan.succession, cast("Assignment", plan.assignment)
    make = partial(transferred, on=succession.effective_on)
    last_day = succession.effective_on - datetime.timedelta(days=1)
    yield effects_on_endings.of_assignment(
        assignment, make, "Går över till efterträdaren.", ends=("appoint",)
    )
    yield from effects_on_endings.of_coordinators(assignment, last_day)
    yield Effect(
        "Erbjudande",
        str(assignment.place),
        None,
        str(succession.successor),
        "Får ett erbjudande att svara på.",
    )
    for row in plan.moving:
        sentence = f"Följer platsen till {succession.successor}."
        yield _moved(row, succession.successor, sentence, ends=("prepare", "requisition"))
        yield from requisition_drafts.effects(row, FOLLOWS)


def _moved(
    row: Tranche, holder: Actor, sentence: str, *, ends: tuple[str, ...] = (), owes: tuple[str, ...] = ()
) -> Effect:
    who, key = f"{row.place}", row.subject().key
    before = str(row.holder)
    return Effect(
        f"Årsbelopp {row.year}",
        who,
        before,
        str(holder),
        sentence,
        key=key,
        sets=tranche_changes.TO_ANOTHER,
        ends=ends,
        owes=owes,
    )


def undoing(new: Assignment) -> Iterator[Effect]:
    """The successor's offer is taken back, and the place with its amounts given back to the predecessor."""
    old = cast("Assignment", new.succeeds)
    make = partial(lifecycle.advance, name="annul")
    yield effects_on_endings.of_assignment(new, make, "Återkallas.", ends=("answer",))
    back = list(coordinators.given_back(old))
    owes = ("appoint",) if _lacks_a_coordinator(old, back) else ()
    yield effects_on_endings.of_assignment(
        old, partial(resumed, ends=new.ends), "Håller platsen igen.", owes=owes
    )
    for one, ends in back:
        word = (old.keeps_function or COORDINATOR).one.capitalize()
        yield Effect(word, one.name, one.ends, ends, "Fortsätter.", "date", key=one.subject().key)
    amounts = effects_on_endings.amounts(new, old)
    for row in [one for one in amounts if one.assignment_id == new.pk]:
        yield _moved(row, old.holder, f"Följer platsen tillbaka till {old.holder}.", owes=_owed(row))
        yield from requisition_drafts.effects(row, RETURNS)
    for row in [one for one in amounts if one.assignment_id == old.pk]:
        if owed := _owed(row):
            now = tranche_changes.told(row)
            yield Effect(
                f"Årsbelopp {row.year}",
                str(row.place),
                now,
                now,
                "Står kvar.",
                key=row.subject().key,
                owes=owed,
            )


def resumed(row: Assignment, *, ends: datetime.date | None) -> None:
    lifecycle.advance(row, "undo_transfer")
    row.ends = ends


def _lacks_a_coordinator(old: Assignment, back: Sequence[tuple[Coordinator, datetime.date | None]]) -> bool:
    """Whether nobody keeps the function today when the appointments that ended with the transfer are given back."""
    today = clock.today()
    served = any(row.starts <= today and (ends is None or ends >= today) for row, ends in back)
    others = old.coordinators.exclude(pk__in=[row.pk for row, _ends in back])
    days = Q(starts__lte=today) & (Q(ends__isnull=True) | Q(ends__gte=today))
    return bool(old.keeps_function) and not served and not others.filter(days).exists()


def _owed(row: Tranche) -> tuple[str, ...]:
    """What is owed about the amount when its holder is in force."""
    if row.status == Money.OPEN:
        return ("prepare",)
    return ("requisition",) if row.status == Money.GRANTED and not tranche_changes.is_claimed(row) else ()
