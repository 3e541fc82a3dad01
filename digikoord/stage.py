"""Where the clock stands: read once for each request, task and command."""

from contextlib import contextmanager, nullcontext

from django.apps import apps

from .lib import clock


@contextmanager
def on_stage():
    """Let the clock stand where the rehearsal does; without a rehearsal it is left as it is. Gives the stage."""
    stage = apps.get_model("digikoord", "Stage").current()
    with clock.standing_at(stage.today) if stage.rehearsal else nullcontext():
        yield stage
