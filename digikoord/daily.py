"""The jobs of a day, in order. Each looks at the state of things, so one run catches up any number of days."""

from actors.actions import notices
from digikoord.lib import clock
from reporting.actions import compilations, reports

from .models import JobRun

JOBS = (
    ("open-reports", reports.open_duties),
    ("open-compilations", compilations.open_duties),
    ("remind", notices.remind),
    ("send-notices", notices.send_unsent),
)


def run(*, again=False):
    """Run today's jobs that have not been run. Returns {job: what it did}."""
    today = clock.today()
    done = set() if again else set(JobRun.objects.finished(today).values_list("job", flat=True))
    return {name: _run(name, job, today) for name, job in JOBS if name not in done}


def _run(name, job, today):
    record, _ = JobRun.objects.update_or_create(
        day=today, job=name, defaults={"started_at": clock.now(), "finished_at": None}
    )
    record.count = job()
    record.finished_at = clock.now()
    record.save(update_fields=["count", "finished_at"])
    return record.count
