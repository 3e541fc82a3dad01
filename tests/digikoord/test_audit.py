"""`make audit`: the list of parts is whole, and an index that does not answer is said."""

import importlib.machinery
import importlib.util
import json
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def audit(monkeypatch, tmp_path):
    """bin/audit as a module that asks nobody, with a var of its own."""
    monkeypatch.setenv("DIGIKOORD_VAR", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    loader = importlib.machinery.SourceFileLoader("audit", str(ROOT / "bin/audit"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("audit", loader))
    loader.exec_module(module)
    monkeypatch.setattr(module, "answer", lambda _command: None)
    return module


def finished(audit):
    with pytest.raises(SystemExit) as ended:
        audit.main()
    return int(ended.value.code)


def test_every_locked_part_is_listed_with_its_version_and_licence(audit, tmp_path, capsys):
    assert finished(audit) == 0
    told = json.loads((tmp_path / "sbom.json").read_text())
    assert (told["bomFormat"], told["specVersion"]) == ("CycloneDX", "1.5")
    parts = {part["purl"]: part for part in told["components"]}
    lock = re.findall(r"^([a-z0-9._-]+)==([^ ;\\]+)", (ROOT / "requirements.txt").read_text(), re.MULTILINE)
    assert {f"pkg:pypi/{name}@{version}" for name, version in lock} <= set(parts)
    front = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert len(parts) == len(lock) + len(front) - 1
    django = next(part for part in parts.values() if part["name"] == "django")
    assert (django["scope"], django["licenses"][0]["license"]["name"]) == ("required", "BSD-3-Clause")
    scopes = {part["name"]: part["scope"] for part in parts.values()}
    assert (scopes["pytest"], scopes["asgiref"], scopes["bootstrap"]) == ("excluded", "required", "required")
    assert sum("licenses" in part for part in parts.values()) > 0.9 * len(parts)
    assert capsys.readouterr().out.count("Inget index svarar") == 2


def test_what_is_known_is_told_and_ends_with_a_fault(audit, monkeypatch, capsys):
    known = {
        "dependencies": [
            {"name": "django", "version": "1", "vulns": [{"id": "CVE-1", "fix_versions": ["2"]}]}
        ]
    }
    front = {"vulnerabilities": {"bootstrap": {"range": "<5", "severity": "high"}}}
    answers = iter([known, front])
    monkeypatch.setattr(audit, "answer", lambda _command: next(answers))
    assert finished(audit) == 1
    told = capsys.readouterr().out
    assert "django 1: CVE-1 (rättad i 2)" in told
    assert "bootstrap <5: high" in told


def test_what_was_passed_over_is_not_called_compared(audit, monkeypatch, capsys):
    passed = {
        "dependencies": [
            {"name": "a", "skip_reason": "not found"},
            {"name": "b", "version": "1", "vulns": []},
        ]
    }
    answers = iter([passed, None])
    monkeypatch.setattr(audit, "answer", lambda _command: next(answers))
    assert finished(audit) == 0
    assert (
        "1 Pythonpaket jämförda med kända sårbarheter; 1 som indexet inte känner" in capsys.readouterr().out
    )
    answers = iter([{"dependencies": passed["dependencies"][:1]}, None])
    assert finished(audit) == 0
    assert capsys.readouterr().out.count("Inget index svarar") == 2


@pytest.mark.parametrize(
    "command", [[None], ["/nonexistent/uv"], ["true"], ["echo", "no index"], ["sleep", "5"]]
)
def test_a_program_that_gives_no_answer_gives_none(monkeypatch, audit, command):
    loader = importlib.machinery.SourceFileLoader("audit", str(ROOT / "bin/audit"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("audit", loader))
    loader.exec_module(module)
    module.SECONDS = 0.3
    assert module.answer(command) is None
