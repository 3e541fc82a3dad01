"""What a person owes, and what others owe."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, cast

from actors.roles import Role
from digikoord.lib import clock
from duties.models import Obligation

if TYPE_CHECKING:
    from actors.models import User


@dataclass(frozen=True)
class Task:
    """One line of "Att göra": a duty (then `duty` is its id), or several alike that are done on one page."""

    label: str
    url: str
    act_by: date | None
    due: date | None
    who: str
    count: int
    duty: int | None = None

    @property
    def days_left(self) -> int | None:
        return (self.act_by - clock.today()).days if self.act_by else None

    @property
    def overdue(self) -> bool:
        return self.act_by is not None and self.act_by < clock.today()

    @property
    def title(self) -> str:
        return f"{self.label} ({self.count})" if self.count > 1 else self.label


@dataclass(frozen=True)
class Todo:
    """Mine to do; my party's, for another role; and what waits for others."""

    mine: tuple[Task, ...]
    party: tuple[Task, ...]
    others: tuple[Task, ...]


def todo(user: User, programmes: Collection[str] = (), only: str = "") -> Todo:
    """The person's tasks. `programmes` are codes whose every duty the person may read; `only` is one programme's."""
    open_ = Obligation.objects.open().filter(**({"programme": only} if only else {}))
    duties = list(open_.filter(debtor__in=list(user.acting_for)).select_related("debtor", "given_to"))
    mine = [row for row in duties if row.is_for(user)]
    party = [row for row in duties if not row.is_for(user)]
    others = (
        open_.filter(programme__in=programmes)
        .exclude(debtor__in=list(user.acting_for))
        .select_related("debtor")
    )
    return Todo(
        tuple(_grouped(mine, _place)),
        tuple(_grouped(party, lambda rows: _role(rows, user))),
        tuple(_grouped(others, _debtor, lambda row: (row.label, row.act_by))),
    )


def count_mine(user: User) -> int:
    """How many lines "Att göra" has, for the navigation."""
    duties = Obligation.objects.open().filter(debtor__in=list(user.acting_for))
    return len({_one_page(row) for row in duties if row.is_for(user)})


def _one_page(duty: Obligation) -> tuple[str, str]:
    """Duties with the same words on the same page are one line."""
    return duty.label, duty.url


def _grouped(
    duties: Iterable[Obligation],
    who: Callable[[list[Obligation]], str],
    alike: Callable[[Obligation], Hashable] = _one_page,
) -> Iterator[Task]:
    """One task for the duties that are alike: done on the same page. Nearest day first."""
    groups: dict[Hashable, list[Obligation]] = {}
    for row in duties:
        groups.setdefault(alike(row), []).append(row)
    for rows in groups.values():
        first = rows[0]
        yield Task(
            first.label,
            first.url,
            first.act_by,
            first.due,
            who(rows),
            len(rows),
            first.pk if len(rows) == 1 else None,
        )


def _place(rows: Sequence[Obligation]) -> str:
    return rows[0].place_label if len(rows) == 1 else ""


def _role(rows: Sequence[Obligation], user: User) -> str:
    given = {row.given_to for row in rows}
    if len(given) == 1 and None not in given:
        return f"{cast('User', given.pop()).name}, {rows[0].debtor}"
    other = ", en annan än du" if all(row.barred_id == user.pk for row in rows) else ""
    return f"{Role(rows[0].role).label}{other}, {rows[0].debtor}"


def _debtor(rows: Sequence[Obligation]) -> str:
    debtors = sorted({str(row.debtor) for row in rows})
    return debtors[0] if len(debtors) == 1 else f"{len(debtors)} parter"
