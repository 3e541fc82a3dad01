"""A secret address that a calendar program reads a person's days at."""

import secrets

from django.db import transaction

from actors.models import User
from digikoord.lib import clock
from digikoord.lib.constraints import save
from digikoord.lib.verdict import Refused
from records.actions import audit

from ..models import CalendarAddress
from ..models.calendar_address import digest


@transaction.atomic
def make(*, by: User) -> str:
    """A new address for oneself; the old one ceases to answer. Returns the token, which is kept nowhere."""
    User.objects.select_for_update().get(pk=by.pk)
    _revoke(by)
    token = secrets.token_urlsafe(32)
    row = save(CalendarAddress(person=by, sha256=digest(token)))
    audit.record("calendar_address.made", row, by=by)
    return token


@transaction.atomic
def revoke(*, by: User) -> None:
    """The address answers nobody any more."""
    User.objects.select_for_update().get(pk=by.pk)
    if not _revoke(by):
        raise Refused("Du har ingen kalenderadress.")


def _revoke(person: User) -> int:
    rows = list(CalendarAddress.objects.filter(person=person, revoked_at__isnull=True))
    for row in rows:
        row.revoked_at = clock.now()
        save(row)
        audit.record("calendar_address.revoked", row, by=person)
    return len(rows)
