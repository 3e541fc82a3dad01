"""Addresses that letters come back from: known, seen to by somebody, and corrected."""

from django.db import transaction

from digikoord.lib import clock, lifecycle, locks, queue
from digikoord.lib.constraints import save
from digikoord.lib.verdict import Refused

from .. import permissions, selectors
from ..lifecycle.letter import Status
from ..models import Letter, Purpose, User
from ..models.letter import message_id
from ..roles import OWING, Role
from . import audit, links, notices, obligations, unheard

KIND = "correct_address"


@transaction.atomic
def bounce(letter, *, by, reason):
    """An administrator has seen that the letter came back."""
    row = _locked(letter)
    permissions.can_tell_of_bounce(by, row, selectors.parties_of(row)).require()
    return came_back(row, reason, by=by)


@transaction.atomic
def report_bounce(letter, *, reason):
    """The post's own report that the letter could not be delivered, read by the machine."""
    return came_back(_locked(letter), reason, by=User.objects.system())


def _locked(letter):
    return (
        Letter.objects.select_for_update(of=("self",)).select_related("recipient", "party").get(pk=letter.pk)
    )


@locks.part_of_act
def came_back(letter, reason, *, by):
    """The letter has bounced: no more is sent to the address until somebody has corrected it."""
    lifecycle.advance(letter, "bounce")
    letter.last_error = reason[:300]
    save(letter)
    audit.record("letter.bounced", letter, by=by, address=letter.address, reason=reason[:300])
    person = letter.recipient
    if person is None:
        _tell_the_sender(letter)
    elif letter.address == person.email and not person.address_bounces:
        person.bounced_address, person.bounced_on = letter.address, clock.today()
        person.bounce_reason = reason[:300]
        save(person)
        owe(person)
    return letter


def _tell_the_sender(letter):
    """A letter to an address that has no person: its party's administrators are told, for nobody else would know."""
    if letter.party:
        text = f"Ett brev kom tillbaka från {letter.address}: {letter.title or letter.get_purpose_display()}."
        notices.tell(letter.party, Role.ADMINISTRATOR, text=text, url=letter.get_absolute_url())


@locks.part_of_act
def owe(person):
    """Somebody's task, where the person has a role that owes."""
    held = person.memberships.valid_on(clock.today()).filter(role__in=OWING).select_related("actor")
    membership = held.order_by("pk").first()
    if membership is None:
        return
    debtor, role = unheard.carer(membership.actor, but=person)
    if debtor is None:
        return
    obligations.open(
        KIND,
        person,
        label=f"Rätta e-postadressen till {person.name}, {membership.actor}"[:200],
        url=person.address_url,
        debtor=debtor,
        role=role,
        due=clock.today(),
        ladder=[0, -7],
        consequence="Personen får inga påminnelser med e-post förrän adressen är rättad.",
    )


@transaction.atomic
def correct(person, *, by, email):
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
def give(person, email):
    """The person's address is this one, and works. Links that went to another open nothing."""
    before, person.email = person.email, email.lower()
    person.bounced_address, person.bounced_on, person.bounce_reason = "", None, ""
    save(person)
    if before != person.email:
        links.end_all(person)
    obligations.close(KIND, person)
    returned = person.letters.filter(status=Status.BOUNCED, address=before)
    # A link, and a word about the old address, are not for the new one
    returned = returned.filter(purpose__in=(Purpose.DAY, Purpose.MATTER)).select_for_update(of=("self",))
    for letter in returned.select_related("recipient"):
        _put_back(letter)


@transaction.atomic
def requeue(letter, *, by):
    """Try the letter once more, to the address the person has now."""
    row = _locked(letter)
    permissions.can_see_to_letter(by, selectors.parties_of(row)).require()
    permissions.address_works(row.recipient).require()
    _put_back(row)
    audit.record("letter.requeued", row, by=by, address=row.address)
    queue.later("actors.send_letters")
    return row


def _put_back(letter):
    lifecycle.advance(letter, "requeue")
    letter.address = letter.recipient.email if letter.recipient else letter.address
    letter.attempts, letter.next_try_at = 0, clock.now()
    # What comes back from the first sending must not be read as said of this one.
    letter.message_id, letter.sent_at, letter.last_error = message_id(), None, ""
    return save(letter)
