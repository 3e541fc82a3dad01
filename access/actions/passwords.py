"""A forgotten password: a letter with a link, asked for by whoever knows the address; and the password that it ends in."""

import datetime

from django.db import transaction
from django.db.models import Q

from actors.models import User
from digikoord.lib import clock, locks, queue
from digikoord.lib.verdict import Refused
from duties.actions import links, single_letters
from duties.lifecycle.letter import Status
from duties.models import Letter, Link, Purpose

# A link that was sent so lately is not made void by a new one: else a stranger could keep somebody out by asking again and again.
FRESH = datetime.timedelta(minutes=10)


@transaction.atomic
def ask_for_link(email: str) -> None:
    """Queue a letter with a link to whoever has the address. The same is done, and undone, where nobody has."""
    person = User.objects.select_for_update().filter(email__iexact=email, is_active=True).first()
    recipient = person or User.objects.system()
    wanted = not _on_its_way(recipient) and person is not None
    with transaction.atomic():
        single_letters.lay_up(Purpose.PASSWORD, recipient=recipient)
        if not wanted:
            transaction.set_rollback(True)
    if not wanted:
        queue.later("actors.send_letters")


def _on_its_way(person: User) -> bool:
    """Whether an earlier letter waits to be sent, or has come so lately that its link is to be used."""
    fresh = Q(status=Status.SENT, sent_at__gt=clock.now() - FRESH)
    asked = Letter.objects.filter(recipient=person, purpose=Purpose.PASSWORD)
    return asked.filter(fresh | Q(status=Status.QUEUED)).exists()


@transaction.atomic
def choose(link: Link, password: str) -> User:
    """Whoever opened the link chooses a password: once."""
    good = (
        Link.objects.good()
        .select_for_update(of=("self",))
        .filter(pk=link.pk)
        .select_related("person")
        .first()
    )
    if good is None:
        raise Refused("Länken gäller inte längre. Be om en ny.")
    chosen(good.person, password)
    return good.person


@locks.part_of_act
def chosen(person: User, password: str) -> None:
    """The person has a new password, and no link opens any more."""
    person.set_password(password)
    person.save(update_fields=["password"])
    links.end_all(person)
