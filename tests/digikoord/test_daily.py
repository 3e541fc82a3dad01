"""The jobs of a day: each once, a failure alone, and a page that tells of it."""

import datetime

import pytest
from django.test import Client

from actors.roles import Role
from digikoord import daily, reruns
from digikoord.daily import Job
from digikoord.lib import clock
from digikoord.lib.clock import standing_at
from digikoord.models import JobRun, RehearsalMark, Stage
from digikoord.rehearsal.people import person
from duties.actions import ladders
from duties.models import Notice, Obligation
from reporting.actions import compilations
from reporting.models import Compilation
from tests import databases


@pytest.fixture
def jobs(committed, monkeypatch):
    """Three jobs of the test's own; the middle one fails until it is mended."""
    done = []

    class Jobs(list):
        broken = True

    def fails():
        done.append("b")
        if Jobs.broken:
            raise ValueError("trappan saknas")
        return 2

    rows = (
        Job("a", lambda: done.append("a"), "Gör a", "a"),
        Job("b", fails, "Gör b", "b"),
        Job("c", lambda: done.append("c") or 3, "Gör c", "c"),
    )
    monkeypatch.setattr(daily, "JOBS", rows)
    Jobs.done = done
    return Jobs


def test_one_failing_stops_no_other_and_is_tried_at_the_next_run(jobs):
    assert daily.run() == {"a": 0, "c": 3}
    failed = JobRun.objects.get(job="b")
    assert failed.what_failed == "ValueError: trappan saknas"
    jobs.broken = False
    assert daily.run() == {"b": 2}
    failed.refresh_from_db()
    assert (failed.error, failed.attempts, failed.count) == ("", 2, 2)
    assert daily.run() == {}
    assert jobs.done == ["a", "b", "c", "b"]


def test_a_failure_in_the_player_is_not_swallowed(jobs):
    with pytest.raises(ValueError, match="trappan"):
        daily.run(strict=True)


def test_only_the_job_asked_for_is_run_again(jobs):
    daily.run()
    reruns.run("a")
    assert jobs.done == ["a", "b", "c", "a"]
    assert JobRun.objects.get(job="a").attempts == 2


@pytest.mark.parametrize(
    ("now", "failed", "coming"),
    [
        ("2019-03-20 08:00", False, "2019-03-21 00:05 +0100"),
        ("2019-03-20 08:10", True, "2019-03-20 09:05 +0100"),
        ("2019-03-30 23:30", False, "2019-03-31 00:05 +0100"),  # the night summer time begins
        ("2019-03-31 12:00", False, "2019-04-01 00:05 +0200"),
        ("2019-10-26 23:30", False, "2019-10-27 00:05 +0200"),  # the night it ends
        ("2019-10-27 12:00", False, "2019-10-28 00:05 +0100"),
        ("2019-12-31 23:50", False, "2020-01-01 00:05 +0100"),
        ("2020-02-28 12:00", False, "2020-02-29 00:05 +0100"),
    ],
)
def test_the_page_tells_when_a_job_comes_next(committed_cast, jobs, monkeypatch, now, failed, coming):
    jobs.broken = failed
    with databases.without_guards():  # as in real operation
        Stage.objects.all().delete()
        RehearsalMark.objects.all().delete()
    moment = datetime.datetime.fromisoformat(f"{now}:00")
    monkeypatch.setattr(clock.timezone, "localtime", lambda *_: clock.timezone.make_aware(moment))
    monkeypatch.setattr(clock.timezone, "localdate", lambda *_: moment.date())
    JobRun.objects.all().delete()
    daily.run()
    client = Client()
    client.force_login(person("administrator", committed_cast.programme.ministry.code))
    page = client.get("/jobb/")
    assert page.status_code == 200
    found = {job.name: next_ for job, _last, next_ in page.context["jobs"]}
    assert f"{found['b']:%Y-%m-%d %H:%M %z}" == coming
    assert ("trappan saknas" in page.text) is failed


def test_an_administrator_asks_for_a_job_and_a_worker_runs_it(committed_cast, queued):
    client = Client()
    client.force_login(person("administrator", committed_cast.programme.ministry.code))
    assert "inte en gång till" in client.get("/jobb/remind/kor-igen/").text
    answer = client.post("/jobb/remind/kor-igen/", follow=True)
    assert "är köat" in answer.text
    assert ("digikoord.run_again", ("remind",)) in queued
    before = Notice.objects.count()
    with standing_at(Stage.current().today):
        reruns.run("remind")
    assert Notice.objects.count() == before, "what was told is not told again"
    assert client.get("/jobb/finns-inte/kor-igen/").status_code == 404


def test_a_failed_job_is_the_administrators_until_it_has_gone_well(committed_cast, jobs):
    """One duty however often it fails, a letter, a line in "Att göra"; it ends by itself."""
    admin = person("administrator", committed_cast.programme.ministry.code)
    with standing_at(Stage.current().today):
        for _ in range(3):
            daily.run()
        duty = Obligation.objects.open().get(kind="failed_job")
        assert (duty.debtor, duty.role) == (committed_cast.programme.ministry, Role.ADMINISTRATOR)
        assert "Gör b" in duty.label
        ladders.climb()
        assert admin.notices.filter(obligation=duty).count() == 1
        client = Client()
        client.force_login(admin)
        assert "Jobbet misslyckades: Gör b" in client.get("/").text
        jobs.broken = False
        daily.run()
    duty.refresh_from_db()
    assert (duty.is_open, duty.outcome) == (False, "done")


def test_before_any_programme_nobody_is_told_and_the_error_is_kept(jobs):
    daily.run()
    assert JobRun.objects.get(job="b").error
    assert not Obligation.objects.exists()


@pytest.mark.parametrize("job", [row.name for row in daily.JOBS])
def test_each_job_runs_in_autocommit_as_the_application(committed_cast, job):
    """At the year's end, when there is most to open; and once more, when there is nothing left."""
    for again in (False, True):
        with standing_at(datetime.date(2020, 1, 2) if not again else datetime.date(2020, 1, 3)):
            found = daily.run(strict=True, without=[row.name for row in daily.JOBS if row.name != job])
        assert list(found) == [job]
        if job in ("open-reports", "open-compilations"):
            assert bool(found[job]) is not again


def test_a_room_that_was_left_without_its_duty_is_healed(committed_cast):
    """An earlier version could be stopped between the two, and the year was passed over for good."""
    year = committed_cast.year(2019)
    Compilation.objects.create(year=year)
    with standing_at(datetime.date(2020, 1, 2)):
        assert compilations.open_duties() == 1
        assert compilations.open_duties() == 0
    assert Obligation.objects.open().filter(kind="compile", label__contains="2019").count() == 1
