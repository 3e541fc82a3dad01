"""Beat asks each hour, here each second: a day's jobs run once, a failed one is tried again, and a missed night is caught up."""

import datetime
import time

from celery.schedules import crontab
from django.conf import settings

from digikoord import daily

DAY = datetime.date(2019, 3, 20)
ONE = datetime.timedelta(days=1)
JOBS = len(daily.JOBS)


def test_production_asks_at_five_past_each_hour():
    assert crontab(minute=5) == settings.DAILY_SCHEDULE


def test_nights_are_asked_for_run_once_and_caught_up(installation):
    installation.hour = "1"
    installation.install(DAY)
    installation.start_beat()
    installation.wait_for_jobs(DAY, JOBS)
    time.sleep(2.5)  # two more hours: they find nothing left to do
    assert installation.ask("SELECT DISTINCT attempts FROM digikoord_jobrun") == [(1,)]
    installation.stop("beat")
    installation.at(DAY + 2 * ONE, hour=14)  # off for two nights, and back in the afternoon
    installation.start_beat()
    installation.wait_for_jobs(DAY + 2 * ONE, JOBS)
    days = "SELECT DISTINCT day FROM digikoord_jobrun ORDER BY day"
    assert installation.ask(days) == [(DAY,), (DAY + 2 * ONE,)]
    the_failed_is_tried_again(installation, DAY + 3 * ONE)


def the_failed_is_tried_again(installation, day):
    """A right that is missing for an hour: the job fails, and the next hour does it."""
    revoke, grant = ("{} INSERT ON reporting_ledgercheck {} digikoord_app",) * 2
    installation.manage("load_programme", "programmes/files/regional-digital-coordinators-2018.toml")
    installation.superuser(revoke.format("REVOKE", "FROM"))
    installation.at(day, hour=1)
    installation.wait_for_jobs(day, JOBS)
    failed = "SELECT job FROM digikoord_jobrun WHERE day = %s AND error <> ''"
    assert installation.ask(failed, day) == [("check-ledger",)]
    duty = "SELECT count(*) FROM actors_obligation WHERE kind = 'failed_job' AND closed_on IS NULL"
    assert installation.one(duty) == 1
    installation.superuser(grant.format("GRANT", "TO"))
    deadline = time.monotonic() + 30
    while installation.ask(failed, day):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert installation.one(duty) == 0
    assert (
        installation.one("SELECT attempts FROM digikoord_jobrun WHERE day = %s AND job = 'check-ledger'", day)
        > 1
    )
