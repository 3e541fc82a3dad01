"""The request as every view meets it: whoever asks has logged in."""

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from actors.models import User


class Request(HttpRequest):
    """For annotations only: `access` lets nobody else in, but Django's own type cannot know."""

    user: "User"
