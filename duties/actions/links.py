"""Secret ways in, made when they are handed over. The row keeps the digest; nobody can read the link out of it."""

import secrets

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.http import base36_to_int, int_to_base36

from actors.models import User
from digikoord.lib import clock, locks
from digikoord.lib.constraints import save

from ..models import Letter, Link


def new_key() -> str:
    """A secret of 256 bits, in letters that an address bears."""
    return secrets.token_urlsafe(32)


def address_of(person: User, key: str) -> str:
    """The address where the person chooses a password with the key."""
    kwargs = {"uidb36": int_to_base36(person.pk), "key": key}
    return settings.SITE_URL + reverse("account_reset_password_from_key", kwargs=kwargs)


@locks.part_of_act
def keep(person: User, key: str, *, letter: Letter | None = None) -> Link:
    """From now on the key opens; every earlier one of the person's is void."""
    end_all(person)
    return save(Link(person=person, letter=letter, digest=Link.digest_of(key)))


@locks.part_of_act
def end_all(person: User) -> None:
    """No link of the person's opens any more."""
    Link.objects.filter(person=person, ended_at__isnull=True).update(ended_at=clock.now())


@transaction.atomic
def hand_over(person: User) -> str:
    """The address of a new link, for the operator to give the person."""
    key = new_key()
    keep(person, key)
    return address_of(person, key)


def opened_by(uidb36: str, key: str) -> Link | None:
    """The person's good link that the key opens; None for any other."""
    try:
        pk = base36_to_int(uidb36)
    except ValueError:
        return None
    return Link.objects.good().of_key(key).filter(person=pk).select_related("person").first()


def still_good(pk: int | None) -> Link | None:
    """The link by its row, while it still opens; None of none."""
    if pk is None:
        return None
    return Link.objects.good().filter(pk=pk).select_related("person").first()
