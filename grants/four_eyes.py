"""Which steps of one payment are never the same person's. The one table: permissions, previews and duties ask it, and
PostgreSQL holds the same (migration two_sides; a test compares every pair).

A payment has two sides, over all its attempts. Whoever has taken a step on one side takes none on the other:

    förberedande    skickat in rekvisitionen (eller registrerat den från papper) · angett kontot · attesterat beloppet ·
                    förberett utbetalningen · rättat den
    utanordnande    kontrollerat kontot · utanordnat betalningen

And whoever has released any attempt says nothing of what the bank did: hands in no answer to a list with the payment,
and confirms, fails or brings nothing back by hand.
"""

from collections.abc import Iterable

from django.db.models import TextChoices


class Side(TextChoices):
    PREPARING = "preparing", "förberedande"
    RELEASING = "releasing", "utanordnande"


class Step(TextChoices):
    """What a person can have done to a payment; the label ends "Du har själv …"."""

    SUBMITTED = "submitted", "skickat in rekvisitionen"
    ENTERED = "entered_account", "angett kontot"
    APPROVED = "approved", "attesterat beloppet"
    PREPARED = "prepared", "förberett utbetalningen"
    CORRECTED = "corrected", "rättat utbetalningen"
    VERIFIED = "verified_account", "kontrollerat kontot"
    RELEASED = "released", "utanordnat betalningen"


TOLD = "told"  # to say what the bank did: no step of a side, and never the releaser's

PREPARING: tuple[str, ...] = (Step.SUBMITTED, Step.ENTERED, Step.APPROVED, Step.PREPARED, Step.CORRECTED)
RELEASING: tuple[str, ...] = (Step.VERIFIED, Step.RELEASED)
SIDES: dict[str, Side] = dict.fromkeys(PREPARING, Side.PREPARING) | dict.fromkeys(RELEASING, Side.RELEASING)
# On one side, and yet by two people: a person's own requisition is approved by another
ON_ONE_SIDE: set[str] = {Step.SUBMITTED, Step.APPROVED}

# How the step is spoken of to whoever may not take it: "En annan person ska …"
TO_TAKE = {
    Step.SUBMITTED: "skicka in rekvisitionen",
    Step.ENTERED: "ange det nya kontot",
    Step.APPROVED: "attestera det",
    Step.PREPARED: "förbereda utbetalningen",
    Step.CORRECTED: "rätta utbetalningen",
    Step.VERIFIED: "kontrollera kontot",
    Step.RELEASED: "utanordna det",
    TOLD: "lämna in bankens besked",
}


def apart(one: str, other: str) -> bool:
    """Whether the two steps are never the same person's."""
    if TOLD in (one, other):
        return Step.RELEASED in (one, other)
    return SIDES[one] != SIDES[other] or {one, other} == ON_ONE_SIDE


def bar(step: str, taken: Iterable[str]) -> str:
    """The step among those a person has taken that bars them from `step`; an empty string where none does."""
    return next((one for one in Step if one in taken and apart(one, step)), "")


def sentence(taken: str, step: str) -> str:
    """Why the person who has taken the one step may not take the other."""
    return f"Du har själv {Step(taken).label}. En annan person ska {TO_TAKE[step]}."
