"""What a test's own transaction would lend to code that production runs in autocommit: a lock, a write, an `on_commit`.

Django marks the blocks that a test case opens; ours that span a file are marked alike (`lent`). While no block but those
is open, whatever our code does that needs a transaction fails the test: production would fail there, or leave half of it.
What a test writes with its own hands is its own affair.
"""

import sys
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg2
import pytest
from django.db import connection, transaction

from digikoord.database import roles
from digikoord.rooms import OURS
from tests import databases

ROOT = Path(__file__).resolve().parents[1]
TESTS = str(ROOT / "tests")
OUR_FOLDERS = tuple(f"{ROOT / app}/" for app in OURS)
# Nothing of what these hand on to is theirs: a request or a command passes through, whoever handles it.
PASSING = (
    "digikoord/middleware.py",
    "digikoord/stage.py",
    "digikoord/stage_command.py",
    "lib/clock.py",
    "digikoord/headers.py",
    "digikoord/readable.py",
    "digikoord/logs.py",
)
WRITES = ("INSERT", "UPDATE", "DELETE")
BY_HAND = ("ALTER", "DROP", "TRUNCATE", "SET LOCAL SESSION_REPLICATION_ROLE")


@contextmanager
def lent():
    """A transaction around several tests: what happens inside never happened, and lends nothing to our code."""
    block = transaction.atomic()
    block._from_testcase = True
    with block:
        yield
        transaction.set_rollback(True)


@contextmanager
def refused(monkeypatch):
    """Fail what our code does on the strength of a test's transaction."""
    monkeypatch.setattr(transaction, "on_commit", _on_commit)
    with connection.execute_wrapper(_execute):
        yield


def _execute(execute, sql, params, many, context):
    sql = sql if isinstance(sql, str) else sql.as_string(connection.connection)
    writes = sql.lstrip().upper().startswith((*WRITES, *BY_HAND))
    if not writes and "FOR UPDATE" not in sql:
        return execute(sql, params, many, context)
    where = _ours()
    if where and is_lent():
        pytest.fail(f"{where} has no transaction of its own: {sql[:120]}")
    if where or not databases.is_application():
        return execute(sql, params, many, context)
    return _by_hand(execute, sql, params, many, context)


def _by_hand(execute, sql, params, many, context):
    """What a test does with its own hands is not bounded by the application's rights. A statement that is refused undoes the
    change of role with itself, where it stood in a transaction."""
    with connection.cursor() as cursor:
        cursor.cursor.execute("RESET ROLE")
    try:
        return execute(sql, params, many, context)
    finally:
        with suppress(psycopg2.Error), connection.cursor() as cursor:
            cursor.cursor.execute(f"SET ROLE {roles.APPLICATION}")


_django_on_commit = transaction.on_commit


def _on_commit(func, using=None, robust=False):
    where = is_lent() and _ours()
    if where:
        pytest.fail(f"{where} has no transaction of its own: on_commit")
    return _django_on_commit(func, using, robust)


def is_lent():
    """Whether a transaction is open, and nobody but a test opened it."""
    blocks = connection.atomic_blocks
    return bool(blocks) and all(block._from_testcase for block in blocks)


def _ours():
    """The place in our code that asks, or nothing where a test does it with its own hands."""
    frame = sys._getframe(2)
    while frame is not None:
        path = frame.f_code.co_filename
        if path.startswith(OUR_FOLDERS) and not path.endswith(PASSING):
            return f"{Path(path).relative_to(ROOT)}:{frame.f_lineno} {frame.f_code.co_name}"
        if path.startswith(TESTS) and path != __file__:
            return ""
        frame = frame.f_back
    return ""
