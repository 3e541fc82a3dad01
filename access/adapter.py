"""How people log in: nobody lets themselves in, tries are counted, and a device that has been here is remembered."""

import datetime

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from digikoord.lib import tries

from . import devices
from .actions import passwords


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        """People are invited by their party's administrator; nobody lets themselves in."""
        return False

    def pre_authenticate(self, request, **credentials):
        """Let the try in, or say how long to wait. A wait says nothing of whether the account exists."""
        self.counted = devices.counts_of(request, credentials.get("email", ""))
        wait = tries.admit(*self.counted)
        if wait:
            raise ValidationError(_slowly(wait))

    def authenticate(self, request, **credentials):
        """The person whose password it is, or None."""
        person = super().authenticate(request, **credentials)
        if person:
            tries.forgive(*self.counted)
        return person

    def post_login(self, request, user, **named):
        response = super().post_login(request, user, **named)
        devices.remember(request, response, user)
        return response

    @transaction.atomic
    def set_password(self, user, password):
        """Changed by whoever knows the old one: no link opens afterwards."""
        passwords.chosen(user, password)


def _slowly(seconds):
    at = timezone.localtime() + datetime.timedelta(seconds=seconds)
    return (
        f"Fel lösenord har skrivits för många gånger. Vänta {seconds} {'sekund' if seconds == 1 else 'sekunder'} och försök igen, "
        f"tidigast kl. {at:%H:%M:%S}. På en enhet där du har loggat in förut behöver du inte vänta på andras försök, och du kan "
        "alltid välja ett nytt lösenord genom en länk till din e-post."
    )
