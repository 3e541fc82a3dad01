"""Roles offered to people of other parties: nobody is added to a party who has not said yes."""

from dataclasses import replace

from django.db import transaction
from django.urls import reverse

from actors.models import Actor, User
from actors.roles import Role, roles_of
from actors.subject import Subject
from digikoord.lib import clock, lifecycle, locks
from digikoord.lib.constraints import save
from digikoord.lib.verdict import Refused
from duties.actions import notices, single_letters
from duties.models import Purpose
from records.actions import audit

from .. import permissions
from ..models import MembershipOffer


@locks.part_of_act
def offer(actor: Actor, person: User, *, by: User, email: str, name: str, role: str) -> MembershipOffer:
    """Ask the person to take the role. It gives no right, and tells the party nothing of the person, before the answer."""
    require_role(actor, role)
    row = save(
        MembershipOffer(person=person, actor=actor, role=role, email=email.lower(), name=name, offered_by=by)
    )
    audit.record("membership.offered", row, by=by, role=row.get_role_display())
    text = f"{actor} vill ge dig rollen {row.get_role_display()}. Den gäller när du har tackat ja."
    _tell_the_person(row, text)
    return row


def _tell_the_person(row: MembershipOffer, text: str) -> None:
    """In the app, and in the day's letter; a letter of its own to whoever is nobody anywhere. The party that asks sees neither."""
    url = reverse("access:offer_list")
    notices.tell_people([row.person], text=text, url=url)
    if not row.person.memberships.valid_on(clock.today()).exists():
        title = "En roll i digikoord väntar på ditt svar"
        single_letters.lay_up(Purpose.MATTER, recipient=row.person, title=title, text=text, url=url)


def require_role(actor: Actor, role: str) -> None:
    if role not in roles_of(actor.kind):
        raise Refused(f"{actor} är {actor.get_kind_display()} och kan inte ha rollen {Role(role).label}.")


class _Unseen:
    """The offer as the trail tells of it where the party reads nothing: who says no stays unknown to whoever asked."""

    def __init__(self, row: MembershipOffer) -> None:
        self.row = row

    def subject(self) -> Subject:
        return replace(self.row.subject(), holder="")


@transaction.atomic
def decline(row: MembershipOffer, *, by: User) -> MembershipOffer:
    """The person says no."""
    row = locked(row)
    permissions.can_answer_offer(by, row).require()
    close(row, "decline")
    audit.record("membership.declined", _Unseen(row), by=by, role=row.get_role_display())
    return row


@transaction.atomic
def withdraw(row: MembershipOffer, *, by: User) -> MembershipOffer:
    """The party takes it back."""
    row = locked(row)
    permissions.can_administer(by, row.actor).require()
    close(row, "withdraw")
    audit.record("membership.offer_withdrawn", row, by=by, role=row.get_role_display())
    return row


@locks.part_of_act
def locked(row: MembershipOffer) -> MembershipOffer:
    rows = MembershipOffer.objects.select_for_update(of=("self",))
    return rows.select_related("actor", "person", "offered_by").get(pk=row.pk)


@locks.part_of_act
def close(row: MembershipOffer, move: str) -> MembershipOffer:
    """It has been answered, or taken back."""
    lifecycle.advance(row, move)
    row.ended_on = clock.today()
    return save(row)
