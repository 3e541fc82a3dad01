"""A job that renders a compilation: a row first, so that no queue can lose it."""

from django.db.models import TextChoices

from digikoord.lib.lifecycle import Lifecycle, against, move


class Status(TextChoices):
    QUEUED = "queued", "I kö"
    RUNNING = "running", "Pågår"
    DONE = "done", "Klar"
    FAILED = "failed", "Misslyckad"


UNFINISHED = (Status.QUEUED, Status.RUNNING)

RENDERING = Lifecycle(
    "framställningen",
    Status,
    {
        # A worker that was killed leaves the row running; the next one starts it again.
        "start": move("Börja", UNFINISHED, Status.RUNNING),
        "finish": move("Bli klar", Status.RUNNING, Status.DONE),
        "fail": against("Misslyckas", Status.RUNNING, Status.FAILED),
    },
)
