"""What differs between two programme files, told by place in the file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import TypeGuard

IDENTITIES = ("code", "key", "year", "letter", "actor")


@dataclass(frozen=True)
class Change:
    """One value that differs; `before` or `after` is None where something came or went."""

    path: tuple[object, ...]
    before: object
    after: object

    @property
    def where(self) -> str:
        return ".".join(str(step) for step in self.path)

    def __str__(self) -> str:
        match self.before, self.after:
            case None, after:
                return f"{self.where}: tillkommer {_short(after)}"
            case before, None:
                return f"{self.where}: utgår {_short(before)}"
            case before, after:
                return f"{self.where}: {_short(before)} blir {_short(after)}"


def changes(before: object, after: object, path: tuple[object, ...] = ()) -> Iterator[Change]:
    """Every Change from one file, or part of it, to another."""
    if before == after:
        return
    if is_dataclass(before) and is_dataclass(after):
        for field in fields(before):
            old, new = getattr(before, field.name), getattr(after, field.name)
            yield from changes(old, new, (*path, field.name))
    elif _is_list_of_rows(before) and _is_list_of_rows(after):
        yield from _by_key(_keyed(before), _keyed(after), path)
    elif isinstance(before, dict) and isinstance(after, dict):
        yield from _by_key(before, after, path)
    else:
        yield Change(path, before, after)


def _by_key(
    before: Mapping[object, object], after: Mapping[object, object], path: tuple[object, ...]
) -> Iterator[Change]:
    for key in [*before, *(key for key in after if key not in before)]:
        yield from changes(before.get(key), after.get(key), (*path, key))


def _is_list_of_rows(value: object) -> TypeGuard[tuple[object, ...]]:
    return isinstance(value, tuple) and all(is_dataclass(row) for row in value)


def _keyed(rows: tuple[object, ...]) -> dict[object, object]:
    return {_identity(row): row for row in rows}


def _identity(row: object) -> object:
    return next(getattr(row, name) for name in IDENTITIES if hasattr(row, name))


def _short(value: object) -> str:
    text = _identity(value) if is_dataclass(value) else value
    return f"”{str(text)[:80]}”"
