"""A county asks for a later day, and the secretariat decides."""

from duties.actions import extensions
from duties.models import Extension, Obligation


def ask_later(cast, kind, year, code, wanted, reason):
    duties = Obligation.objects.open().filter(programme=cast.programme.code, place=code)
    duty = duties.select_related("debtor", "extender").get(kind=kind, year=year)
    extensions.ask(duty, by=cast.writer(duty.debtor), wanted=wanted, reason=reason)


def grant_later(cast, code, reason):
    """The day that was asked for."""
    row = _asked(cast, code)
    extensions.grant(row, by=cast.case_officer(), due=row.wanted, reason=reason)


def refuse_later(cast, code, reason):
    extensions.refuse(_asked(cast, code), by=cast.case_officer(), reason=reason)


def _asked(cast, code):
    return Extension.objects.asked().get(obligation__programme=cast.programme.code, obligation__place=code)
