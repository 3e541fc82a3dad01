"""People and their roles. Nobody gives a role to oneself; nothing is deleted, it ends."""

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from actors.models import Actor, Membership, User
from digikoord.lib import clock, locks
from digikoord.lib.constraints import save
from digikoord.lib.verdict import Refused
from duties.actions import obligations, unheard
from records.actions import audit

from .. import permissions
from ..models import MembershipOffer
from . import offers


@transaction.atomic
def grant(
    actor: Actor, *, by: User, email: str, name: str, role: str, title: str = ""
) -> Membership | MembershipOffer:
    """Give somebody of the party the role from today; an unknown person is laid up, and one of another party is offered it.

    Returns the Membership, or the MembershipOffer that waits for the person's yes.
    """
    permissions.can_administer(by, actor).require()
    person = User.objects.filter(email__iexact=email).first()
    if (
        person
        and person.pk != by.pk
        and not person.memberships.valid_on(clock.today()).filter(actor=actor).exists()
    ):
        return offers.offer(actor, person, by=by, email=email, name=name, role=role)
    return lay_up(actor, by=by, email=email, name=name, role=role, title=title)


@transaction.atomic
def invite(actor: Actor, *, email: str, name: str, role: str, title: str = "") -> Membership:
    """The same by the operator of the installation, in the name of the system: the first user."""
    return lay_up(actor, by=User.objects.system(), email=email, name=name, role=role, title=title)


@locks.part_of_act
def lay_up(actor: Actor, *, by: User, email: str, name: str, role: str, title: str) -> Membership:
    offers.require_role(actor, role)
    person = User.objects.filter(email__iexact=email).first()
    if person is None:
        person = User.objects.create_user(email, name, title=title)
    if person.pk == by.pk:
        raise Refused("Du kan inte ge dig själv en behörighet. En annan administratör gör det.")
    return begin(actor, person, role, by=by)


@locks.part_of_act
def begin(actor: Actor, person: User, role: str, *, by: User) -> Membership:
    """The person has the role from today."""
    row = save(Membership(user=person, actor=actor, role=role, valid_from=clock.today(), granted_by=by))
    unheard.fill(actor, role)
    import_string(settings.WHEN_A_ROLE_CHANGES)(actor, role)
    audit.record("membership.granted", row, by=by, person=person, role=row.get_role_display())
    return row


@transaction.atomic
def accept(offer: MembershipOffer, *, by: User) -> Membership:
    """The person says yes: the role is theirs from today."""
    row = offers.locked(offer)
    permissions.can_answer_offer(by, row).require()
    if not by.is_active:
        raise Refused("Ditt konto är avslutat.")
    row.membership = begin(row.actor, row.person, row.role, by=row.offered_by)
    offers.close(row, "accept")
    audit.record("membership.accepted", row.membership, by=by, role=row.get_role_display())
    return row.membership


@transaction.atomic
def end(membership: Membership, *, by: User) -> Membership:
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
