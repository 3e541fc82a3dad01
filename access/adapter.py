"""How people log in: nobody lets themselves in, tries are counted, and a device that has been here is remembered."""

import datetime

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from actors.models import User
from digikoord.lib import tries

from . import devices
from .actions import passwords


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """People are invited by their party's administrator; nobody lets themselves in."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: str) -> None:
        """Let the try in, or say how long to wait. A wait says nothing of whether the account exists."""
        self.counted = devices.counts_of(request, credentials.get("email", ""))
        wait = tries.admit(*self.counted)
        if wait:
            raise ValidationError(_slowly(wait))

    def authenticate(self, request: HttpRequest, **credentials: str) -> User | None:
        """The person whose password it is, or None."""
        person: User | None = super().authenticate(request, **credentials)
        if person:
            tries.forgive(*self.counted)
        return person

    def post_login(self, request: HttpRequest, user: User, **named: object) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **named)
        devices.remember(request, response, user)
        return response

    @transaction.atomic
    def set_password(self, user: User, password: str) -> None:
        """Changed by whoever knows the old one: no link opens afterwards."""
        passwords.chosen(user, password)


def _slowly(seconds: int) -> str:
    at = timezone.localtime() + datetime.timedelta(seconds=seconds)
    return (
        f"Fel lösenord har skrivits för många gånger. Vänta {seconds} {'sekund' if seconds == 1 else 'sekunder'} och försök igen, "
        f"tidigast kl. {at:%H:%M:%S}. På en enhet där du har loggat in förut behöver du inte vänta på andras försök, och du kan "
        "alltid välja ett nytt lösenord genom en länk till din e-post."
    )
