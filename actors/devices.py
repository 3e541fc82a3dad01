"""Devices that somebody has logged in on: a signed cookie of long life, bound to the account.

Whoever guesses from elsewhere shares one count with every other stranger; a device that knows the account has its own, so that
nobody is kept out of an account because somebody else guesses.
"""

import hashlib
import secrets

from django.conf import settings
from django.core import signing

from .models import User

COOKIE, SALT = "digikoord_enhet", "actors.devices"
SECONDS = 400 * 24 * 60 * 60  # as long as a browser keeps one
MOST = 8  # accounts of one device
FREE_HERE, FREE_OF_STRANGERS = 10, 5  # wrong tries a day before one must wait


def count_of(request, email: str) -> tuple[str, int]:
    """(whose count a try to log in as `email` belongs to, how many are free)"""
    device = _known(request)
    person = User.objects.filter(email__iexact=email).only("pk").first() if device else None
    own = device.get(str(person.pk)) if person else None
    if own:
        return f"tries:device:{own}", FREE_HERE
    return f"tries:strangers:{hashlib.sha256(email.lower().encode()).hexdigest()}", FREE_OF_STRANGERS


def remember(request, response, person: User) -> None:
    """From now on the device has a count of its own for the person's account."""
    known = _known(request)
    own = known.pop(str(person.pk), None) or secrets.token_urlsafe(16)
    kept = dict(list(known.items())[-(MOST - 1) :]) | {str(person.pk): own}
    response.set_cookie(
        COOKIE,
        signing.dumps(kept, salt=SALT),
        max_age=SECONDS,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def _known(request):
    """{person's key: the device's own name for the account}; nothing where the cookie is missing, old or not ours."""
    try:
        return signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=SECONDS)
    except signing.BadSignature:
        return {}
