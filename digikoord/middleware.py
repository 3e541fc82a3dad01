from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from django.http import HttpRequest, HttpResponse

from .stage import on_stage

if TYPE_CHECKING:
    from .stage import StagedRequest


# What the machine that watches asks for is answered whatever the database says.
WATCHED = ("/halsa/", "/beredskap/")


class RehearsalMiddleware:
    """Each request is handled on the stage's day, and knows whether it is a rehearsal."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path in WATCHED:
            return self.get_response(request)
        with on_stage() as stage:
            cast("StagedRequest", request).stage = stage
            return self.get_response(request)
