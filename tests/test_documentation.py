"""What the documentation says of the repository is so: links, paths, commands, flags, and what is made from the code."""

import re
from functools import cache
from pathlib import Path

import pytest
from django.core.management import call_command, get_commands, load_command_class

from digikoord import drawing
from tests.test_architecture import ROOT, files, nothing

DECISIONS = ROOT / "docs/decisions"
DECISION = re.compile(
    r"# (?P<number>\d+)\. \S.*\n\n- Date: \d{4}-\d\d-\d\d\n- Status: \S.*\n"
    r"\n## Context\n\n\S.*\n\n## Decision\n\n\S.*\n\n## Alternatives\n\n\S.*\n\n## Consequences\n\n\S.*\n",
    re.DOTALL,
)
LINK = re.compile(r"\[[^\]\n]*\]\(([^)\s]+)\)")
INLINE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
# Made when something is run, and never committed
MADE = {"var", "secrets", "node_modules", ".venv"}
ROOT_FILES = re.compile(r"[\w.-]+\.(?:md|toml|yml|txt)|Makefile|Dockerfile|Procfile|package\.json")
COMMAND = re.compile(r"manage\.py ([a-z_]+)(.*)")
TARGET = re.compile(r"\bmake ([a-z]+)\b")
FLAG = re.compile(r"--[a-z][a-z-]*")


@cache
def documents():
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in files("*.md")}


def prose_and_code(text):
    """(what is read as text, the lines of code): fences, indented blocks and inline code are code."""
    prose, code, fenced = [], [], False
    for line in text.splitlines():
        if line.lstrip().startswith("```"):
            fenced = not fenced
        elif fenced or (line.startswith("    ") and not _is_list(prose)):
            code.append(line)
        else:
            prose.append(line)
    return prose, code


def _is_list(prose):
    """Whether an indented line goes on with the item before it."""
    before = next((line for line in reversed(prose) if line), "")
    return bool(re.match(r"\s*(\d+\.|-) ", before)) or before.startswith("   ")


def code_of(text):
    """Every piece of code in the text, one a line; the rows of a table of commands with the word above them."""
    prose, code = prose_and_code(text)
    above = ""
    for line in prose:
        head = re.match(r"\| `(manage\.py|make) …` \|", line)
        if head:
            above = f"{head[1]} "
            continue
        if not line.startswith("|"):
            above = ""
        pieces = INLINE.findall(line.replace("\\|", "|") if line.startswith("|") else line)
        code += [above + piece if above and place == 0 else piece for place, piece in enumerate(pieces)]
    return code


def anchors(text):
    """The names that GitHub gives the headings."""
    prose, _code = prose_and_code(text)
    headings = [re.sub(r"^#+ ", "", line) for line in prose if re.match(r"#+ ", line)]
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


# --- Links and paths


def test_every_link_leads_to_something():
    broken = []
    for name, text in documents().items():
        prose, _code = prose_and_code(text)
        for target in LINK.findall(INLINE.sub("", "\n".join(prose))):
            if target.startswith("https://"):
                continue
            path, _, anchor = target.partition("#")
            found = (ROOT / name).parent / path if path else ROOT / name
            if not found.exists() or not found.resolve().is_relative_to(ROOT):
                broken.append(f"{name}: {target} does not exist")
            elif anchor and anchor not in anchors(found.read_text(encoding="utf-8")):
                broken.append(f"{name}: {target} has no such heading")
    nothing(broken)


def test_every_path_that_is_named_exists():
    tops = {path.relative_to(ROOT).parts[0] for path in files()} - MADE
    missing = []
    for name, text in documents().items():
        for word in " ".join(code_of(text)).split():
            word = word.strip("\"'`,;:()").removesuffix(".")
            inside = "/" in word and word.split("/")[0] in tops and re.fullmatch(r"[\w./-]+", word)
            if (inside or ROOT_FILES.fullmatch(word)) and not (ROOT / word).exists():
                missing.append(f"{name}: {word}")
    nothing(missing, "Correct the path, or the file")


# --- Commands


@cache
def flags_of(command):
    parser = load_command_class(get_commands()[command], command).create_parser("manage.py", command)
    return set(parser._option_string_actions)


def test_every_command_that_is_named_exists_with_its_flags():
    wrong = []
    for name, text in documents().items():
        for command, rest in COMMAND.findall("\n".join(code_of(text))):
            if command not in get_commands():
                wrong.append(f"{name}: manage.py {command} does not exist")
                continue
            wrong += [
                f"{name}: manage.py {command} has no {flag}"
                for flag in FLAG.findall(rest.split("&&")[0])
                if flag not in flags_of(command)
            ]
    nothing(wrong)


def targets():
    return set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def test_every_make_target_that_is_named_exists():
    named = {
        (name, target)
        for name, text in documents().items()
        for target in TARGET.findall("\n".join(code_of(text)))
    }
    nothing([f"{name}: make {target}" for name, target in named if target not in targets()])


def test_every_command_of_ours_is_told():
    ours = {path.stem for path in files("digikoord/management/commands/*.py")} - {"__init__", "migrate"}
    operations = "\n".join(code_of(documents()["docs/operations.md"]))
    nothing(ours - {command for command, _rest in COMMAND.findall(operations)}, "Tell docs/operations.md of")
    contributing = "\n".join(code_of(documents()["CONTRIBUTING.md"]))
    nothing(targets() - set(TARGET.findall(contributing)), "Tell CONTRIBUTING.md of")


# --- The README, the decisions, and what is generated


def test_the_readme_is_read_in_a_minute():
    assert len(documents()["README.md"].splitlines()) <= 80


def test_every_decision_is_told_in_the_same_way():
    paths = sorted(path for path in DECISIONS.glob("*.md") if path.name != "README.md")
    unlike = []
    for number, path in enumerate(paths, start=1):
        told = DECISION.fullmatch(path.read_text(encoding="utf-8"))
        right = (
            told and int(told["number"]) == number and re.fullmatch(rf"{number:04}(-[a-z0-9]+)+", path.stem)
        )
        unlike += [] if right else [path.name]
    nothing(unlike, "A title with its number, Date, Status, Context, Decision, Alternatives, Consequences")


def test_the_index_names_each_decision_once():
    listed = LINK.findall((DECISIONS / "README.md").read_text(encoding="utf-8"))
    assert sorted(listed) == sorted(path.name for path in DECISIONS.glob("*.md") if path.name != "README.md")


@pytest.mark.parametrize("name", drawing.FILES)
def test_what_is_made_from_the_code_is_as_it_is_made(name):
    told = Path(ROOT, name).read_text(encoding="utf-8")
    assert told == drawing.FILES[name](), f"{name} is of an earlier code: run .venv/bin/python manage.py draw"


def test_draw_writes_what_has_changed_and_says_so(tmp_path, settings, monkeypatch, capsys):
    settings.BASE_DIR = tmp_path
    monkeypatch.setattr(drawing, "FILES", {"old.md": lambda: "as it was\n", "new.md": lambda: "å\n"})
    (tmp_path / "old.md").write_text("as it was\n")
    call_command("draw")
    assert (tmp_path / "new.md").read_text(encoding="utf-8") == "å\n"
    assert capsys.readouterr().out.splitlines() == ["old.md: oförändrad", "new.md: skriven"]
