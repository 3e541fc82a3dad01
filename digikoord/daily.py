"""The jobs of a day, in order. Each looks at the state of things, so one run catches up any number of days."""

import logging
import traceback
from collections.abc import Callable, Collection
from contextlib import nullcontext
from dataclasses import dataclass

from django.db import connection, transaction

from digikoord.lib import clock, locks
from duties.actions import ladders, letters
from grants.actions import bank_deposits, bank_details, budget_decisions, charges, missing_people
from overview.actions import ledger_checks
from reporting.actions import compilations, reports

from . import failures
from .models import JobRun

log = logging.getLogger(__name__)
RUNNING = 5_002  # the advisory lock: one scheduler at a time
KEPT = 4_000  # characters of an error
MINUTE = 5  # past each hour
SWEEP = "sweep"


@dataclass(frozen=True)
class Job:
    """`does` tells a person what it is for, `counted` what its number counts."""

    name: str
    do: Callable[[], int | None]
    does: str
    counted: str
    page: str = ""  # of a programme, where the result is read


JOBS = (
    Job(
        "open-budgets",
        budget_decisions.open_duties,
        "Öppnar skyldigheten att registrera riksdagens beslut",
        "öppnade skyldigheter",
    ),
    Job(
        "open-charges",
        charges.open_duties,
        "Öppnar skyldigheten att besluta vilket anslag ett avslutat års medel belastar",
        "årsbelopp som väntar",
    ),
    Job("open-reports", reports.open_duties, "Öppnar skyldigheten att redovisa", "öppnade skyldigheter"),
    Job("open-compilations", compilations.open_duties, "Öppnar sammanställningens rum", "öppnade rum"),
    Job(
        "look-for-people",
        missing_people.look_at_all,
        "Ser efter om någon saknas för att betalningar ska bli klara",
        "betalningar som saknar någon",
    ),
    Job(
        "look-for-bank-details",
        bank_details.look_at_all,
        "Ser efter om myndighetens bankuppgifter räcker för det som ska betalas",
        "program som väntar",
    ),
    Job(
        "look-for-lines",
        bank_deposits.look_at_all,
        "Ser efter om rader i bankens filer väntar på att redas ut",
        "filer med rader som väntar",
    ),
    Job("check-ledger", ledger_checks.check_all, "Kontrollerar böckerna", "avvikelser", "overview:ledger"),
    Job("remind", ladders.climb, "Påminner enligt trapporna", "påminnelser"),
    Job("gather-letters", letters.gather, "Lägger upp dagens brev, ett per person", "brev"),
    Job("send-letters", letters.send_due, "Skickar breven", "skickade brev"),
)
SWEPT = "Letar upp det en kö kan ha tappat"


def titles() -> dict[str, str]:
    """{job's name: what it is for}, the sweeper's too."""
    return {job.name: job.does for job in JOBS} | {SWEEP: SWEPT}


def run(
    *, again: Collection[str] = (), without: Collection[str] = (), strict: bool = False
) -> dict[str, int]:
    """Run today's jobs that have not been run, and those named in `again`, but those in `without`.

    Returns {job: what it did}. A job that fails stops no other: its error is kept and it is tried at the next run,
    unless `strict` says that nobody would look. Two at once: the second does nothing.
    """
    today = clock.today()
    with locks.alone(RUNNING) as alone:
        if not alone:
            return {}
        before = {row.job: row for row in JobRun.objects.filter(day=today)}
        done = {name for name, row in before.items() if row.is_done} - set(again) | set(without)
        rows = [
            _kept(job.name, job.do, before.get(job.name), strict=strict)
            for job in JOBS
            if job.name not in done
        ]
    return {row.job: row.count for row in rows if not row.error}


def perform(name: str, do: Callable[[], int | None], *, strict: bool = False) -> JobRun:
    """Do it, and keep what became of it as today's run."""
    return _kept(name, do, JobRun.objects.filter(day=clock.today(), job=name).first(), strict=strict)


def _kept(name: str, do: Callable[[], int | None], before: JobRun | None, *, strict: bool) -> JobRun:
    """`before` is today's earlier run of it, or None."""
    row = JobRun(
        day=clock.today(), job=name, started_at=clock.now(), attempts=1 + (before.attempts if before else 0)
    )
    # In the player's own transaction a failure undoes the job alone; a strict one undoes the day.
    guard = transaction.atomic() if connection.in_atomic_block and not strict else nullcontext()
    try:
        with guard:
            row.count = do() or 0
    except Exception:
        if strict:
            raise
        log.exception("The job %s failed", name)
        row.error = traceback.format_exc()[-KEPT:]
    row.finished_at = clock.now()
    values = ["started_at", "finished_at", "count", "error", "attempts"]
    with transaction.atomic():
        JobRun.objects.bulk_create(
            [row], update_conflicts=True, unique_fields=["day", "job"], update_fields=values
        )
        failures.follow(row, titles().get(name, name))
    return row
