"""Tasks that only the tests' worker knows."""

import time
from pathlib import Path

from celery import shared_task

from digikoord.lib import clock


@shared_task(name="tests.note_day")
def note_day(path):
    Path(path).write_text(clock.today().isoformat())


@shared_task(name="tests.outlive_worker")
def outlive_worker(path):
    """The first time it never ends: its worker is killed. The second time it does."""
    first = not Path(path).exists()
    with Path(path).open("a") as file:
        file.write("begun\n")
    if first:
        time.sleep(60)
    with Path(path).open("a") as file:
        file.write("done\n")
