"""A request as our views meet it: somebody is logged in, and htmx may have sent it. Said to the type checker alone."""

from typing import TYPE_CHECKING

from django.http import HttpRequest

from .models import User

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails


class Request(HttpRequest):
    user: User
    htmx: "HtmxDetails"
