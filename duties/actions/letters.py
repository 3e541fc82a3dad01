"""The letters: gathered once a day for each person, and tried until a server has taken them."""

import datetime
import time
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import cast

from django.conf import settings
from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery

from actors.models import User
from digikoord.lib import clock, lifecycle, locks, queue
from digikoord.lib.constraints import save

from ..lifecycle.letter import Status
from ..models import Letter, Notice
from . import bounces, envelopes, links

GATHERING = 5_001  # the advisory lock
CHUNK = 500
SECONDS = 40  # less than a task may take
LONGEST_WAIT = datetime.timedelta(hours=6)
MOST_ATTEMPTS = 20  # about three days


class Outcome(Enum):
    """What came of the next letter, where one was due."""

    SENT = "sent"
    NOT_SENT = "not sent"
    NONE_DUE = "none due"


def gather() -> int:
    """Lay up today's letter for everyone with something untold; safe to run twice. Returns the letters laid up.

    However many days the machine has stood still, each person gets one letter with all that still holds.
    """
    if not Notice.objects.without_letter().exists():
        return 0
    count = sum(iter(_gather_some, None))
    _leave_in_the_app()
    return count


@transaction.atomic
def _leave_in_the_app() -> None:
    """What no longer holds goes in no letter."""
    Notice.objects.without_letter().exclude(pk__in=Notice.objects.current()).update(app_only=True)


@transaction.atomic
def _gather_some() -> int | None:
    locks.in_turn(GATHERING, 0)
    today = clock.today()
    waiting = Notice.objects.current().without_letter()
    people = list(
        User.objects.told(today)
        .filter(pk__in=waiting.values("recipient"))
        .exclude(pk__in=Letter.objects.gathered().filter(day=today).values("recipient"))
        .exclude(pk__in=User.objects.bouncing())[:CHUNK]
    )
    if not people:
        return None
    parties = _told_for(waiting.filter(recipient__in=people))
    made = Letter.objects.bulk_create(
        Letter(recipient=person, address=person.email, party_id=parties.get(person.pk)) for person in people
    )
    todays = Letter.objects.gathered().filter(recipient=OuterRef("recipient"), day=today).values("pk")[:1]
    # Asked for first: in one statement PostgreSQL joins all notices with all of them, where it has not counted them yet.
    theirs = list(waiting.filter(recipient__in=people).values_list("pk", flat=True))
    Notice.objects.filter(pk__in=theirs).update(letter=Subquery(todays))
    _replace_older(people, today, todays)
    return len(made)


def _told_for(waiting: QuerySet[Notice]) -> dict[int, int | None]:
    """{person's id: the party that all they are to be told is for}, of those for whom it is one."""
    found: dict[int, set[int | None]] = {}
    for person, party in waiting.order_by().values_list("recipient", "party").distinct():
        found.setdefault(person, set()).add(party)
    return {person: next(iter(parties)) for person, parties in found.items() if len(parties) == 1}


def _replace_older(
    people: Sequence[User], today: datetime.date, todays: QuerySet[Letter, Mapping[str, object]]
) -> None:
    """An earlier letter that nobody has tried to send is not sent beside today's: its notices go in that."""
    old = (
        Letter.objects.gathered()
        .filter(recipient__in=people, day__lt=today, status=Status.QUEUED, attempts=0)
        .claimed()
    )
    for letter in old:
        letter.notices.update(letter=Subquery(todays))
        _drop(letter, "Innehållet skickas i ett senare brev.")


def _drop(letter: Letter, why: str) -> None:
    lifecycle.advance(letter, "drop")
    letter.last_error = why
    save(letter)


def send_due(seconds: float = SECONDS) -> int:
    """Send what is due until nothing is left or the time is up; what is left is queued. Returns the letters sent."""
    until, sent = time.monotonic() + seconds, 0
    with envelopes.Post() as post:
        while (outcome := _send_next(post)) is not Outcome.NONE_DUE:
            sent += outcome is Outcome.SENT
            if post.closed_because:
                _note_the_silence(post.closed_because)
                break
            if time.monotonic() > until:
                _ask_for_more()
                break
    return sent


@transaction.atomic
def _note_the_silence(why: str) -> None:
    Letter.objects.due().update(last_error=why)


@transaction.atomic
def _ask_for_more() -> None:
    queue.later("actors.send_letters")


@transaction.atomic
def _send_next(post: envelopes.Post) -> Outcome:
    """Send the letter that has waited longest. The row is locked while it is in flight.

    A worker killed between the server's yes and the commit leaves it queued: it is sent once more, with
    the same Message-ID. That is the only way to a double.
    """
    letter = Letter.objects.due().claimed().select_related("recipient").first()
    if letter is None:
        return Outcome.NONE_DUE
    envelope = envelopes.compose(letter)
    if isinstance(envelope, envelopes.Needless):
        _drop(letter, envelope.why)
        return Outcome.NOT_SENT
    letter.attempts += 1
    refusal = post.send(envelope.message)
    if refusal is None:
        _sent(letter, envelope)
        return Outcome.SENT
    if refusal.reached:
        _refused(letter, refusal)  # where nobody answered it was no attempt of this letter's
    return Outcome.NOT_SENT


def _sent(letter: Letter, envelope: envelopes.Envelope) -> None:
    """A server has taken it. Its link opens from now on, and no earlier one does."""
    lifecycle.advance(letter, "send")
    letter.sent_at, letter.last_error = clock.now(), ""
    save(letter)
    if envelope.key:
        links.keep(cast(User, letter.recipient), envelope.key, letter=letter)


def _refused(letter: Letter, refusal: envelopes.Refusal) -> None:
    letter.last_error = refusal.text[:300]
    if refusal.permanent:
        bounces.came_back(letter, refusal.text, by=User.objects.system())
        return
    if letter.attempts >= MOST_ATTEMPTS:
        lifecycle.advance(letter, "give_up")
    pause = datetime.timedelta(seconds=settings.LETTER_BACK_OFF_SECONDS)
    wait = min(pause * 2 ** (letter.attempts - 1), LONGEST_WAIT)
    letter.next_try_at = clock.now() + wait
    save(letter)
