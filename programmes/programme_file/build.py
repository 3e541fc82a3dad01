"""From a TOML table to a dataclass of `shape`: unknown, missing and ill-typed keys. A faulty value becomes None and is
passed over by `rules`, so that one reading finds every error."""

import dataclasses
import difflib
import re
import types
import typing
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar, cast

from .faults import Fault

T = TypeVar("T")

WORDS: dict[type, str] = {
    str: "text",
    int: "ett heltal",
    bool: "true eller false",
    date: "ett datum",
    Decimal: "ett belopp",
    dict: "en tabell",
    list: "en lista",
}
DIGITS = 15  # more than any amount has


def build(
    shape: type[T],
    table: Any,  # a table as TOML has it, if it is one
    where: str,
    faults: list[Fault],
) -> T:
    """An instance of `shape`; what is wrong is added to `faults`."""
    if not _is(table, dict, where, faults):
        table, faults = {}, []  # said once; its missing keys are no further news
    fields = {_name(field): field for field in dataclasses.fields(cast(Any, shape))}  # one of the shapes
    hints = typing.get_type_hints(shape)
    for name in [name for name in table if name not in fields]:
        faults.append(Fault(_at(where, name), f"Nyckeln är okänd.{_guess(name, fields)}"))
    values = {}
    for name, field in fields.items():
        if name in table:
            values[field.name] = _value(
                hints[field.name], table[name], where=_at(where, name), rules=field.metadata, faults=faults
            )
            if values[field.name] == "" and _required(field):
                faults.append(Fault(_at(where, name), "Värdet är tomt."))
        elif _required(field):
            faults.append(Fault(_at(where, name), "Nyckeln saknas."))
            values[field.name] = _nothing(hints[field.name])
    return shape(**values)


def _value(
    hint: Any,  # a class, or a form of annotation
    value: Any,  # as TOML has it
    *,
    where: str,
    rules: Mapping[str, Any],  # as `entry` was told them
    faults: list[Fault],
) -> object:
    if isinstance(hint, types.UnionType):  # X | None: a key that is there must be an X
        hint = next(kind for kind in typing.get_args(hint) if kind is not types.NoneType)
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return build(hint, value, where, faults)
    if typing.get_origin(hint) is tuple:
        return _list(typing.get_args(hint)[0], value, where, faults)
    if typing.get_origin(hint) is dict:
        key_kind, kind = typing.get_args(hint)
        return _mapping(key_kind, kind, value=value, where=where, rules=rules, faults=faults)
    if hint is Decimal and type(value) is int:
        value = Decimal(value)
    if not _is(value, hint, where, faults):
        return None
    sentence = _breach(value, rules)
    if sentence:
        faults.append(Fault(where, sentence))
        return None
    return value.strip() if hint is str else value


def _list(kind: object, value: Any, where: str, faults: list[Fault]) -> tuple[object, ...]:  # as above
    if not _is(value, list, where, faults):
        return ()
    if not value:
        faults.append(Fault(where, "Listan är tom."))
    return tuple(
        _value(kind, item, where=f"{where}[{index}]", rules={}, faults=faults)
        for index, item in enumerate(value)
    )


def _mapping(
    key_kind: type,
    kind: object,
    *,
    value: Any,  # as above
    where: str,
    rules: Mapping[str, Any],  # as above
    faults: list[Fault],
) -> dict[object, object]:
    if not _is(value, dict, where, faults):
        return {}
    allowed, built = rules.get("keys"), {}
    for name, item in value.items():
        if allowed and name not in allowed:
            faults.append(Fault(_at(where, name), f"Nyckeln är okänd.{_guess(name, allowed)}"))
        elif key_kind is int and not re.fullmatch(r"\d{4}", name):
            faults.append(Fault(_at(where, name), "Nyckeln ska vara ett årtal med fyra siffror."))
        else:
            built[key_kind(name)] = _value(
                kind, item, where=_at(where, name), rules={**rules, "keys": None}, faults=faults
            )
    return built


def _breach(value: Any, rules: Mapping[str, Any]) -> str | None:  # as above
    """A sentence when a value of the right type is not one that may stand here, else None."""
    text = isinstance(value, str)
    if text and rules.get("one_of") and value not in rules["one_of"]:
        allowed = ", ".join(f"”{choice}”" for choice in rules["one_of"] if choice)
        return f"”{value}” är inget giltigt värde. Välj bland {allowed}."
    if text and rules.get("pattern") and not re.fullmatch(rules["pattern"], value):
        return f"”{value}” har fel form (mönster: {rules['pattern']})."
    if text and rules.get("longest") and len(value) > rules["longest"]:
        return f"Texten har {len(value)} tecken; högst {rules['longest']} får plats."
    if text and _has_control_characters(value, one_line=bool(rules.get("longest"))):
        return "Texten innehåller radbrytningar eller styrtecken som inte kan stå här."
    if isinstance(value, Decimal) and not _is_amount(value):
        return "Beloppet ska vara ett tal med högst två decimaler."
    if rules.get("least") is not None and value < rules["least"]:
        return (
            "Beloppet är negativt." if isinstance(value, Decimal) else f"Värdet är lägre än {rules['least']}."
        )
    if rules.get("most") is not None and value > rules["most"]:
        return f"Värdet är högre än {rules['most']}."
    return None


def _has_control_characters(text: str, one_line: bool) -> bool:
    """Names are one line; longer texts may have several. Neither holds what a database or a letter cannot."""
    allowed = "" if one_line else "\n\r\t"
    return any(unicodedata.category(sign) == "Cc" and sign not in allowed for sign in text.strip())


def _is_amount(value: Decimal) -> bool:
    """Whether it has at most two decimals; what is too large to be rounded has none, and is said to be too high."""
    return value.is_finite() and (value.adjusted() > DIGITS or value == round(value, 2))


def _is(value: object, kind: type, where: str, faults: list[Fault]) -> bool:
    right = type(value) is kind or (kind is dict and isinstance(value, dict))
    if not right:
        got = (
            "ett datum med klockslag"
            if isinstance(value, datetime)
            else WORDS.get(type(value), "något annat")
        )
        faults.append(Fault(where, f"Här ska stå {WORDS[kind]}, inte {got}."))
    return right


def _nothing(hint: Any) -> object:  # as above
    """What stands in for a missing value: an empty table or list, or None."""
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return build(hint, {}, "", [])
    return {tuple: (), dict: {}}.get(typing.get_origin(hint))


def _required(field: "dataclasses.Field[Any]") -> bool:  # of any kind
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def _name(field: "dataclasses.Field[Any]") -> str:  # of any kind
    return field.metadata.get("name") or field.name


def _at(where: str, name: str) -> str:
    return f"{where}.{name}" if where else name


def _guess(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, known, 1)
    return f" Menas ”{near[0]}”?" if near else ""
