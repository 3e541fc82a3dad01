"""The rows of previewed mass acts: what can be chosen, and what is left out and why."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol, cast

from django.db.models import prefetch_related_objects

from actors.models import Succession, User
from digikoord.lib import clock
from digikoord.lib.money import kr
from digikoord.lib.verdict import Verdict, refused

from ..lifecycle.tranche import Status
from ..models import Assignment, Payment, Requisition, Tranche
from ..models.budget_decision import not_appropriated, years_awaiting


class Planned(Protocol):
    """What registering one succession would do: the act plans it, above here."""

    @property
    def succession(self) -> Succession: ...

    @property
    def assignment(self) -> Assignment | None: ...

    @property
    def moving(self) -> tuple[Tranche, ...]: ...


# The moves by which money leaves: they wait for the Riksdag.
LEAVING = ("release", "export")


@dataclass(frozen=True)
class Choice:
    """A row of a previewed mass act. `amount` in kronor."""

    key: int
    label: str
    amount: Decimal | None
    note: str = ""


@dataclass(frozen=True)
class Excluded:
    """What a mass act leaves out, and why."""

    label: str
    reason: str


def read_charges(tranches: Iterable[Tranche]) -> None:
    """What ended years' money is charged to, in one question where there is any such year."""
    prefetch_related_objects([row for row in tranches if clock.today().year > row.year.year], "charges")


def split(
    user: User, tranches: Iterable[Tranche], move: str, permission: Callable[[User, Tranche], Verdict]
) -> tuple[list[Tranche], list[Excluded]]:
    """(choosable, excluded) tranches of a mass act, by the same verdicts as the act's own."""
    chosen, left_out = [], []
    tranches = list(tranches)
    read_charges(tranches)
    for row in tranches:
        verdict = permission(user, row) & row.can(move)
        if verdict and not row.assignment.binding:
            left_out.append(Excluded(str(row.place), row.assignment.binding.reason))
        elif verdict:
            chosen.append(row)
        elif row.status not in (Status.SETTLED, Status.CLOSED):
            left_out.append(Excluded(str(row.place), verdict.reason))
    return chosen, left_out


def tranche_choice(row: Tranche) -> Choice:
    amount = row.ceiling if row.amount is None else row.amount
    note = "" if amount == row.ceiling else f"Högsta belopp {kr(row.ceiling)}"
    return Choice(row.pk, f"{row.place} – {row.holder}", amount, note)


def closable(
    user: User, tranches: Iterable[Tranche], permission: Callable[[User, Tranche], Verdict]
) -> tuple[list[Tranche], list[Excluded]]:
    """(choosable, excluded) of a year's granted amounts that were not requisitioned in time."""
    chosen, left_out = [], []
    for row in tranches:
        balance = row.balance
        if row.status != Status.GRANTED or not balance.left:
            continue
        verdict = permission(user, row)
        if not verdict:
            left_out.append(Excluded(str(row.place), verdict.reason))
        elif row.standing > balance.paid:
            left_out.append(
                Excluded(str(row.place), "En rekvisition eller utbetalning är inte färdigbehandlad.")
            )
        else:
            chosen.append(row)
    return chosen, left_out


def close_choice(row: Tranche) -> Choice:
    note = f"Beviljat {kr(row.amount)}, utbetalt {kr(row.balance.paid)}"
    return Choice(row.pk, f"{row.place} – {row.holder}", row.balance.left, note)


def succession_choice(plan: Planned) -> Choice:
    moving = ", ".join(str(row.year) for row in plan.moving) or "inga"
    return Choice(
        plan.succession.pk,
        f"{cast('Assignment', plan.assignment).place}: {plan.succession}",
        sum((row.ceiling for row in plan.moving), start=Decimal(0)),
        f"Från {plan.succession.effective_on}. Årsbelopp som följer platsen: {moving}.",
    )


def requisition_choice(row: Requisition) -> Choice:
    note = "Inkommen för sent" if row.received_late else f"Inkom {row.submitted_on}"
    label = f"{row.tranche.place} – {row.tranche.holder}, {row.tranche.year}"
    return Choice(row.pk, label, row.amount, note)


def payment_choice(row: Payment) -> Choice:
    tranche = row.requisition.tranche
    return Choice(row.pk, f"{tranche.place} – {tranche.holder}, {tranche.year}", row.amount, row.end_to_end)


def split_payments(
    user: User, rows: Iterable[Payment], move: str, permission: Callable[[User, Payment], Verdict]
) -> tuple[list[Payment], list[Excluded]]:
    """(choosable, excluded) payments of a mass act."""
    chosen, left_out = [], []
    rows = [row for row in rows if row.can(move)]
    read_charges([row.tranche for row in rows])
    waiting = years_awaiting({row.year for row in rows}) if move in LEAVING else set()
    for row in rows:
        verdict = permission(user, row)
        if row.year in waiting:
            verdict &= refused(not_appropriated(row.year))
        if verdict:
            chosen.append(row)
        else:
            left_out.append(Excluded(payment_choice(row).label, verdict.reason))
    return chosen, left_out
