"""A county asks for a later day, and the secretariat decides."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from duties.actions import extensions
from duties.models import Extension, Obligation

if TYPE_CHECKING:
    from .cast import Cast


def ask_later(cast: Cast, kind: str, *, year: int, code: str, wanted: datetime.date, reason: str) -> None:
    duties = Obligation.objects.open().filter(programme=cast.programme.code, place=code)
    duty = duties.select_related("debtor", "extender").get(kind=kind, year=year)
    extensions.ask(duty, by=cast.writer(duty.debtor), wanted=wanted, reason=reason)


def grant_later(cast: Cast, code: str, reason: str) -> None:
    """The day that was asked for."""
    row = _asked(cast, code)
    extensions.grant(row, by=cast.case_officer(), due=row.wanted, reason=reason)


def refuse_later(cast: Cast, code: str, reason: str) -> None:
    extensions.refuse(_asked(cast, code), by=cast.case_officer(), reason=reason)


def _asked(cast: Cast, code: str) -> Extension:
    return Extension.objects.asked().get(obligation__programme=cast.programme.code, obligation__place=code)
