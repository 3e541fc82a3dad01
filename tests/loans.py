"""What a test's own transaction would lend to code that production runs in autocommit: a lock, a write, an `on_commit`.

Django marks the blocks that a test case opens; ours that span a file are marked alike (`lent`). While no block but those
is open, whatever our code does that needs a transaction fails the test: production would fail there, or leave half of it.
What a test writes with its own hands is its own affair.
"""

import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection, transaction

ROOT = Path(__file__).resolve().parents[1]
TESTS = str(ROOT / "tests")
OURS = tuple(str(ROOT / app) + "/" for app in ("actors", "grants", "reporting", "digikoord"))
# Nothing of what these hand on to is theirs: a request or a command passes through, whoever handles it.
PASSING = ("digikoord/middleware.py", "digikoord/stage.py", "digikoord/stage_command.py", "lib/clock.py")
WRITES = ("INSERT", "UPDATE", "DELETE")


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
    if is_lent() and ("FOR UPDATE" in sql or sql.lstrip().upper().startswith(WRITES)):
        _require_not_ours(sql[:120])
    return execute(sql, params, many, context)


_django_on_commit = transaction.on_commit


def _on_commit(func, using=None, robust=False):
    if is_lent():
        _require_not_ours("on_commit")
    return _django_on_commit(func, using, robust)


def is_lent():
    """Whether a transaction is open, and nobody but a test opened it."""
    blocks = connection.atomic_blocks
    return bool(blocks) and all(block._from_testcase for block in blocks)


def _require_not_ours(what):
    frame = sys._getframe(2)
    while frame is not None:
        path = frame.f_code.co_filename
        if path.startswith(OURS) and not path.endswith(PASSING):
            where = f"{Path(path).relative_to(ROOT)}:{frame.f_lineno} {frame.f_code.co_name}"
            pytest.fail(f"{where} has no transaction of its own: {what}")
        if path.startswith(TESTS) and path != __file__:
            return
        frame = frame.f_back
