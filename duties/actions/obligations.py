"""Opens and closes what people owe. Called by the acts, in their transaction."""

import datetime
from collections.abc import Iterable
from typing import TypedDict, Unpack

from django.db.models import QuerySet

from actors.models import Actor, User
from actors.roles import Role
from actors.subject import HasSubject
from digikoord.lib import calendar, clock, locks
from digikoord.lib.calendar import LAW, LastDay
from digikoord.lib.verdict import Refused
from programmes.models import Matter, Programme
from programmes.programme_file import ProgrammeFile

from ..duty import Duty
from ..kinds import ENDS_WITH_ANOTHER, KINDS
from ..models import Obligation, Outcome


class Reminders(TypedDict, total=False):
    """How a duty is reminded of; `ladder` has the days left at each reminder, falling."""

    ladder: list[int]
    escalations: list[dict[str, object]]
    consequence: str
    legal: bool


class More(Reminders, total=False):
    """Further fields of Obligation."""

    extender: Actor | None
    extender_role: str
    limit: datetime.date | None
    parent: Obligation | None
    barred: User | None
    barred_id: int | None
    given_to: User | None


@locks.part_of_act
def open(
    kind: str,
    row: HasSubject,
    *,
    label: str,
    url: str,
    debtor: Actor | None,
    role: str,
    due: datetime.date | None,
    ground: str = LAW,
    **more: Unpack[More],
) -> Obligation:
    """Somebody now owes this. An open duty of the same kind for the same row is kept, its day moved.

    `due` is the decided day; a free day gives way to the next weekday on the `ground`, and holds where that is empty. `more` are further fields of Obligation; how it
    is reminded of is `ladder` (days left at each reminder, falling), `escalations`, `consequence`, `legal`.
    """
    subject = row.subject()
    act_by = LastDay(due, ground).day if due else None
    before = Obligation.objects.open().about(kind, subject.key).select_for_update().first()
    duty = before or Obligation(kind=kind, key=subject.key)
    # The same day again is no new ladder: what has been told of it stays told.
    told = before.told_step if before and before.act_by == act_by else None
    values: dict[str, object] = {
        "label": label,
        "url": url,
        "about_url": subject.url or url,
        "programme": subject.programme,
        "place": subject.place,
        "place_label": subject.place_label,
        "debtor": debtor,
        "role": role,
        "due": due,
        "act_by": act_by,
        "ground": ground,
        "told_step": told,
        "year": subject.year,
        **more,
    }
    if before and before.act_by != act_by:
        values |= {"moves": before.moves + 1, "changed_at": clock.now()}
    for name, value in values.items():
        setattr(duty, name, value)
    duty.next_step_on = duty.day_of_next_step(clock.today())
    duty.save()
    return duty


@locks.part_of_act
def move(programme: str, kinds: Iterable[str], *, before: datetime.date, due: datetime.date) -> int:
    """Move the programme's open duties of the kinds from the day `before` to `due`. Returns the number.

    A duty that was given a day of its own (an extension) keeps it.
    """
    rows = list(owed_on(programme, kinds, before).select_for_update())
    for duty in rows:
        _give(duty, due)
    return len(rows)


@locks.part_of_act
def extend(duty: Obligation, due: datetime.date) -> Obligation:
    """Give one open duty a day of its own; its ladder begins anew."""
    duty = locked(duty)
    if not duty.is_open:
        raise Refused("Skyldigheten har redan upphört.")
    return _give(duty, due)


@locks.part_of_act
def locked(duty: Obligation) -> Obligation:
    return Obligation.objects.select_for_update(of=("self",)).get(pk=duty.pk)


def _give(duty: Obligation, due: datetime.date) -> Obligation:
    duty.due, duty.act_by, duty.told_step = due, LastDay(due, duty.ground).day, None
    duty.next_step_on = duty.day_of_next_step(clock.today())
    duty.moves, duty.changed_at = duty.moves + 1, clock.now()
    duty.save(update_fields=["due", "act_by", "told_step", "next_step_on", "moves", "changed_at"])
    return duty


@locks.part_of_act
def give(kind: str, row: HasSubject, person: User | None) -> None:
    """The open duty about the row is this person's among those who hold its role; with None nobody's in particular."""
    Obligation.objects.open().about(kind, row.subject().key).update(given_to=person)


@locks.part_of_act
def take_back(person: User, actor: Actor) -> None:
    """What was given to the person at the actor is nobody's in particular again."""
    Obligation.objects.open().filter(given_to=person, debtor=actor).update(given_to=None)


