"""Devices that somebody has logged in on: a signed cookie of long life, bound to the account.

Whoever guesses from elsewhere shares one count with every other stranger; a device that knows the account has its own, so that
nobody is kept out of an account because somebody else guesses.
"""

import hashlib
import secrets

from allauth.core.internal.ratelimit import get_ip
from django.conf import settings
from django.core import signing
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from actors.models import User
from digikoord.lib.tries import Count

COOKIE, SALT = "digikoord_enhet", "access.devices"
SECONDS = 400 * 24 * 60 * 60  # as long as a browser keeps one
MOST_ACCOUNTS = 8  # accounts of one device
# (wrong tries a day before one must wait, seconds that one waits at the most)
HERE = (10, 10)
FROM_AN_ADDRESS = (5, 60)
OF_STRANGERS = (20, 10)  # all together: no more than 8 660 a day


def counts_of(request: HttpRequest, email: str) -> tuple[Count, ...]:
    """Where a try to log in as `email` is counted: the device's own count, or the strangers' of the account.

    Each address has its share of the strangers' turns, so that one that never stops trying does not take them all.
    """
    device = _known(request)
    person = User.objects.filter(email__iexact=email).only("pk").first() if device else None
    own = device.get(str(person.pk)) if person else None
    if own:
        return (Count(f"tries:device:{own}", *HERE),)
    account = f"tries:strangers:{hashlib.sha256(email.lower().encode()).hexdigest()}"
    return Count(f"{account}:{_address(request)}", *FROM_AN_ADDRESS), Count(account, *OF_STRANGERS)


def _address(request: HttpRequest) -> str:
    """Who stands before our proxies, as told by them; of IPv6 the network, for a machine has as many addresses as it likes."""
    try:
        return hashlib.sha256(get_ip(request).encode()).hexdigest()[:16]
    except (ImproperlyConfigured, PermissionDenied):
        return "unknown"


def remember(request: HttpRequest, response: HttpResponseBase, person: User) -> None:
    """From now on the device has a count of its own for the person's account."""
    known = _known(request)
    own = known.pop(str(person.pk), None) or secrets.token_urlsafe(16)
    kept = dict(list(known.items())[-(MOST_ACCOUNTS - 1) :]) | {str(person.pk): own}
    response.set_cookie(
        COOKIE,
        signing.dumps(kept, salt=SALT),
        max_age=SECONDS,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def _known(request: HttpRequest) -> dict[str, str]:
    """{person's key: the device's own name for the account}; nothing where the cookie is missing, old or not ours."""
    try:
        known: dict[str, str] = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=SECONDS)
        return known
    except signing.BadSignature:
        return {}
