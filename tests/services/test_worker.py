import os
import signal
import time

from celery import current_app

from digikoord.models import Stage

from .conftest import until


def test_a_task_is_run_on_the_day_the_stage_stands_at(worker, tmp_path):
    Stage.objects.create(pk=1, rehearsal=True, today="2020-02-03")
    worker()
    noted = tmp_path / "noted"
    current_app.send_task("tests.note_day", [str(noted)])
    until(lambda: noted.exists() and noted.read_text(), "the task has run")
    assert noted.read_text() == "2020-02-03"


def test_a_killed_workers_task_is_done_by_the_next(worker, tmp_path):
    story = tmp_path / "story"
    first = worker()
    current_app.send_task("tests.outlive_worker", [str(story)])
    until(story.exists, "the first worker has begun")
    os.killpg(first.pid, signal.SIGKILL)
    killed = time.monotonic()
    worker()
    until(lambda: "done" in story.read_text(), "the next worker has finished it")
    assert story.read_text() == "begun\nbegun\ndone\n"
    assert time.monotonic() - killed < 20
