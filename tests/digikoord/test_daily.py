"""The jobs of a day: each once, a failure alone, and a page that tells of it."""

import datetime

import pytest
from django.test import Client

from actors.models import Notice
from digikoord import daily, reruns
from digikoord.daily import Job
from digikoord.lib import clock
from digikoord.lib.clock import standing_at
from digikoord.models import JobRun, Stage
from digikoord.rehearsal.people import person


@pytest.fixture
def jobs(db, monkeypatch):
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
def test_the_page_tells_when_a_job_comes_next(cast, jobs, monkeypatch, now, failed, coming):
    jobs.broken = failed
    Stage.objects.all().delete()
    moment = datetime.datetime.fromisoformat(f"{now}:00")
    monkeypatch.setattr(clock.timezone, "localtime", lambda *_: clock.timezone.make_aware(moment))
    monkeypatch.setattr(clock.timezone, "localdate", lambda *_: moment.date())
    JobRun.objects.all().delete()
    daily.run()
    client = Client()
    client.force_login(person("administrator", cast.programme.ministry.code))
    page = client.get("/jobb/")
    assert page.status_code == 200
    found = {job.name: next_ for job, _last, next_ in page.context["jobs"]}
    assert f"{found['b']:%Y-%m-%d %H:%M %z}" == coming
    assert ("trappan saknas" in page.text) is failed


def test_an_administrator_asks_for_a_job_and_a_worker_runs_it(
    cast, queued, django_capture_on_commit_callbacks
):
    client = Client()
    client.force_login(person("administrator", cast.programme.ministry.code))
    assert "inte en gång till" in client.get("/jobb/remind/kor-igen/").text
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/jobb/remind/kor-igen/", follow=True)
    assert "är köat" in answer.text
    assert ("digikoord.run_again", ("remind",)) in queued
    before = Notice.objects.count()
    with standing_at(Stage.current().today):
        reruns.run("remind")
    assert Notice.objects.count() == before, "what was told is not told again"
    assert client.get("/jobb/finns-inte/kor-igen/").status_code == 404
