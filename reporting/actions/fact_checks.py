"""Fact check (faktagranskning): each actor is sent its page of the compilation, and says whether it is right."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction

from digikoord.lib import clock, lifecycle, locks
from digikoord.lib.constraints import save
from digikoord.lib.plain import plain, sha256_of
from digikoord.lib.verdict import Refused
from duties.actions import obligations
from records.actions import audit

from .. import permissions
from ..duties import owe
from ..events.fact_check import (
    FactCheckAsked,
    FactCheckConfirmed,
    FactCheckHandled,
    FactCheckObjected,
    FactCheckWithdrawn,
)
from ..lifecycle.fact_check import Status
from ..models import CompilationVersion, FactCheck
from ..selectors.seats import seats_of

if TYPE_CHECKING:
    from actors.models import User
    from grants.models import Tranche

    from ..selectors.compiled import Seat


DUTIES = ("check_facts", "handle_objection")


@transaction.atomic
def ask_many(
    version: CompilationVersion, *, by: User, tranches: Iterable[Tranche], due: datetime.date
) -> list[FactCheck]:
    """Send the pages of the tranches' places, as they are now, to be checked by the day. All, or none where one of them
    is not approved."""
    version = CompilationVersion.objects.locked(version)
    permissions.can_compile(by, version.programme).require()
    lifecycle.can(version, "freeze").require()
    if due <= clock.today():
        raise Refused("Sista dagen att svara ligger efter idag.")
    seats = {seat.code: seat for seat in seats_of(version.year) if seat.approved and not seat.apart}
    return [_ask(version, row, seat=seats.get(row.place.code), by=by, due=due) for row in tranches]


def _ask(
    version: CompilationVersion, tranche: Tranche, *, seat: Seat | None, by: User, due: datetime.date
) -> FactCheck:
    permissions.can_ask_fact_check(by, tranche).require()
    if seat is None:
        raise Refused(f"Redovisningen från {tranche.holder} är inte godkänd. Läs sidan på nytt.")
    data = plain(seat)
    check = FactCheck(version=version, tranche=tranche, data=data, sha256=sha256_of(data), due=due)
    check.asked_by, check.asked_on = by, clock.today()
    save(check)
    audit.record(FactCheckAsked(due=due, sha256=check.sha256), check, by=by)
    owe("check_facts", check, due=due)
    return check


@transaction.atomic
def confirm(check: FactCheck, *, by: User) -> FactCheck:
    """The actor says that its page is right. A late answer is taken as long as the version is not established."""
    return _answer(check, by, "confirm", "")


@transaction.atomic
def object_(check: FactCheck, *, by: User, answer: str) -> FactCheck:
    """The actor says what is to be corrected."""
    check = _answer(check, by, "object", answer)
    owe("handle_objection", check)
    return check


def _answer(check: FactCheck, by: User, move: str, answer: str) -> FactCheck:
    check = FactCheck.objects.locked(check)
    permissions.can_answer_fact_check(by, check).require()
    lifecycle.advance(check, move)
    check.answer, check.answered_by, check.answered_on = answer, by, clock.today()
    save(check)
    late = clock.today() > check.act_by
    if move == "confirm":
        audit.record(FactCheckConfirmed(late=late), check, by=by)
    else:
        audit.record(FactCheckObjected(late=late, answer=answer), check, by=by)
    obligations.close("check_facts", check)
    return check


@transaction.atomic
def handle(check: FactCheck, *, by: User, handling: str) -> FactCheck:
    """The compiler has considered the objection, and says what came of it; the actor reads it."""
    check = FactCheck.objects.locked(check)
    permissions.can_handle_fact_check(by, check).require()
    lifecycle.advance(check, "handle")
    check.handling, check.handled_by, check.handled_on = handling, by, clock.today()
    save(check)
    audit.record(FactCheckHandled(handling=handling), check, by=by)
    obligations.close("handle_objection", check)
    return check


@transaction.atomic
def withdraw(check: FactCheck, *, by: User, reason: str) -> FactCheck:
    """Ask no longer: the page is another by now, or the answer is not needed."""
    check = FactCheck.objects.locked(check)
    permissions.can_handle_fact_check(by, check).require()
    return _withdraw(check, by, reason)


@locks.part_of_act
def end_unanswered(version: CompilationVersion, *, by: User) -> None:
    """What nobody has answered when the version is established is asked no longer; part of that act."""
    for check in version.fact_checks.filter(status=Status.ASKED).select_for_update(of=("self",)):
        _withdraw(check, by, "Sammanställningen är fastställd. Inget svar kom in.")


def _withdraw(check: FactCheck, by: User, reason: str) -> FactCheck:
    lifecycle.advance(check, "withdraw")
    save(check)
    audit.record(FactCheckWithdrawn(reason=reason), check, by=by)
    obligations.void("check_facts", check, reason)
    return check