def day_of(kind: str, row: HasSubject) -> datetime.date | None:
    """The day of the open duty about the row, or None: who looks again each night gives nobody new days."""
    return Obligation.objects.open().about(kind, row.subject().key).values_list("due", flat=True).first()


def owed_on(programme: str, kinds: Iterable[str], day: datetime.date) -> QuerySet[Obligation]:
    """The programme's (a code) open duties of the kinds whose day it is."""
    return Obligation.objects.open().filter(programme=programme, kind__in=kinds, due=day)


@locks.part_of_act
def close(kind: str, row: HasSubject) -> None:
    """The duty is done. Closing one that is not open does nothing."""
    _end(kind, row, Outcome.DONE, "")


@locks.part_of_act
def void(kind: str, row: HasSubject, why: str) -> None:
    """The duty fell away, and why."""
    _end(kind, row, Outcome.VOID, why)


@locks.part_of_act
def void_all(programme: str, why: str) -> None:
    """Whatever somebody still owes in the programme (a code) falls away."""
    for kind, key in Obligation.objects.open().filter(programme=programme).values_list("kind", "key"):
        _end_where(kind, key, Outcome.VOID, why)


@locks.part_of_act
def close_by_key(kind: str, key: str) -> None:
    """The duty about what has no row of its own is done."""
    _end_where(kind, key, Outcome.DONE, "")


def _end(kind: str, row: HasSubject, outcome: Outcome, why: str) -> None:
    _end_where(kind, row.subject().key, outcome, why)


def _end_where(kind: str, key: str, outcome: Outcome, why: str) -> None:
    ended = Obligation.objects.about(kind, key)
    done = ended.open().update(closed_on=clock.today(), outcome=outcome, why=why, next_step_on=None)
    if done:
        for child in Obligation.objects.open().filter(parent__in=ended):
            ENDS_WITH_ANOTHER[child.kind](child)


@locks.part_of_act
def owe(
    kind: str,
    row: Matter,
    *,
    due: datetime.date | None = None,
    since: datetime.date | None = None,
    role: str | None = None,
    parent: Obligation | None = None,
    debtor: Actor | None = None,
    barred: int | None = None,
    programme: Programme | None = None,
) -> Obligation | None:
    """Open the duty for the row. Without `due`, its handling days are counted from today, or from `since` if that is later.

    `debtor`, `barred` (a person's id) and `programme` say what the table's row cannot know.
    """
    duty, programme = KINDS[kind], programme or row.programme
    if programme.ended_on:
        return None  # nobody owes anything in it
    definition = programme.definition
    if due is None and duty.service:
        days = definition.handling_days.get(duty.service, 5)
        due = calendar.after_working_days(max(clock.today(), since or clock.today()), days)
    extender, extender_role = duty.extender(row) if duty.extender else (None, "")
    return open(
        kind,
        row,
        label=duty.label.format(year=getattr(row, "year", ""), function=_function(definition)),
        url=duty.url(row),
        debtor=debtor or duty.debtor(row),
        role=role or (duty.role(row) if callable(duty.role) else duty.role),
        due=due,
        ground=definition.ground(duty.ladder),
        extender=extender,
        extender_role=extender_role,
        limit=duty.limit(row),
        parent=parent,
        barred_id=barred or (getattr(row, f"{duty.first}_id") if duty.first else None),
        **reminders(duty, programme),
    )


def _function(definition: ProgrammeFile) -> str:
    return definition.keeps.one if definition.keeps else ""


def reminders(duty: Duty, programme: Programme) -> Reminders:
    """How the duty is reminded of: its own ladder in the programme file, else that of handling, else not at all."""
    ladders = programme.definition.ladders
    ladder = ladders.get(duty.ladder) or (None if duty.ladder else ladders.get("handling"))
    if ladder is None:
        return {"ladder": [], "escalations": [], "consequence": "", "legal": bool(duty.ladder)}
    to = {
        "secretariat": (programme.secretariat_id, Role.CASE_OFFICER),
        "ministry": (programme.ministry_id, Role.OFFICIAL),
    }
    heard = [(row.at, *to[row.to]) for row in ladder.climbs]
    return {
        "ladder": list(ladder.steps),
        "escalations": [{"at": at, "actor": actor, "role": role.value} for at, actor, role in heard],
        "consequence": ladder.consequence,
        "legal": bool(duty.ladder),
    }
