"""Where a granted day (anstånd) is written: on the duty, and on the row whose own day the duty follows."""

from digikoord.lib import locks

from ..kinds import CARRIED
from ..models import Extension
from . import obligations


@locks.part_of_act
def locked(extension):
    """The request, locked after what giving it moves, in the order of the acts that end the duty."""
    duty = extension.obligation
    if duty.kind in CARRIED:
        model = CARRIED[duty.kind].model
        model.objects.locked(model.objects.get(pk=_key(duty)))
    obligations.locked(duty)
    return Extension.objects.locked(extension)


def _key(duty):
    return int(duty.key.split(":")[1])


@locks.part_of_act
def give(extension, *, by, due, reason, legal_basis=""):
    """Move the day. What is owed by a claim or an offer is moved there, and the duty follows."""
    duty = extension.obligation
    if duty.kind not in CARRIED:
        return obligations.extend(duty, due)
    return CARRIED[duty.kind].move(_key(duty), by=by, due=due, reason=reason, legal_basis=legal_basis)
