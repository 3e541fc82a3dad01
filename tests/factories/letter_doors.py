"""The doors of letters and of what one is told; of the machine, and who has a role."""

from access.actions import address_changes, addresses, memberships
from actors.models import Membership
from actors.roles import Role
from digikoord.rehearsal.people import person
from duties.models import Letter

from .doors import Door, door, of
from .duty_doors import DOORS

__all__ = ["DOORS"]


@door("access:letter_list")
def ministry(cast):
    return Door({"code": cast.programme.ministry.code})


@door("access:letter_list | the actor's")
def party(cast):
    holder = cast.assignment("14").holder
    return Door({"code": holder.code}, holder)


def _letter(cast):
    """A letter that was sent to the ministry's official."""
    return Letter.objects.filter(recipient=cast.official(), status="sent").latest("pk")


@door("access:letter_detail", "access:letter_bounce")
def sent(cast):
    return of(_letter(cast))


@door("access:letter_detail | the actor's")
def sent_for_the_actor(cast):
    holder = cast.assignment("14").holder
    row = Letter.objects.filter(recipient=cast.signatory(holder), status="sent").latest("pk")
    return of(row, holder)


@door("access:letter_requeue")
def bounced_elsewhere(cast):
    """It came back from an address that the person has left since."""
    row = _letter(cast)
    addresses.report_bounce(row, reason="550 5.1.1 okänd mottagare")
    row.recipient.refresh_from_db()
    type(row.recipient).objects.filter(pk=row.recipient_id).update(bounced_address="")
    return of(row)


@door("access:address_correct")
def bouncing(cast):
    """The ministry's own official, whose address its administrator sees to."""
    addresses.report_bounce(_letter(cast), reason="550 5.1.1 okänd mottagare")
    return of(cast.official())


@door("access:address_confirm", "access:address_reject")
def proposed(cast):
    """A new address for the official, by the ministry's only administrator: the secretariat confirms it."""
    addresses.report_bounce(_letter(cast), reason="550 5.1.1 okänd mottagare")
    admin = person("administrator", cast.programme.ministry.code)
    return of(address_changes.propose(cast.official(), by=admin, email="ny@prov.example"))


def _offer(cast):
    """A role at the actor, offered to the ministry's official."""
    holder = cast.assignment("14").holder
    admin = person("administrator", holder.code)
    email = cast.official().email
    return memberships.grant(holder, by=admin, email=email, name="Namn", role=Role.AUDITOR), holder


@door("access:offer_accept", "access:offer_decline", "access:offer_withdraw")
def offered(cast):
    return of(*_offer(cast))


@door("duties:notice_open")
def notice(cast):
    row = cast.official().notices.latest("pk")
    return Door({"pk": row.pk}, post={})


@door("duties:notice_choose", "access:offer_list", "jobs")
def choosing(cast):
    return Door()


@door("job_run_again")
def job(cast):
    return Door({"job": "remind"})


@door("duties:read_notices")
def reading(cast):
    return Door(post={})


@door("access:membership_end")
def membership(cast):
    return of(Membership.objects.get(user=cast.official()))
