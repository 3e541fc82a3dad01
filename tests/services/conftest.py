"""The real things: a PostgreSQL with many connections, a Redis, a worker in a process of its own."""

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import redis
from django.conf import settings
from django.db import connection

from tests import databases

REDELIVERY = 3  # seconds until a killed worker's task is handed on; production waits longer


@pytest.fixture
def postgresql(committed):
    """Rows that other connections see. SQLite has one writer, so there is nothing to race for."""
    if connection.vendor != "postgresql":
        pytest.skip("needs DATABASE_URL of a PostgreSQL")
    return connection


@pytest.fixture
def broker():
    """The real queue, empty."""
    if not settings.CELERY_BROKER_URL.startswith("redis:"):
        pytest.skip("needs REDIS_URL")
    client = redis.Redis.from_url(settings.CELERY_BROKER_URL)
    client.flushdb()
    yield client
    client.flushdb()
    client.close()


@pytest.fixture
def race(postgresql):
    """race(act, times=50): the act, at the same moment, on as many connections. Gives what each returned or raised."""

    def together(act, times=50):
        barrier = threading.Barrier(times)

        def one(number):
            try:
                connection.ensure_connection()
                barrier.wait(timeout=30)
                return act(number)
            except Exception as error:
                return error
            finally:
                connection.close()

        with ThreadPoolExecutor(times) as pool:
            return list(pool.map(one, range(times)))

    return together


@pytest.fixture
def worker(postgresql, broker, tmp_path):
    """worker(): start a Celery process on the test's own database; it is ended with the test."""
    started = []

    def start():
        command = [sys.executable, "-m", "celery", "--app", "digikoord", "worker", "--loglevel", "INFO"]
        command += ["--concurrency", "1", "--include", "tests.services.tasks", "--without-mingle"]
        log = tmp_path / f"worker-{len(started)}.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                command, env=environment(), stdout=output, stderr=output, start_new_session=True
            )
        started.append(process)
        until(
            lambda: b" ready." in log.read_bytes() or process.poll() is not None, "the worker is ready", log
        )
        assert process.poll() is None, log.read_text()
        return process

    yield start
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def environment():
    """The worker's: it logs in as the application's role."""
    return os.environ | {"DATABASE_URL": databases.login(), "DIGIKOORD_TASK_SECONDS": str(REDELIVERY)}


def until(happened, what, log=None, seconds=30):
    """Wait for something that another process does."""
    deadline = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > deadline:
            pytest.fail(f"Waited {seconds} s, but not: {what}. {log.read_text() if log else ''}")
        time.sleep(0.05)
