"""Where a granted day (anstånd) is written: on the duty, and on the row whose own day the duty follows."""

import datetime
from typing import cast

from django.db.models import Model

from actors.models import User
from digikoord.lib import locks
from digikoord.lib.locks import Locking

from ..kinds import CARRIED
from ..models import Extension, Obligation
from . import obligations


@locks.part_of_act
def locked(extension: Extension) -> Extension:
    """The request, locked after what giving it moves, in the order of the acts that end the duty."""
    duty = extension.obligation
    if duty.kind in CARRIED:
        rows = cast(Locking[Model], CARRIED[duty.kind].model._default_manager)
        rows.locked(rows.get(pk=_key(duty)))
    obligations.locked(duty)
    return Extension.objects.locked(extension)


def _key(duty: Obligation) -> int:
    return int(duty.key.split(":")[1])


@locks.part_of_act
def give(extension: Extension, *, by: User, due: datetime.date, reason: str, legal_basis: str = "") -> None:
    """Move the day. What is owed by a claim or an offer is moved there, and the duty follows."""
    duty = extension.obligation
    if duty.kind not in CARRIED:
        obligations.extend(duty, due)
    else:
        CARRIED[duty.kind].move(_key(duty), by=by, due=due, reason=reason, legal_basis=legal_basis)
