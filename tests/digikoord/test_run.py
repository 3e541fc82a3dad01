"""What `make run` does with what an earlier run left behind."""

import importlib.machinery
import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def run(monkeypatch, tmp_path):
    """bin/run as a module, with a var of its own."""
    monkeypatch.setenv("DIGIKOORD_VAR", str(tmp_path))
    loader = importlib.machinery.SourceFileLoader("run", str(ROOT / "bin/run"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("run", loader))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    loader.exec_module(module)
    return module


@pytest.fixture
def sleeping():
    started = []

    def begin(*arguments):
        process = subprocess.Popen(
            [sys.executable, "-c", "import time; time.sleep(60)", *map(str, arguments)]
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        process.kill()
        process.wait()


def test_one_killed_before_it_wrote_its_number_is_ended_too(run, sleeping, tmp_path):
    beat = sleeping("--pidfile", tmp_path / "run/beat.pid")
    reader = sleeping(tmp_path / "run/schedule")
    elsewhere = sleeping("--pidfile", tmp_path / "other/run/beat.pid")
    run.end_leftovers()
    assert beat.wait(timeout=5) != 0
    assert reader.poll() is None
    assert elsewhere.poll() is None
