"""The machine's own page: what ran when, what it did, what failed, and what comes next."""

from __future__ import annotations

import datetime
from functools import partial
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from actors.roles import Role
from digikoord.lib import clock, pages
from digikoord.lib.verdict import ALLOWED, refused
from grants.selectors import visible_programmes

from .. import daily, reruns
from ..models import Error, JobRun

if TYPE_CHECKING:
    from actors.models import User
    from actors.request import Request
    from digikoord.lib.verdict import Verdict


SHOWN = 20  # runs a page


def can_read(user: User) -> Verdict:
    """Everyone at the ministry, which answers for the installation."""
    if any(row.actor.is_ministry for row in user.memberships_now):
        return ALLOWED
    return refused("Bara Regeringskansliet, som svarar för driften, läser om jobben.")


def can_run_again(user: User) -> Verdict:
    held = [row for row in user.memberships_now if row.role == Role.ADMINISTRATOR]
    if any(row.actor.is_ministry for row in held):
        return ALLOWED
    return refused("Bara Regeringskansliets administratör kan köra ett jobb igen.")


def list_(request: Request) -> HttpResponse:
    verdict = can_read(request.user)
    if not verdict:
        raise PermissionDenied(verdict.reason)
    last = {row.job: row for row in JobRun.objects.latest_of_each()}
    jobs = [(job, last.get(job.name), _next(last.get(job.name))) for job in daily.JOBS]
    page = pages.paginate(request, JobRun.objects.order_by("-started_at", "-pk"), SHOWN)
    titles = daily.titles()
    for row in page.object_list:
        row.title = titles.get(row.job, row.job)
    return render(
        request,
        "digikoord/jobs.html",
        {
            "jobs": jobs,
            "checked": visible_programmes(request.user),
            "sweep": last.get(daily.SWEEP),
            "page": page,
            "errors": Error.objects.all()[:SHOWN],
            "may_run_again": can_run_again(request.user),
        },
    )


def _next(last: JobRun | None) -> datetime.datetime | None:
    """When the job runs next: at the next round after a failure, else with the next day's first."""
    if clock.in_rehearsal():
        return None
    now = clock.now()
    coming = now.replace(minute=daily.MINUTE, second=0, microsecond=0)
    if coming <= now:
        coming += datetime.timedelta(hours=1)
    if last is None or last.error or last.day < clock.today():
        return coming
    tomorrow = clock.today() + datetime.timedelta(days=1)
    return coming.replace(year=tomorrow.year, month=tomorrow.month, day=tomorrow.day, hour=0)


def run_again(request: Request, job: str) -> HttpResponse:
    known = next((row for row in daily.JOBS if row.name == job), None)
    if known is None:
        raise Http404
    return pages.act(
        request,
        verdict=can_run_again(request.user),
        template="digikoord/job_run_again.html",
        context={"job": known, "cancel_url": reverse("jobs")},
        do=partial(reruns.ask, known, by=request.user),
        done=f"Jobbet ”{known.does}” är köat och körs om ett ögonblick.",
        to=reverse("jobs"),
    )
