"""Whether a payment can be finished by the people who hold the roles now, and who is missing where it cannot.

The steps left are taken by the state they stand in: somebody approves or corrects, somebody verifies the account,
somebody releases, and somebody else says what the bank did. grants/four_eyes.py says who may not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias, cast

from actors.models import Actor, User
from actors.roles import Role

from ..four_eyes import TOLD, Step, bar
from ..lifecycle import requisition as requisitions
from ..lifecycle.payment import AT_THE_BANK, CAME_BACK, Status
from ..models import Payment, PaymentAccount, Requisition
from .people_of_payments import OFFICIALS_DO, People

# {person id: the steps taken}
Taken: TypeAlias = Mapping[int, frozenset[str]]

DONE = {
    Step.SUBMITTED: "har skickat in rekvisitionen",
    Step.ENTERED: "har angett kontot",
    Step.APPROVED: "har attesterat",
    Step.PREPARED: "har förberett betalningen",
    Step.CORRECTED: "har rättat betalningen",
    Step.VERIFIED: "har kontrollerat kontot",
    Step.RELEASED: "har utanordnat",
}
TO_DO = {
    Step.APPROVED: "attestera",
    Step.CORRECTED: "rätta betalningen",
    Step.VERIFIED: "kontrollera kontot",
    Step.RELEASED: "utanordna",
    TOLD: "lämna in bankens besked",
}


@dataclass(frozen=True)
class Missing:
    """Nobody may take `step`: the sentence says why each who holds the role may not."""

    step: str
    party: Actor
    role: Role
    sentence: str

    def __str__(self) -> str:
        return self.sentence


def missing(
    row: Payment | Requisition, people: People, *, after: tuple[str, User] | None = None
) -> Missing | None:
    """Whom the payment, or the requisition that is to be one, lacks to be finished; None where nobody is missing.

    `after` is (step, person): as if the person had taken it. What has ended lacks nobody.
    """
    taken: Taken = {person: frozenset(steps) for person, steps in _taken(row).items()}
    steps = _left(row, taken)
    if after:
        step, person = after
        steps, taken = [one for one in steps if one != step], _plus(taken, person, step)
    if steps and steps[0] in OFFICIALS_DO:
        first, *rest = steps
        able = _able(first, row, people, taken)
        if not able:
            return _told(first, row, people=people, taken=taken)
        found = [_lacking(rest, row, people, _plus(taken, person, first)) for person in able]
        return None if None in found else found[0]
    return _lacking(steps, row, people, taken)


def _plus(taken: Taken, person: User, step: str) -> Taken:
    return {**taken, person.pk: taken.get(person.pk, frozenset()) | {step}}


def _taken(row: Payment | Requisition) -> dict[int, set[str]]:
    return row.taken() if isinstance(row, Payment) else row.taken(row.live_account)


def _left(row: Payment | Requisition, taken: Taken) -> list[str]:
    """The steps that remain, in order."""
    account = row.live_account
    checked = account and account.is_verified and not account.stop and not _tainted(account, taken)
    verify = [] if checked else [Step.VERIFIED]
    if not isinstance(row, Payment):
        waits = row.status == requisitions.Status.SUBMITTED
        return [Step.APPROVED, *verify, Step.RELEASED, TOLD] if waits else []
    if row.status in CAME_BACK:
        return [Step.CORRECTED, *verify, Step.RELEASED, TOLD]
    if row.status == Status.PREPARED:
        return [*verify, Step.RELEASED, TOLD]
    return [TOLD] if row.status in (Status.RELEASED, *AT_THE_BANK) else []


def _tainted(account: PaymentAccount, taken: Taken) -> bool:
    """Whoever verified it last stands on the other side of this payment: it must be verified anew."""
    return bool(bar(Step.VERIFIED, taken.get(cast("int", account.vouched_by_id), ())))


def _able(step: str, row: Payment | Requisition, people: People, taken: Taken) -> list[User]:
    """Those who hold the role and may take the step."""
    return [
        person
        for person in people.of(step)
        if not _why_not(person, step, row=row, people=people, taken=taken)
    ]


def _why_not(person: User, step: str, *, row: Payment | Requisition, people: People, taken: Taken) -> str:
    if (person.pk, row.tranche.assignment.holder_id) in people.biased:
        return "får inte handlägga ärendet"
    account = row.live_account
    if step == Step.VERIFIED and account and person.pk == account.vouched_by_id:
        return DONE[Step.VERIFIED]
    barred = bar(step, taken.get(person.pk, ()))
    return DONE[Step(barred)] if barred else ""


def _lacking(
    steps: Sequence[str], row: Payment | Requisition, people: People, taken: Taken
) -> Missing | None:
    """The first of the payers' steps that nobody can take, the releaser being another than who tells."""
    able = {step: _able(step, row, people, taken) for step in steps}
    for step in steps:
        if not able[step]:
            return _told(step, row, people=people, taken=taken)
    if Step.RELEASED in steps and len({*able[Step.RELEASED], *able[TOLD]}) == 1:
        [only] = able[Step.RELEASED]
        return _told(TOLD, row, people=people, taken=_plus(taken, only, Step.RELEASED), would=only)
    return None


def _told(
    step: str, row: Payment | Requisition, *, people: People, taken: Taken, would: User | None = None
) -> Missing:
    party = people.party(step)
    role = Role.OFFICIAL if step in OFFICIALS_DO else Role.PAYER
    because = [
        f"{person.name} {'ska utanordna' if person == would else _why_not(person, step, row=row, people=people, taken=taken)}"
        for person in people.of(step)
    ]
    why = ", ".join(because) if because else "ingen har rollen"
    return Missing(step, party, role, f"Det saknas en {role.label} hos {party} som får {TO_DO[step]}: {why}.")
