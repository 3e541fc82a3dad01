"""The jobs of a day, in order. Each looks at the state of things, so one run catches up any number of days."""

from actors.actions import notices
from digikoord.lib import clock
from reporting.actions import compilations, ledger_checks, reports

from .models import JobRun

JOBS = (
    ("open-reports", reports.open_duties),
    ("open-compilations", compilations.open_duties),
    ("check-ledger", ledger_checks.check_all),
    ("remind", notices.remind),
    ("send-notices", notices.send_unsent),
)


def run(*, again=False, without=()):
    """Run today's jobs that have not been run, but those named in `without`. Returns {job: what it did}.

    What ran is written once all have: a job that is interrupted is run again, which it bears.
    """
    today = clock.today()
    done = set() if again else set(JobRun.objects.finished(today).values_list("job", flat=True))
    done |= set(without)
    ran = [_run(name, job, today) for name, job in JOBS if name not in done]
    JobRun.objects.bulk_create(
        ran,
        update_conflicts=True,
        unique_fields=["day", "job"],
        update_fields=["started_at", "finished_at", "count"],
    )
    return {row.job: row.count for row in ran}


def _run(name, job, today):
    started = clock.now()
    return JobRun(day=today, job=name, started_at=started, count=job(), finished_at=clock.now())
