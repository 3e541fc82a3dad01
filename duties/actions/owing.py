"""Makes somebody owe what the table of the kind says: of whom, in which role, by when, and how it is reminded of."""

import datetime

from actors.models import Actor
from actors.roles import Role
from digikoord.lib import calendar, clock, locks
from programmes.models import Matter, Programme
from programmes.programme_file import ProgrammeFile

from ..duty import Duty
from ..kinds import KINDS
from ..models import Obligation
from . import obligations


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
    return obligations.open(
        kind,
        row,
        label=duty.label.format(year=getattr(row, "year", ""), function=_function(definition)),
        url=duty.url(row),
        debtor=debtor or duty.debtor(row),
        role=role or duty.role,
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


def reminders(duty: Duty, programme: Programme) -> obligations.Reminders:
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
