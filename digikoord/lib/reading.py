"""What a page told of the rows it is about, in short: sent back with the confirmation, so that nothing else is confirmed."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Protocol, cast

from django.db.models import BinaryField, Model
from django.http import QueryDict

CHANGED = (
    "Uppgifterna har ändrats sedan du läste sidan. De som står här är de som gäller nu. "
    "Läs dem och bekräfta igen."
)
# What is of the person's coming and going, not of the matter
ASIDE = {"last_login", "password"}


class Listed(Protocol):
    """A row of a mass act; of another page it has no key."""

    key: object


def mark(row: object) -> str:
    """A row of a table by its columns, a row of a mass act by what it says."""
    if isinstance(row, Model):
        told: list[object] = [
            (field.attname, row.__dict__[field.attname])
            for field in row._meta.concrete_fields
            if field.attname in row.__dict__
            and field.attname not in ASIDE
            and not isinstance(field, BinaryField)  # a file has its SHA-256 beside it, and no text of its own
        ]
    else:
        told = [getattr(row, name, None) for name in ("label", "amount", "note")]
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


def mark_of(context: Mapping[str, object]) -> str:
    """Of all rows that the page is about."""
    rows = [
        mark(value)
        for _, value in sorted(context.items(), key=lambda item: item[0])
        if isinstance(value, Model)
    ]
    return hashlib.sha256("".join(rows).encode()).hexdigest()[:16] if rows else ""


def is_as_read(posted: QueryDict, context: Mapping[str, object]) -> bool:
    """Whether all is as it was on the page that is confirmed; of a mass act the chosen rows. True where no page was read."""
    if posted.get("as_read", "") not in ("", mark_of(context)):
        return False
    chosen = set(posted.getlist("rows"))
    return all(
        posted.get(f"as_read-{row.key}", "") in ("", mark(row))
        for row in cast(Iterable[Listed], context.get("rows", ()))
        if str(getattr(row, "key", "")) in chosen
    )
