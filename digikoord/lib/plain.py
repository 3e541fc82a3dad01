"""Frozen dataclasses as JSON can hold them, and back again: what is stored can be checked by what made it."""

import hashlib
import json
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")


def plain(value: object) -> Any:  # of a dataclass a dict, of an amount text, ...
    """Amounts and figures as text with their decimals, days as ISO, missing as null."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    match value:
        case Decimal():
            return str(value)
        case date():
            return value.isoformat()
        case list() | tuple():
            return [plain(item) for item in value]
    return value


def sha256_of(data: object) -> str:
    """Of plain data as JSON with sorted keys, UTF-8."""
    return hashlib.sha256(json.dumps(data, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def shaped(kind: type[T], value: object) -> T:
    """The inverse of `plain`, by the dataclass's own annotations. Raises ValueError for what does not fit."""
    fitted: T = _shaped(kind, value)
    return fitted


def _shaped(kind: Any, value: Any) -> Any:  # of a class, or a form of annotation, and what JSON has
    if is_dataclass(kind):
        return _dataclass(kind, value)
    origin, inner = get_origin(kind), get_args(kind)
    if origin is UnionType:
        return None if value is None else _shaped(next(part for part in inner if part is not NoneType), value)
    if origin is tuple:
        return _tuple(inner, value)
    if kind is Decimal and isinstance(value, str):
        return _number(value)
    if kind is date and isinstance(value, str):
        return date.fromisoformat(value)
    if isinstance(value, bool) == (kind is bool) and isinstance(value, kind):
        return value
    raise ValueError(f"{value!r} är inte {kind.__name__}")


def _dataclass(kind: Any, value: object) -> object:  # as above: mypy has no name for a dataclass
    if not isinstance(value, dict):
        raise ValueError(f"{kind.__name__} är inget objekt")
    hints = get_type_hints(kind)
    # What was added since the data was kept has a default, which means what was.
    added = {field.name for field in fields(kind) if field.default is not MISSING}
    wrong = (hints.keys() ^ value.keys()) - (added - value.keys())
    if wrong:
        raise ValueError(f"{kind.__name__}: {', '.join(sorted(wrong))} saknas eller är okänt")
    return kind(**{name: _shaped(hint, value[name]) for name, hint in hints.items() if name in value})


def _tuple(inner: tuple[object, ...], value: object) -> tuple[object, ...]:
    if not isinstance(value, list):
        raise ValueError(f"{value!r} är ingen lista")
    if inner[-1] is Ellipsis:
        return tuple(_shaped(inner[0], item) for item in value)
    return tuple(_shaped(part, item) for part, item in zip(inner, value, strict=True))


def _number(text: str) -> Decimal:
    try:
        return Decimal(text)
    except ArithmeticError as error:
        raise ValueError(f"{text!r} är inget tal") from error


TYPES = {str: "string", bool: "boolean", int: "integer", Decimal: "string", date: "string"}
FORMATS = {Decimal: {"pattern": r"^-?\d+(\.\d+)?$"}, date: {"format": "date"}}


def schema_of(kind: type) -> dict[str, object]:
    """JSON Schema (2020-12) of what `plain` makes of the dataclass."""
    known: dict[str, dict[str, object]] = {}
    top = _schema(kind, known)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **top, "$defs": known}


def _schema(kind: Any, known: dict[str, dict[str, object]]) -> dict[str, object]:  # as above
    if is_dataclass(kind) and isinstance(kind, type):
        if kind.__name__ not in known:
            known[kind.__name__] = {}
            hints = get_type_hints(kind)
            known[kind.__name__] |= {
                "type": "object",
                "description": (kind.__doc__ or "").split("\n")[0],
                "properties": {name: _schema(hint, known) for name, hint in hints.items()},
                "required": list(hints),
                "additionalProperties": False,
            }
        return {"$ref": f"#/$defs/{kind.__name__}"}
    origin, inner = get_origin(kind), get_args(kind)
    if origin is UnionType:
        return {
            "anyOf": [{"type": "null"}, *(_schema(part, known) for part in inner if part is not NoneType)]
        }
    if origin is tuple and inner[-1] is Ellipsis:
        return {"type": "array", "items": _schema(inner[0], known)}
    if origin is tuple:
        parts = [_schema(part, known) for part in inner]
        return {"type": "array", "prefixItems": parts, "minItems": len(parts), "maxItems": len(parts)}
    return {"type": TYPES[kind], **FORMATS.get(kind, {})}
