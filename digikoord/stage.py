"""Where the clock stands: read once for each request, task and command."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from .lib import clock

if TYPE_CHECKING:
    from actors.request import Request

    from .models import Stage

    class StagedRequest(Request):
        """One that knows whether it is of a rehearsal."""

        stage: Stage


@contextmanager
def on_stage() -> Iterator[Stage]:
    """Let the clock stand where the rehearsal does; without a rehearsal it is left as it is. Gives the stage."""
    stage = apps.get_model("digikoord", "Stage").current()
    if settings.PRODUCTION and stage.rehearsal:
        raise ImproperlyConfigured("Databasen är en övning och får inte användas i produktion.")
    with clock.standing_at(stage.today) if stage.rehearsal else nullcontext():
        yield stage
