"""A later day (anstånd): asked for by the debtor, granted or refused by whoever may, with a reason.

A request ends with the duty it is about, if nobody has decided on it.
"""

import datetime
from typing import cast

from django.db import transaction

from actors.models import Actor, User
from actors.roles import Role
from digikoord.lib import clock, lifecycle, locks
from digikoord.lib.constraints import save
from digikoord.lib.verdict import Refused
from records.actions import audit

from .. import extending, kinds
from ..duty import Duty
from ..events.extension import (
    ExtensionAsked,
    ExtensionGranted,
    ExtensionLapsed,
    ExtensionRefused,
    ExtensionWithdrawn,
)
from ..models import Extension, Obligation
from . import extended_days, notices, obligations
from .obligations import owe


@transaction.atomic
def ask(duty: Obligation, *, by: User, wanted: datetime.date, reason: str) -> Extension:
    """Ask for another last day. Whoever may give it has it to decide."""
    duty = obligations.locked(duty)
    extending.can_ask(by, duty).require()
    if duty.extensions.asked().exists():
        raise Refused("En begäran om anstånd väntar redan på beslut.")
    if wanted <= _last_day(duty):
        raise Refused(f"Ni har redan tid till och med {duty.act_by}. Välj en senare dag.")
    if wanted < clock.today():
        raise Refused("Den önskade dagen har redan passerat.")
    _require_within_reach(duty, wanted)
    row = save(
        Extension(
            obligation=duty, before=cast(datetime.date, duty.due), wanted=wanted, reason=reason, asked_by=by
        )
    )
    audit.record(ExtensionAsked(before=duty.due, due=wanted, reason=reason), row, by=by)
    owe("decide_extension", row, role=duty.extender_role, parent=duty)
    text = f"{duty.debtor} begär anstånd till {wanted}: {duty.label}."
    notices.tell(_extender(duty), duty.extender_role, text=text, url=row.get_absolute_url(), but=[by])
    return row


def _last_day(duty: Obligation) -> datetime.date:
    """Of a duty that may be given a later one: it has one."""
    return cast(datetime.date, duty.act_by)


def _extender(duty: Obligation) -> Actor:
    """Of a duty that may be given a later day: somebody may give it."""
    return cast(Actor, duty.extender)


def _require_within_reach(duty: Obligation, day: datetime.date) -> None:
    """A year at a time, our own limit: what is later than that is a slip of the hand."""
    last = max(_last_day(duty), clock.today()) + datetime.timedelta(days=366)
    if day > last:
        raise Refused(f"Anstånd ges med högst ett år åt gången, till och med {last}.")


@transaction.atomic
def grant(
    extension: Extension, *, by: User, due: datetime.date, reason: str, legal_basis: str = ""
) -> Extension:
    """Give the day asked for, or another. The duty's reminders begin anew."""
    row = extended_days.locked(extension)
    extending.can_decide(by, row).require()
    lifecycle.advance(row, "grant")
    if due <= _last_day(row.obligation) or due < clock.today():
        raise Refused(f"Den nya dagen ligger efter {max(_last_day(row.obligation), clock.today())}.")
    _require_within_reach(row.obligation, due)
    _decided(row, by, reason)
    row.due = due
    save(row)
    extended_days.give(row, by=by, due=due, reason=reason, legal_basis=legal_basis)
    audit.record(ExtensionGranted(before=row.before, due=due, wanted=row.wanted, reason=reason), row, by=by)
    obligations.close("decide_extension", row)
    _tell_debtor(row, f"Anstånd beviljat till {row.last.day}", by)
    return row


@transaction.atomic
def refuse(extension: Extension, *, by: User, reason: str) -> Extension:
    """The duty's day stands."""
    row = extended_days.locked(extension)
    extending.can_decide(by, row).require()
    lifecycle.advance(row, "refuse")
    _decided(row, by, reason)
    save(row)
    audit.record(ExtensionRefused(before=row.before, wanted=row.wanted, reason=reason), row, by=by)
    obligations.close("decide_extension", row)
    _tell_debtor(row, f"Begäran om anstånd avslagen, {row.obligation.act_by} gäller", by)
    return row


@transaction.atomic
def withdraw(extension: Extension, *, by: User) -> Extension:
    """The debtor no longer asks."""
    row = extended_days.locked(extension)
    extending.can_withdraw(by, row).require()
    lifecycle.advance(row, "withdraw")
    save(row)
    audit.record(ExtensionWithdrawn(wanted=row.wanted), row, by=by)
    obligations.void("decide_extension", row, "Begäran är återtagen.")
    duty = row.obligation
    text = f"{duty.debtor} har återtagit sin begäran om anstånd: {duty.label}."
    notices.tell(_extender(duty), duty.extender_role, text=text, url=row.get_absolute_url(), but=[by])
    return row


@locks.part_of_act
def lapse(waiting: Obligation) -> Extension:
    """The duty whose later day was asked for has ended. `waiting` is the duty to decide; called where the first ends."""
    row = Extension.objects.locked(Extension.objects.get(pk=int(waiting.key.split(":")[1])))
    lifecycle.advance(row, "lapse")
    save(row)
    audit.record(ExtensionLapsed(wanted=row.wanted), row, by=User.objects.system())
    obligations.void("decide_extension", row, "Skyldigheten som begäran gällde har upphört.")
    return row


def _decided(row: Extension, by: User, reason: str) -> None:
    row.decided_by, row.decided_on, row.decision_reason = by, clock.today(), reason


def _tell_debtor(row: Extension, what: str, by: User) -> None:
    """Whoever asked, and whoever owes it, each once."""
    duty = row.obligation
    text, url = f"{what}: {duty.label}.", row.get_absolute_url()
    told = [by, *notices.tell_people([row.asked_by], text=text, url=url)]
    for role in extending.ASKING:
        told += notices.tell(duty.debtor, role, text=text, url=url, but=told)


kinds.hand_down(
    {
        "decide_extension": Duty(
            "Avgör begäran om anstånd",
            Role.OFFICIAL,
            lambda row: row.obligation.extender,
            lambda row: row.get_absolute_url(),
            service="extension",
            first="asked_by",
        ),
    }
)
kinds.ENDS_WITH_ANOTHER["decide_extension"] = lapse
