"""How an actor is represented: by one signatory alone, or by two jointly."""

from django.db import transaction

from actors.models import Actor, User
from digikoord.lib.constraints import save
from digikoord.lib.verdict import Refused
from records.actions import audit

from .. import permissions


@transaction.atomic
def require_signatures(actor: Actor, *, by: User, signatures_required: int) -> Actor:
    """Set how many signatories answer an offer together, from now on."""
    actor = Actor.objects.select_for_update().get(pk=actor.pk)
    permissions.can_administer(by, actor).require()
    if actor.signatures_required == signatures_required:
        raise Refused("Så är det redan.")
    actor.signatures_required = signatures_required
    save(actor)
    audit.record("actor.signing_rule_set", actor, by=by, count=signatures_required)
    return actor
