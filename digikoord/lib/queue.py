"""Queues a task by name once the transaction has committed. The queue may lose it; rows may not."""

import logging
from contextlib import contextmanager
from contextvars import ContextVar

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

from . import locks

log = logging.getLogger(__name__)
_silent = ContextVar("silent", default=False)


@locks.part_of_act
def later(task, *args):
    """Ask a worker to run the task. If the broker is away, the sweeper finds the row instead."""
    if not _silent.get():
        transaction.on_commit(lambda: _send(task, args))


def _send(task, args):
    try:
        current_app.signature(task, args=args).apply_async()
    except (OperationalError, OSError):
        log.warning("%s%s could not be queued; the sweeper will find it", task, args)


@contextmanager
def silenced():
    """Queue nothing: the player of the rehearsal does the work itself, in order."""
    token = _silent.set(True)
    try:
        yield
    finally:
        _silent.reset(token)
