"""People and their roles. Nobody gives a role to oneself; nothing is deleted, it ends."""

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from digikoord.lib import clock, locks
from digikoord.lib.constraints import save
from digikoord.lib.verdict import Refused

from .. import permissions
from ..models import Membership, User
from ..roles import Role, roles_of
from . import audit, obligations, unheard


@transaction.atomic
def grant(actor, *, by, email, name, role, title=""):
    """Give the person the role at the actor from today; an unknown person is laid up."""
    permissions.can_administer(by, actor).require()
    return lay_up(actor, by=by, email=email, name=name, role=role, title=title)


@transaction.atomic
def invite(actor, *, email, name, role, title=""):
    """The same by the operator of the installation, in the name of the system: the first user."""
    return lay_up(actor, by=User.objects.system(), email=email, name=name, role=role, title=title)


@locks.part_of_act
def lay_up(actor, *, by, email, name, role, title):
    if role not in roles_of(actor.kind):
        raise Refused(f"{actor} är {actor.get_kind_display()} och kan inte ha rollen {Role(role).label}.")
    person = User.objects.filter(email__iexact=email).first()
    if person is None:
        person = User.objects.create_user(email, name, title=title)
    if person.pk == by.pk:
        raise Refused("Du kan inte ge dig själv en behörighet. En annan administratör gör det.")
    row = save(Membership(user=person, actor=actor, role=role, valid_from=clock.today(), granted_by=by))
    unheard.fill(actor, role)
    import_string(settings.WHEN_A_ROLE_CHANGES)(actor, role)
    audit.record("membership.granted", row, by=by, person=person, role=row.get_role_display())
    return row


@transaction.atomic
def end(membership, *, by):
    """End the role today; what the person did stays."""
    row = Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
    permissions.can_end_membership(by, row).require()
    if row.valid_to is not None and row.valid_to <= clock.today():
        raise Refused("Behörigheten har redan upphört.")
    row.valid_to = clock.today()
    save(row)
    obligations.take_back(row.user, row.actor)
    import_string(settings.WHEN_A_ROLE_CHANGES)(row.actor, row.role)
    audit.record("membership.ended", row, by=by, person=row.user, role=row.get_role_display())
    return row
