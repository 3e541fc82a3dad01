"""Reminders to those who have not answered their offer: previewed person by person, then written."""

from collections.abc import Collection

from django.db import transaction

from actors.models import User
from digikoord.lib.verdict import Refused
from duties.actions import notices
from programmes.models import Programme
from records.actions import audit

from .. import permissions
from ..models import Assignment
from ..selectors import answers
from ..selectors.answers import Reminder


@transaction.atomic
def remind_many(programme: Programme, *, by: User, offers: Collection[Assignment]) -> list[Reminder]:
    """Remind the signatories of each offer that is still open. All, or nobody when one has answered."""
    permissions.can_remind(by, programme).require()
    if not offers:
        raise Refused("Välj minst ett erbjudande.")
    return [_remind(row, by) for row in sorted(offers, key=lambda row: (row.place_id, row.pk))]


def _remind(assignment: Assignment, by: User) -> Reminder:
    row = Assignment.objects.locked(assignment)
    permissions.can_remind(by, row).require()
    if not row.can("accept"):
        raise Refused(f"{row.holder} har hunnit svara. Läs sidan på nytt.")
    letter = answers.reminders([row])[0]
    if not letter.people:
        raise Refused(f"{row.holder} har ingen behörig företrädare att påminna.")
    notices.tell_people(letter.people, text=letter.text, url=row.letter_url)
    audit.record(
        "assignment.reminded", row, by=by, people=[f"{one.name} <{one.email}>" for one in letter.people]
    )
    return letter
