"""Claims of secrecy (sekretessmarkering): what they keep out of the compilation, other actors' sight and open data.

A claim is the actor's warning, not a decision: whether a document may be handed out is examined when somebody asks
(offentlighets- och sekretesslagen 2009:400). Those who handle the report read all of it.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import TYPE_CHECKING

from . import fields

if TYPE_CHECKING:
    from programmes.programme_file.shape import ProgrammeFile

    from .content import Content


MARK = "[Uppgiften är sekretessmarkerad.]"
ATTACHMENT = "attachment-"


def claims(content: Content) -> dict[str, str]:
    """{key: the reason given}"""
    return content.get("secrecy", {})


def claimable(definition: ProgrammeFile, year: int, content: Content) -> tuple[fields.Field, ...]:
    """The fields that a claim can be made for: all but what the grant itself paid."""
    return tuple(
        field
        for field in fields.catalogue(definition, year, content)
        if not (field.kind == "money" and field.path[-1] == "grant")
    )


def is_claimed(content: Content, key: str) -> bool:
    return fields.is_within(key, claims(content))


def forget(content: Content, key: str) -> None:
    """Claim no longer what is gone: the field, or all that is part of it."""
    content["secrecy"] = {
        one: why for one, why in claims(content).items() if not fields.is_within(one, [key])
    }


def claims_of_initiative(content: Content, number: int) -> dict[str, str]:
    """{field, or "" of the whole: why}"""
    whole = f"{fields.ALL_INITIATIVES}-{number}"
    return {
        key.removeprefix(whole).removeprefix("-"): why
        for key, why in claims(content).items()
        if fields.is_within(key, [whole])
    }


def claim_initiative(content: Content, number: int, marks: Mapping[str, str]) -> None:
    """The inverse of `claims_of_initiative`."""
    whole = f"{fields.ALL_INITIATIVES}-{number}"
    content.setdefault("secrecy", {}).update(
        {f"{whole}-{name}" if name else whole: why for name, why in marks.items()}
    )


def masked(content: Content, definition: ProgrammeFile, year: int) -> Content:
    """The content that anybody may read. A whole initiative that is claimed is gone; a claimed text says so; a claimed
    figure is missing, so no sum counts it."""
    keys = claims(content)
    if not keys:
        return content
    shown = copy.deepcopy(content)
    shown["secrecy"] = {}
    shown["initiatives"] = [
        row for row in shown["initiatives"] if f"{fields.ALL_INITIATIVES}-{row['id']}" not in keys
    ]
    shown["attachments"] = [pk for pk in shown.get("attachments", ()) if f"{ATTACHMENT}{pk}" not in keys]
    for field in fields.catalogue(definition, year, shown):
        if field.key in keys and fields.value(shown, field):
            fields.put(shown, field, _hidden(field))
    return shown


def _hidden(field: fields.Field) -> fields.Kept:
    if field.kind in ("text", "line"):
        return MARK
    hidden: dict[str, fields.Kept] = {"several": [], "yes": False}
    return hidden.get(field.kind, "")
