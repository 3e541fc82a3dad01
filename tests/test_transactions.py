"""Whatever writes does so in a transaction of its own, or says that it is a part of somebody else's act.

Production runs in autocommit: a lock outside a transaction is an error there, and two writes are two. `tests/loans.py` says it
of what a test runs; this says it of all the code, by reading it.
"""

import ast
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

from digikoord.rooms import OURS

ROOT = Path(__file__).resolve().parents[1]
APPS = OURS
WRITES = {
    "save",
    "create",
    "update",
    "delete",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
}
LOCKS = {"select_for_update", "locked", "locked_all", "in_turn", "on_commit"}
# Not rows: a typeface, a digest, the settings, a count.
PLAIN = {"face", "digest", "vars()", "cache"}
WITHIN = "part_of_act"


@dataclass
class Function:
    where: str
    own: bool = False  # opens a transaction
    within: bool = False  # says that it demands one
    writes: list = field(default_factory=list)  # what it writes or locks outside a block of its own
    calls: set = field(default_factory=set)  # what it calls outside a block of its own


class Reader(ast.NodeVisitor):
    """What one function does outside `with transaction.atomic()`."""

    def __init__(self, module, names, function):
        self.module, self.names, self.function = module, names, function

    def visit_With(self, node):
        if any("atomic(" in ast.unparse(item.context_expr) for item in node.items):
            return
        self.generic_visit(node)

    def visit_FunctionDef(self, node):
        if not any("atomic" in ast.unparse(one) for one in node.decorator_list):
            self.generic_visit(node)

    def visit_Call(self, node):
        target = ast.unparse(node.func)
        owner, _, last = target.rpartition(".")
        known = self.names.get(target) or self.names.get(owner.split(".")[0], "") + "." + last
        if target in self.names or owner in self.names:
            self.function.calls.add(known)
        elif not owner:
            self.function.calls.add(f"{self.module}.{last}")
        if self._is_write(node, target, owner, last):
            self.function.writes.append(f"{target}, line {node.lineno}")
        self.generic_visit(node)

    def _is_write(self, node, target, owner, last):
        if last in LOCKS:
            return True
        if last not in WRITES or owner in PLAIN or "setdefault" in owner or not owner:
            return target == "save" and self.names.get("save", "").endswith("constraints.save")
        return owner not in self.names  # a module's function is known by its own reading


def _names(module, tree, is_package):
    """What the module calls what it imports, by full name."""
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            parts = module.split(".") if is_package else module.split(".")[:-1]
            base = ".".join(parts[: len(parts) - node.level + 1]) if node.level else ""
            package = ".".join(part for part in (base, node.module) if part)
            for name in node.names:
                if package.startswith(APPS):
                    names[name.asname or name.name] = f"{package}.{name.name}"
    return names


@cache
def functions():
    """{full name: Function} of all our code."""
    found = {}
    for path in sorted(p for app in APPS for p in (ROOT / app).rglob("*.py")):
        if "migrations" in path.parts or "rehearsal" in path.parts or "bench" in path.parts:
            continue
        parts = path.relative_to(ROOT).with_suffix("").parts
        is_package = parts[-1] == "__init__"
        module = ".".join(parts[:-1] if is_package else parts)
        tree = ast.parse(path.read_text())
        names = _names(module, tree, is_package)
        for node in tree.body:
            if isinstance(node, ast.FunctionDef):
                said = {ast.unparse(one) for one in node.decorator_list}
                function = Function(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")
                function.own = any(one.startswith("transaction.atomic") for one in said)
                function.within = any(one.endswith(WITHIN) for one in said)
                if not function.own:
                    reader = Reader(module, names, function)
                    for statement in node.body:
                        reader.visit(statement)
                found[f"{module}.{node.name}"] = function
    return found


@cache
def demanding():
    """{full name: why} of every function that demands a transaction: what it writes, or whom it calls."""
    whole = functions()
    why = {name: row.writes[0] for name, row in whole.items() if row.writes and not row.own}
    found = True
    while found:
        found = {
            name: f"{called}: {why[called]}"
            for name, row in whole.items()
            if name not in why and not row.own
            for called in sorted(row.calls & why.keys())[:1]
        }
        why |= found
    return why


def demands(name):
    """Why the function demands a transaction, or nothing."""
    return demanding().get(name, "")


def test_it_reads_the_code():
    """That the reading finds what is there, and misses nothing by reading nothing."""
    found = functions()
    assert found["grants.actions.tranches.grant"].own
    assert demands("duties.actions.obligations.open")
    assert not demands("grants.actions.tranches.grant")
    assert sum(function.own for function in found.values()) > 140


@pytest.mark.parametrize("app", APPS)
def test_who_demands_a_transaction_says_so(app):
    unsaid = {
        f"{function.where}: {demands(name)}"
        for name, function in functions().items()
        if name.startswith(app) and not name.rpartition(".")[2].startswith("_")
        if demands(name) and not function.within
    }
    assert not unsaid, "@transaction.atomic, or @locks.part_of_act:\n" + "\n".join(sorted(unsaid))


def test_who_says_so_demands_one():
    said = {f.where for name, f in functions().items() if f.within and not demands(name)}
    assert not said, "these demand no transaction"
