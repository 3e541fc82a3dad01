"""For the machine that watches: whether the process lives, and whether the installation does what it is for."""

import datetime
import logging
from collections.abc import Callable
from functools import cached_property

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import caches
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from kombu.connection import Connection

from records.happened import KNOWN
from records.models import Event

from . import daily, failures
from .lib import scanner
from .models import JobRun, Stage
from .stage import on_stage

log = logging.getLogger(__name__)
LAST = 500  # events, of which a new verb is told
NIGHT = datetime.timedelta(hours=26)  # a day's jobs have begun by then, or nobody runs them


@login_not_required
def health(_request: HttpRequest) -> HttpResponse:
    """Liveness: the process answers. It asks nobody else, so that a database that is away restarts no web."""
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
def readiness(_request: HttpRequest) -> HttpResponse:
    """Readiness: a line for each part, and 503 where one fails. It tells which part, never why: the log does."""
    asked = Asked()
    lines = [(name, _told(check, asked)) for name, check in CHECKS.items()]
    text = "".join(f"{name}: {told}\n" for name, told in lines)
    ready = all(told.startswith("ok") for _name, told in lines)
    answer = HttpResponse(text, status=200 if ready else 503, content_type="text/plain; charset=utf-8")
    answer["Cache-Control"] = "no-store"
    return answer


class Asked:
    """One asking: what several parts need is read once."""

    @cached_property
    def stage(self) -> Stage:
        with on_stage() as stage:
            return stage


def _told(check: Callable[[Asked], str], asked: Asked) -> str:
    """What the check says; one that breaks, however it breaks, has failed, and the log has why."""
    try:
        return check(asked) or "ok"
    except Exception:
        log.exception("The part %s does not answer", check.__name__)
        return "fel: svarar inte"


def _database(_asked: Asked) -> str:
    """It can be written to. A lock asks for that and leaves nothing: a database that is only read refuses it."""
    try:
        with transaction.atomic():
            Stage.objects.select_for_update().first()
    except DatabaseError:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return "fel: kan läsas men inte skrivas"
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT has_table_privilege(%s, 'INSERT')", [Event._meta.db_table])
            (may,) = cursor.fetchone()
        return "" if may else "fel: kontot får inte skriva"
    return ""


def _stage(asked: Asked) -> str:
    """It can be read, and production is on no rehearsal: else it raises."""
    _ = asked.stage
    return ""


def _migrations(_asked: Asked) -> str:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"fel: {len(missing)} migreringar återstår" if missing else ""


def _queue(_asked: Asked) -> str:
    if not settings.CELERY_BROKER_URL.startswith("redis"):
        return ""
    seconds = settings.REDIS_SECONDS
    options = {"socket_timeout": seconds, "socket_connect_timeout": seconds}
    with Connection(settings.CELERY_BROKER_URL, transport_options=options) as broker:  # type: ignore[no-untyped-call]  # kombu says nothing of its types
        broker.ensure_connection(max_retries=1, timeout=seconds, interval_start=0)
    return ""


def _counts(_asked: Asked) -> str:
    """Tries to log in are counted together by all processes."""
    there = getattr(caches["default"], "is_there", None)
    return "" if there is None or there() else "fel: varje process räknar inloggningsförsök för sig"


def _jobs(asked: Asked) -> str:
    """The latest run of each, and that somebody runs them."""
    runs = list(JobRun.objects.latest_of_each())
    failed = sorted(run.job for run in runs if run.error)
    if failed:
        return f"fel: {', '.join(failed)}"
    if asked.stage.rehearsal:
        return ""  # the days are stepped by hand
    night = max((run.started_at for run in runs if run.job != daily.SWEEP), default=None)
    if night is None or timezone.now() - night > NIGHT:
        return "fel: nattens jobb har inte körts"
    return ""


def _errors(_asked: Asked) -> str:
    """How many of the last hour, and whether they are too many."""
    count = failures.errors_of_the_hour()
    if not count:
        return ""
    return f"{'fel:' if count >= failures.MANY else 'ok,'} {count} den senaste timmen"


def _trail(_asked: Asked) -> str:
    """Whether this version knows what happened last: what it does not, another version wrote. All of it is the nightly proof's."""
    verbs = set(Event.objects.order_by("-pk").values_list("verb", flat=True)[:LAST]) - KNOWN.keys()
    return f"fel: okända händelser ({', '.join(sorted(verbs))})" if verbs else ""


def _scanner(_asked: Asked) -> str:
    return "" if scanner.answers() else "fel: svarar inte, filer tas inte emot"


CHECKS = {
    "databas": _database,
    "driftläge": _stage,
    "migreringar": _migrations,
    "kö": _queue,
    "inloggningsförsök": _counts,
    "jobb": _jobs,
    "felsidor": _errors,
    "händelser": _trail,
    "virusskanner": _scanner,
}
