"""Row locks taken in one order everywhere, so that two acts never wait for each other."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import reduce, wraps
from typing import ParamSpec, Protocol, TypeVar, cast

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.transaction import TransactionManagementError

P = ParamSpec("P")
R = TypeVar("R")
M = TypeVar("M", bound=Model)


class HasLocks(Protocol):
    """A model that names its parents, outermost first."""

    LOCKS: tuple[str, ...]


def in_act() -> bool:
    """Whether a transaction is open here."""
    return connection.in_atomic_block


def part_of_act(step: Callable[P, R]) -> Callable[P, R]:
    """A step of somebody else's act: it demands the transaction that the act has opened.

    PostgreSQL would refuse its locks otherwise, and leave its first write when the second fails; SQLite would say nothing.
    """

    @wraps(step)
    def inside(*arguments: P.args, **named: P.kwargs) -> R:
        _require_act(step.__qualname__)
        return step(*arguments, **named)

    return inside


def _require_act(what: str) -> None:
    if not in_act():
        raise TransactionManagementError(f"{what} is part of an act, and no transaction is open.")


class Locking(QuerySet[M]):
    """Gives a model `objects.locked(row)`; the model names its parents, outermost first, in LOCKS, and in READS what else
    its acts nearly always ask it for."""

    def locked(self, row: M) -> M:
        """Lock the row's parents and the row, and return the row as it is now.

        On SQLite the transaction itself is the lock (transaction_mode IMMEDIATE).
        """
        _require_act(f"{self.model.__name__}.objects.locked")
        paths = cast(HasLocks, self.model).LOCKS
        for path in paths:
            parent = reduce(getattr, path.split("__"), row)
            type(parent)._base_manager.select_for_update().get(pk=parent.pk)
        along = (*paths, *getattr(self.model, "READS", ()))
        return self.select_related(*along).select_for_update(of=("self",)).get(pk=row.pk)

    def locked_all(self, rows: Iterable[M]) -> list[M]:
        """The rows locked and fresh, in key order whatever order they came in."""
        return [self.locked(row) for row in sorted(rows, key=lambda row: row.pk)]


def in_turn(what: int, key: int) -> None:
    """Wait until no other transaction is here with the same two numbers; leave with the transaction.

    For a sequence without gaps. It is the innermost lock: whoever holds it takes no row lock after it
    but in a later row of the same act. On SQLite the transaction itself is the lock.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [what, key])


@contextmanager
def alone(what: int) -> Iterator[bool]:
    """Whether nobody else is here; held until left, across transactions, and let go of by a process that dies.

    On SQLite, whose writers wait for each other, everybody is let in: the rows are unique.
    """
    if connection.vendor != "postgresql":
        yield True
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [what])
        (got,) = cursor.fetchone()
    try:
        yield got
    finally:
        if got:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [what])
