"""The doors of letters and of what one is told; of the machine, and who has a role."""

from actors.actions import addresses
from actors.models import Letter, Membership

from .doors import Door, door, of
from .duty_doors import DOORS

__all__ = ["DOORS"]


@door("actors:letter_list")
def ministry(cast):
    return Door({"code": cast.programme.ministry.code})


@door("actors:letter_list | the actor's")
def party(cast):
    holder = cast.assignment("14").holder
    return Door({"code": holder.code}, holder)


def _letter(cast):
    """A letter that was sent to a signatory."""
    signatory = cast.signatory(cast.assignment("14").holder)
    return Letter.objects.filter(recipient=signatory, status="sent").latest("pk")


@door("actors:letter_detail", "actors:letter_bounce")
def sent(cast):
    return of(_letter(cast))


@door("actors:letter_requeue")
def bounced_elsewhere(cast):
    """It came back from an address that the person has left since."""
    row = _letter(cast)
    addresses.report_bounce(row, reason="550 5.1.1 okänd mottagare")
    row.recipient.refresh_from_db()
    type(row.recipient).objects.filter(pk=row.recipient_id).update(bounced_address="")
    return of(row)


@door("actors:address_correct")
def bouncing(cast):
    """The ministry's own auditor, whose address its administrator sees to."""
    row = Letter.objects.filter(recipient=cast.official()).latest("pk")
    addresses.report_bounce(row, reason="550 5.1.1 okänd mottagare")
    return of(cast.official())


@door("actors:notice_open")
def notice(cast):
    row = cast.official().notices.latest("pk")
    return Door({"pk": row.pk}, post={})


@door("actors:notice_choose", "jobs")
def choosing(cast):
    return Door()


@door("job_run_again")
def job(cast):
    return Door({"job": "remind"})


@door("actors:read_notices")
def reading(cast):
    return Door(post={})


@door("actors:membership_end")
def membership(cast):
    return of(Membership.objects.get(user=cast.official()))
