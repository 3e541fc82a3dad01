"""Queues a task by name once the transaction has committed. The queue may lose it, and may be gone; rows may not.

So every task queued here does what some row asks for, and the sweep (`digikoord.sweep`) does the same for all rows: what was
asked for while the queue was gone is done when it is back. A test holds it.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from celery import current_app
from django.conf import settings
from django.db import transaction
from kombu import pools
from kombu.exceptions import KombuError

from . import locks

if TYPE_CHECKING:
    from kombu.connection import Connection

log = logging.getLogger(__name__)
_silent = ContextVar("silent", default=False)
PAUSE = 2.0  # seconds that a queue which did not answer is left alone


class _Away:
    """Until when the queue is left alone, in this process."""

    until = 0.0


@locks.part_of_act
def later(task: str, *args: object) -> None:
    """Ask a worker to run the task. If the broker is away, nobody waits for it: the sweeper finds the row instead."""
    if not _silent.get():
        transaction.on_commit(lambda: _send(task, args))


def _send(task: str, args: tuple[object, ...]) -> None:
    if time.monotonic() < _Away.until:
        return
    try:
        with pools.producers[_connection()].acquire(block=True, timeout=settings.REDIS_SECONDS) as producer:
            current_app.signature(task, args=args).apply_async(producer=producer, retry=False)
    except (KombuError, OSError):
        _Away.until = time.monotonic() + PAUSE
        log.warning("%s%s could not be queued; the sweeper will find it", task, args)


def _connection(url: str | None = None) -> "Connection":
    """To the broker, or another, by whoever serves a request: it is asked once, and waited for a moment."""
    seconds = settings.REDIS_SECONDS
    once = {"socket_timeout": seconds, "socket_connect_timeout": seconds, "max_retries": 0}
    to: Connection = current_app.connection_for_write(url, transport_options=once, connect_timeout=seconds)
    return to


@contextmanager
def silenced() -> Iterator[None]:
    """Queue nothing: the player of the rehearsal does the work itself, in order."""
    token = _silent.set(True)
    try:
        yield
    finally:
        _silent.reset(token)
