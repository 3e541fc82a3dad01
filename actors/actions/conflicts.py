"""Conflicts of interest: declared, examined by another person, and lifted or left to stand."""

from django.db import transaction

from digikoord.lib import clock
from digikoord.lib.constraints import save
from digikoord.lib.verdict import Refused

from .. import permissions
from ..models import ConflictOfInterest
from ..roles import EXAMINING
from . import audit, notices


@transaction.atomic
def declare(person, *, by, actor, reason):
    """From now on the person takes no part in the actor's matters. Who examines such things is told."""
    permissions.can_declare_conflict(by, person).require()
    if ConflictOfInterest.objects.open().filter(person=person, actor=actor).exists():
        raise Refused(f"Jäv är redan anmält för {actor}.")
    row = save(ConflictOfInterest(person=person, actor=actor, reason=reason, declared_by=by))
    person.forget_ties()
    audit.record("conflict.declared", row, by=by, person=person, actor=actor, reason=reason)
    text = f"{person} har anmält jäv för {actor}."
    for party in {one.actor for one in person.memberships_now}:
        for role in EXAMINING:
            notices.tell(party, role, text=text, url=row.get_absolute_url(), but=(by, person))
    return row


@transaction.atomic
def lift(conflict, *, by, lift_reason):
    """Another person has examined it, and the person may take part again."""
    row = ConflictOfInterest.objects.select_for_update(of=("self",)).get(pk=conflict.pk)
    permissions.can_lift_conflict(by, row).require()
    if row.lifted_on is not None:
        raise Refused(f"Jävet hävdes redan {row.lifted_on}.")
    row.lifted_by, row.lifted_on, row.lift_reason = by, clock.today(), lift_reason
    save(row)
    audit.record("conflict.lifted", row, by=by, person=row.person, actor=row.actor, reason=lift_reason)
    text = f"Ditt anmälda jäv för {row.actor} är prövat och hävt."
    notices.tell_people([row.person], text=text, url=row.get_absolute_url())
    return row
