"""Addresses that letters come back from: known, seen to by somebody, and corrected."""

from django.db import transaction

from actors.models import User
from digikoord.lib import clock, lifecycle, locks, queue
from digikoord.lib.constraints import save
from digikoord.lib.verdict import Refused
from duties.actions import bounces, links, obligations
from duties.lifecycle.letter import Status
from duties.models import Letter, Purpose
from duties.models.letter import message_id
from records.actions import audit

from .. import permissions, selectors


@transaction.atomic
def bounce(letter: Letter, *, by: User, reason: str) -> Letter:
    """An administrator has seen that the letter came back."""
    row = _locked(letter)
    permissions.can_tell_of_bounce(by, row, selectors.parties_of(row)).require()
    return bounces.came_back(row, reason, by=by)


@transaction.atomic
def report_bounce(letter: Letter, *, reason: str) -> Letter:
    """The post's own report that the letter could not be delivered, read by the machine."""
    return bounces.came_back(_locked(letter), reason, by=User.objects.system())


def _locked(letter: Letter) -> Letter:
    return (
        Letter.objects.select_for_update(of=("self",)).select_related("recipient", "party").get(pk=letter.pk)
    )


@transaction.atomic
def correct(person: User, *, by: User, email: str) -> User:
    """The address is another, or works again: what came back from it is sent once more.

    Another address of somebody who decides or pays is proposed to a second person (`address_changes`).
    """
    row = User.objects.select_for_update().get(pk=person.pk)
    permissions.can_correct_address(by, row).require()
    if email.lower() != row.email and permissions.is_changed_by_two(row):
        raise Refused(
            f"Adressen till {row.name} ändras av två personer. Föreslå den, så bekräftar en annan person."
        )
    before = row.email
    give(row, email)
    audit.record("person.address_corrected", row, by=by, before=before, after=row.email)
    return row


@locks.part_of_act
def give(person: User, email: str) -> None:
    """The person's address is this one, and works. Links that went to another open nothing."""
    before, person.email = person.email, email.lower()
    person.bounced_address, person.bounced_on, person.bounce_reason = "", None, ""
    save(person)
    if before != person.email:
        links.end_all(person)
    obligations.close(bounces.KIND, person)
    returned = person.letters.filter(status=Status.BOUNCED, address=before)
    # A link, and a word about the old address, are not for the new one
    returned = returned.filter(purpose__in=(Purpose.DAY, Purpose.MATTER)).select_for_update(of=("self",))
    for letter in returned.select_related("recipient"):
        _put_back(letter)


@transaction.atomic
def requeue(letter: Letter, *, by: User) -> Letter:
    """Try the letter once more, to the address the person has now."""
    row = _locked(letter)
    permissions.can_see_to_letter(by, selectors.parties_of(row)).require()
    permissions.address_works(row.recipient).require()
    _put_back(row)
    audit.record("letter.requeued", row, by=by, address=row.address)
    queue.later("actors.send_letters")
    return row


def _put_back(letter: Letter) -> Letter:
    lifecycle.advance(letter, "requeue")
    letter.address = letter.recipient.email if letter.recipient else letter.address
    letter.attempts, letter.next_try_at = 0, clock.now()
    # What comes back from the first sending must not be read as said of this one.
    letter.message_id, letter.sent_at, letter.last_error = message_id(), None, ""
    return save(letter)
