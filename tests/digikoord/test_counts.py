"""Where tries are counted: together by all processes, and by each for itself while Redis is gone."""

import ast
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.cache import caches

from digikoord import tasks
from digikoord.lib import tries
from digikoord.rooms import OURS

ROOT = Path(__file__).resolve().parents[2]


def test_processes_share_the_files_and_no_try_is_counted_twice(tmp_path):
    code = (
        "import sys; from digikoord.cache import Files; from django.conf import settings; settings.configure();"
        f"one = Files({str(tmp_path)!r}, {{'TIMEOUT': 900}}); one.add('n', 0);"
        "[one.incr('n') for _ in range(50)]; print(one.get('n'))"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for _process in range(3)
    ]
    told = [int(one.communicate()[0]) for one in running]
    assert max(told) == 150


def test_with_redis_gone_the_counts_go_on_and_nobody_waits(settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "digikoord.cache.Shared",
            "LOCATION": "redis://127.0.0.1:1/0",
            "OPTIONS": {"socket_timeout": 0.3, "socket_connect_timeout": 0.3},
        }
    }
    assert not caches["default"].is_there()
    began = time.monotonic()
    waits = [tries.admit(tries.Count("tries:gone", 3, 10)) for _time in range(10)]
    assert time.monotonic() - began < 2
    assert waits[:4] == [0, 0, 0, 0]
    assert all(waits[4:])


test_with_redis_gone_the_counts_go_on_and_nobody_waits = pytest.mark.allow_hosts(["127.0.0.1"])(
    test_with_redis_gone_the_counts_go_on_and_nobody_waits
)


def test_what_is_queued_the_sweep_does_too():
    """A queue that is gone loses what was queued: a task that is not here would never be done."""
    swept = {"actors.send_letters", "reporting.render", "digikoord.run_again"}
    found = set()
    for path in (path for app in OURS for path in (ROOT / app).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "queue.later":
                found.add(ast.literal_eval(node.args[0]))
    assert found == swept, "teach digikoord/tasks.py to find its row, and say so here"
    body = Path(tasks.__file__).read_text()
    assert all(word in body for word in ("send_due", "resume_unfinished", "run_asked"))
