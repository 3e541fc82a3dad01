"""Tests of the repository itself: the budgets and words of CONTRIBUTING.md."""

import ast
import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command

from digikoord.rooms import OURS

ROOT = Path(__file__).resolve().parent.parent
APPS = OURS
FORBIDDEN_FILES = {"utils", "util", "helpers", "helper", "constants", "common", "misc", "signals"}
# Names that Django or allauth look for themselves
CALLED_BY_NAME = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}


@cache
def files(pattern="*"):
    """What is or may be committed."""
    command = [
        "git",
        "-c",
        "safe.directory=*",
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    paths = (ROOT / name for name in sorted(set(names)) if name)
    return [path for path in paths if path.is_file() and path.match(pattern)]


@cache
def python(tests=False):
    """Our Python, but for migrations and files that only mark a package."""
    ours = [path for path in files("*.py") if "migrations" not in path.parts and path.read_text().strip()]
    scripts = [path for path in files("bin/*") if path.read_text().startswith("#!/usr/bin/env python3")]
    return [path for path in ours + scripts if (path.relative_to(ROOT).parts[0] == "tests") == tests]


@cache
def tree(path):
    return ast.parse(path.read_text())


def nodes(path, *kinds):
    return [node for node in ast.walk(tree(path)) if isinstance(node, kinds)]


def place(path, node=None):
    return f"{path.relative_to(ROOT)}{f':{node.lineno}' if node else ''}"


def length(path):
    return len(path.read_text().splitlines())


def functions(path):
    return [(node, node.end_lineno - node.lineno + 1) for node in nodes(path, ast.FunctionDef)]


def nothing(found, advice=""):
    """Fail with one line for each thing found."""
    assert not found, "\n".join([advice, *map(str, sorted(found))])


# --- Budgets


def test_files_are_short():
    nothing([f"{place(path)} has {length(path)} lines" for path in python() if length(path) > 400])


def test_test_files_are_short():
    nothing([f"{place(path)} has {length(path)} lines" for path in python(tests=True) if length(path) > 400])


def test_functions_are_short():
    long = [
        f"{place(path, node)} {node.name} has {lines} lines"
        for path in [*python(), *python(tests=True)]
        for node, lines in functions(path)
        if lines > 50
    ]
    nothing(long)


def test_the_readme_is_short_and_names_both_commands():
    readme, makefile = (ROOT / "README.md").read_text(), (ROOT / "Makefile").read_text()
    assert len(readme.splitlines()) <= 80
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    named = set(re.findall(r"\bmake ([a-z]+)\b", readme))
    assert {"run", "test"} <= named, "README.md does not name both commands."
    assert named <= targets, f"README.md names what Makefile lacks: {named - targets}"


# --- Words


def test_no_imports_inside_functions():
    inner = [
        place(path, statement)
        for path in [*python(), *python(tests=True)]
        for function, _lines in functions(path)
        for statement in ast.walk(function)
        if isinstance(statement, ast.Import | ast.ImportFrom)
    ]
    nothing(inner)


def test_imports_name_what_they_take():
    stars = [
        place(path, node)
        for path in [*python(), *python(tests=True)]
        for node in nodes(path, ast.ImportFrom)
        if any(alias.name == "*" for alias in node.names)
    ]
    nothing(stars)


def test_there_are_no_signals():
    listening = ("django.db.models.signals", "django.dispatch", "django.core.signals", "celery.signals")
    found = [
        place(path, node)
        for path in python()
        for node in nodes(path, ast.ImportFrom)
        if node.module in listening
    ]
    nothing(found)


def test_names_say_what_things_are():
    vague = [place(path) for path in python() if {path.stem, *path.relative_to(ROOT).parts} & FORBIDDEN_FILES]
    vague += [
        f"{place(path, node)} {node.name}"
        for path in python()
        for node in nodes(path, ast.ClassDef, ast.FunctionDef)
        if re.search(r"(.Manager|.Handler)$|^process_", node.name)
    ]
    nothing(vague)


def test_only_lifecycle_writes_status():
    """Who else writes it goes past the table of moves."""
    writers = []
    for path in python():
        if path == ROOT / "digikoord/lib/lifecycle.py":
            continue
        targets = [
            target
            for node in nodes(path, ast.Assign, ast.AugAssign, ast.AnnAssign)
            for whole in (node.targets if isinstance(node, ast.Assign) else [node.target])
            for target in ast.walk(whole)
        ]
        writers += [place(path, t) for t in targets if isinstance(t, ast.Attribute) and t.attr == "status"]
        updates = [
            node for node in nodes(path, ast.Call) if getattr(node.func, "attr", "") in ("update", "setattr")
        ]
        writers += [
            place(path, call) for call in updates if any(word.arg == "status" for word in call.keywords)
        ]
    nothing(writers)


# --- Templates


def templates():
    return {
        str(path.relative_to(ROOT / "templates")): path
        for path in files()
        if (ROOT / "templates") in path.parents
    }


def written_names():
    """Names of templates in strings of code and templates, and the beginnings of those put together there."""
    whole, beginnings = set(), set()
    for path in python():
        joined = {part for node in nodes(path, ast.JoinedStr) for part in node.values[:1]}
        for node in nodes(path, ast.Constant):
            if isinstance(node.value, str) and "/" in node.value and node in joined:
                beginnings.add(node.value)
            elif isinstance(node.value, str):
                whole.add(node.value)
    for path in templates().values():
        text = path.read_text()
        whole |= set(re.findall(r"""["']([\w./-]+\.\w+)["']""", text))
        beginnings |= set(re.findall(r"""["']([\w./-]+/)["']\s*\|\s*add:""", text))
    return whole, tuple(beginnings)


def belongs_to_a_package(name):
    """Ours stands in for one that an installed app brings, or lays out one of its forms."""
    folders = [Path(app.path) / "templates" for app in apps.get_app_configs() if app.name not in APPS]
    return any((folder / name).exists() for folder in folders)


def test_every_template_is_used():
    whole, beginnings = written_names()
    unused = [
        name
        for name in templates()
        if name not in whole | CALLED_BY_NAME
        and not name.startswith(beginnings)
        and not belongs_to_a_package(name)
    ]
    nothing(unused)


# --- What is installed


def test_every_dependency_has_a_purpose_and_a_lock():
    text = (ROOT / "pyproject.toml").read_text()
    project = tomllib.loads(text)["project"]
    wanted = [
        *project["dependencies"],
        *(name for extra in project["optional-dependencies"].values() for name in extra),
    ]
    silent = [
        name for name in wanted if not re.search(rf'^    "{re.escape(name)}", +# \S', text, re.MULTILINE)
    ]
    nothing(silent, "Say in pyproject.toml what it is for.")
    lock = set(re.findall(r"^([a-z0-9-]+)==", (ROOT / "requirements.txt").read_text(), re.MULTILINE))
    names = {re.split(r"[\[<>=~!;]", name)[0].strip().lower().replace("_", "-") for name in wanted}
    assert names <= lock, f"Run make lock: {names - lock}"


def test_no_file_names_a_registry():
    hosts = ["pypi" + ".org", "python" + "hosted.org", "npm" + "js.", "deb." + "debian.org", "docker" + ".io"]
    named = []
    for path in files():
        text = path.read_bytes().decode(errors="ignore")
        named += [f"{place(path)} names {host}" for host in hosts if host in text]
    nothing(named)


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
