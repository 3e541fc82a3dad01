"""Conflicts of interest: declared, examined by another person, and lifted or left to stand."""

from django.db import transaction

from actors.lifecycle.succession import Status as SuccessionStatus
from actors.models import Actor, ConflictOfInterest, ConflictStep, Succession, User
from actors.roles import EXAMINING, Role
from actors.steps import Ground
from digikoord.lib import calendar, clock, locks
from digikoord.lib.constraints import save
from digikoord.lib.verdict import Refused
from duties.actions import notices, obligations
from records.actions import audit

from .. import permissions
from ..events.conflict import ConflictDeclared, ConflictLifted, ConflictStepLifted, ConflictUpheld
from ..selectors import Matter

EXAMINE = "examine_conflict"
# Working days, as for other handling: jäv is examined promptly (förvaltningslagen 18 §)
HANDLING_DAYS = 5
LADDER = [1, 0, -7]


@transaction.atomic
def declare(person: User, *, by: User, actor: Actor, reason: str) -> ConflictOfInterest:
    """From now on the person takes no part in the actor's matters, nor in those of its successors.

    Who examines such things has it to do.
    """
    permissions.can_declare_conflict(by, person).require()
    _alone(actor)
    if _is_declared(person, actor):
        raise Refused(f"Jäv är redan anmält för {actor}.")
    return _enter(person, by, actor=actor, reason=reason)


@locks.part_of_act
def carry_over(succession: Succession, *, by: User) -> None:
    """Whoever has a conflict for the predecessor has one for the successor, to be examined by itself.

    Called where the succession is registered, in its transaction.
    """
    _alone(succession.predecessor)
    for row in ConflictOfInterest.objects.open().filter(actor=succession.predecessor):
        _follow(row, succession.successor, by)


def _alone(actor: Actor) -> None:
    """A conflict is not declared for the actor while it is being succeeded."""
    Actor.objects.select_for_update(no_key=True).get(pk=actor.pk)


def _is_declared(person: User, actor: Actor) -> bool:
    return ConflictOfInterest.objects.open().filter(person=person, actor=actor).exists()


def _enter(
    person: User, by: User, *, actor: Actor, reason: str, follows: ConflictOfInterest | None = None
) -> ConflictOfInterest:
    row = ConflictOfInterest(person=person, actor=actor, reason=reason, declared_by=by, follows=follows)
    save(row)
    person.forget_ties()
    audit.record(ConflictDeclared(person=person, actor=actor, reason=reason), row, by=by)
    _ask_for_examination(row, by)
    for succession in Succession.objects.filter(predecessor=actor, status=SuccessionStatus.REGISTERED):
        _follow(row, succession.successor, by)
    return row


def _follow(row: ConflictOfInterest, successor: Actor, by: User) -> None:
    if not _is_declared(row.person, successor):
        reason = f"Följer av jävet för {row.actor}, som aktören efterträder. {row.reason}"
        _enter(row.person, by, actor=successor, reason=reason, follows=row)


def _ask_for_examination(row: ConflictOfInterest, by: User) -> None:
    """Tell all who may examine it; it is to be done by those of the first party where another may."""
    text = f"{row.person} har anmält jäv för {row.actor}."
    places = [(one.actor, role) for one in row.person.memberships_now for role in EXAMINING]
    places = list(dict.fromkeys(places))
    for party, role in places:
        notices.tell(party, role, text=text, url=row.get_absolute_url(), but=(by, row.person))
    able = [place for place in places if _others(*place, row.person)]
    for party, role in (able or places)[:1]:
        obligations.open(
            EXAMINE,
            row,
            label=f"Pröva jäv: {row.person}, {row.actor}"[:200],
            url=row.get_absolute_url(),
            debtor=party,
            role=role,
            barred=row.person,
            due=calendar.after_working_days(clock.today(), HANDLING_DAYS),
            ladder=LADDER,
            consequence="Aktörens ärenden handläggs av andra så länge jävet inte är prövat.",
        )


def _others(party: Actor, role: Role, person: User) -> bool:
    return User.objects.holding(role, party, clock.today()).exclude(pk=person.pk).exists()


@transaction.atomic
def lift(conflict: ConflictOfInterest, *, by: User, lift_reason: str) -> ConflictOfInterest:
    """Another person has examined it, and the person may take part again."""
    row = _examined(conflict, by)
    row.lifted_by, row.lifted_on, row.lift_reason = by, clock.today(), lift_reason
    save(row)
    audit.record(ConflictLifted(person=row.person, actor=row.actor, reason=lift_reason), row, by=by)
    _tell_outcome(row, "prövat och hävt")
    return row


@transaction.atomic
def uphold(conflict: ConflictOfInterest, *, by: User, uphold_reason: str) -> ConflictOfInterest:
    """Another person has examined it, and it stands. It may be lifted later, if things change."""
    row = _examined(conflict, by)
    permissions.is_unexamined(row).require()
    row.upheld_by, row.upheld_on, row.uphold_reason = by, clock.today(), uphold_reason
    save(row)
    audit.record(ConflictUpheld(person=row.person, actor=row.actor, reason=uphold_reason), row, by=by)
    _tell_outcome(row, "prövat och står kvar")
    return row


@transaction.atomic
def lift_step(
    conflict: ConflictOfInterest, *, by: User, matter: Matter, ground: str, reason: str
) -> ConflictStep:
    """Another person lets the person take one step in one matter, on one of two grounds. The conflict stands.

    `matter` is a selectors.Matter: the step, and what it is taken in.
    """
    row = ConflictOfInterest.objects.select_for_update(of=("self",)).get(pk=conflict.pk)
    permissions.can_lift_step(by, row).require()
    if row.lifted_on is not None:
        raise Refused(f"Jävet hävdes redan {row.lifted_on}.")
    if not matter.step.is_liftable:
        raise Refused("Jäv hävs aldrig för beslutet självt eller för pengar.")
    lift = ConflictStep(conflict=row, person=row.person, actor=row.actor, step=matter.step.code)
    lift.key, lift.label, lift.place, lift.year = matter.key, matter.label, matter.place, matter.year
    lift.ground, lift.reason, lift.decided_by = Ground(ground), reason, by
    save(lift)
    row.person.forget_ties()
    told = ConflictStepLifted(
        ground=lift.citation,
        reason=reason,
        person=row.person,
        actor=row.actor,
        step=matter.step.code,
        matter=matter.label,
    )
    audit.record(told, lift, by=by)
    text = f"Ditt anmälda jäv för {row.actor} är hävt för ett steg: {lift}."
    notices.tell_people([row.person], text=text, url=matter.url or row.get_absolute_url())
    return lift


def _examined(conflict: ConflictOfInterest, by: User) -> ConflictOfInterest:
    """The row, locked, where the person may examine it."""
    row = ConflictOfInterest.objects.select_for_update(of=("self",)).get(pk=conflict.pk)
    permissions.can_examine_conflict(by, row).require()
    if row.lifted_on is not None:
        raise Refused(f"Jävet hävdes redan {row.lifted_on}.")
    return row


def _tell_outcome(row: ConflictOfInterest, how: str) -> None:
    obligations.close(EXAMINE, row)
    text = f"Ditt anmälda jäv för {row.actor} är {how}."
    notices.tell_people([row.person], text=text, url=row.get_absolute_url())
