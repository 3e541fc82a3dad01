"""A letter that came back: known, and somebody's to see to."""

from actors.models import User
from actors.roles import OWING, Role
from digikoord.lib import clock, lifecycle, locks
from digikoord.lib.constraints import save
from records.actions import audit

from ..models import Letter
from . import notices, obligations, unheard

KIND = "correct_address"


@locks.part_of_act
def came_back(letter: Letter, reason: str, *, by: User) -> Letter:
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


def _tell_the_sender(letter: Letter) -> None:
    """A letter to an address that has no person: its party's administrators are told, for nobody else would know."""
    if letter.party:
        text = f"Ett brev kom tillbaka från {letter.address}: {letter.title or letter.get_purpose_display()}."
        notices.tell(letter.party, Role.ADMINISTRATOR, text=text, url=letter.get_absolute_url())


@locks.part_of_act
def owe(person: User) -> None:
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
