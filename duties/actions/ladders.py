"""Climbs the ladders: what is to be told today of the duties whose next step has come."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import cast

from django.db import transaction

from actors.models import User
from digikoord.lib import clock

from ..models import Notice, Obligation
from ..models.notice import NoticeKind
from . import notices, unheard

CHUNK = 500


def climb() -> int:
    """Tell the steps reached of every open duty; safe to run twice, and beside another. Returns the notices written.

    It costs what is due, not what exists: a duty says itself when it is to be looked at next.
    """
    unheard.close_heard()
    return sum(iter(_climb_some, None))


@transaction.atomic
def _climb_some() -> int | None:
    """The notices of a chunk of duties; None when none is left. What another has in hand is passed over."""
    today = clock.today()
    due = Obligation.objects.step_reached(today).order_by("next_step_on", "pk").select_related("debtor")
    duties = list(due.select_for_update(of=("self",), skip_locked=True)[:CHUNK])
    if not duties:
        return None
    hearers = User.objects.hearers({where for duty in duties for where in _heard_at(duty)}, today)
    rows = [row for duty in duties for row in _told(duty, hearers, today)]
    written = notices.write(rows)
    _note(duties)
    return written


def _note(duties: Iterable[Obligation]) -> None:
    """Keep how far each has come; those with the same days are written together."""
    groups: dict[tuple[int | None, datetime.date | None], list[int]] = {}
    for duty in duties:
        groups.setdefault((duty.told_step, duty.next_step_on), []).append(duty.pk)
    for (step, coming), keys in groups.items():
        Obligation.objects.filter(pk__in=keys).update(told_step=step, next_step_on=coming)


def _heard_at(duty: Obligation) -> Iterator[tuple[int, str]]:
    """(actor id, role) of everyone whom the duty's ladder names."""
    yield duty.debtor_id, duty.role
    for row in duty.escalations:
        yield row["actor"], row["role"]


def _told(
    duty: Obligation, hearers: Mapping[tuple[int, str], list[User]], today: datetime.date
) -> Iterator[Notice]:
    """One notice for each who is to hear; steps passed together are told as one, the latest."""
    reached = duty.steps_reached(today)
    told = [
        (duty.debtor_id, duty.role, NoticeKind.DUTY if duty.legal else NoticeKind.HANDLING, step)
        for step in _latest(reached, duty.ladder)
    ]
    for row in duty.escalations:
        told += [
            (row["actor"], row["role"], NoticeKind.ESCALATION, at) for at in _latest(reached, [row["at"]])
        ]
    duty.told_step = min(reached, default=duty.told_step)
    duty.next_step_on = duty.day_of_next_step(today)
    for actor, role, kind, step in told:
        people = [one for one in hearers.get((actor, role), ()) if one.pk != duty.barred_id]
        if kind != NoticeKind.ESCALATION:
            people = [one for one in people if one.pk == duty.given_to_id] or people
        if not people:
            unheard.owe(duty, actor, role)
        for person in people:
            yield _notice(duty, person, kind=kind, step=step, actor=actor)


def _latest(reached: Sequence[int], steps: Iterable[int]) -> list[int]:
    """[the latest of the steps that has been reached], or []."""
    return [min(set(reached) & set(steps))] if set(reached) & set(steps) else []


def _notice(duty: Obligation, person: User, *, kind: NoticeKind, step: int, actor: int) -> Notice:
    escalated = kind == NoticeKind.ESCALATION
    return Notice(
        recipient=person,
        party_id=actor,
        kind=kind,
        obligation=duty,
        due=duty.act_by,
        step=step,
        text=notices.one_line(late(duty) if escalated else sentence(duty)),
        consequence="" if escalated else duty.consequence,
        url=duty.about_url or duty.url if escalated else duty.url,
    )


def sentence(duty: Obligation) -> str:
    """The duty and how long there is, in words."""
    where = f", {duty.place_label}" if duty.place_label else ""
    return f"{duty.label}{where}: {_when(duty)}."


def late(duty: Obligation) -> str:
    """For those whom it has come to: who owes what, since when."""
    where = f", {duty.place_label}" if duty.place_label else ""
    state = "är försenad" if _days_left(duty) < 0 else "är inte klar"
    return f"{duty.debtor} {state} med ”{duty.label}”{where}: {_when(duty)}."


def _days_left(duty: Obligation) -> int:
    """Of a duty that has a day: without one there is no step to tell."""
    return cast(int, duty.days_left)


def _when(duty: Obligation) -> str:
    days = _days_left(duty)
    count = f"{abs(days)} {'dag' if abs(days) == 1 else 'dagar'}"
    if days < 0:
        return f"skulle ha varit klart {duty.act_by}, för {count} sedan"
    if days == 0:
        return "ska vara klart idag"
    return f"ska vara klart {duty.act_by}, om {count}"
