"""An error is counted in a transaction of its own, after what failed has been undone: in autocommit, as in production."""

from django.db import IntegrityError, transaction
from django.test import Client

from digikoord.models import Error, JobRun
from digikoord.views import about
from tests.conftest import MORNING


def test_an_error_is_counted_after_what_failed_was_undone(committed, monkeypatch):
    def render(*_arguments, **_named):
        with transaction.atomic():
            JobRun.objects.create(job="x", day=MORNING.date(), started_at=MORNING)
            raise IntegrityError("no")

    monkeypatch.setattr(about, "render", render)
    for _time in range(3):
        assert Client(raise_request_exception=False).get("/kontakt/").status_code == 500
    assert (Error.objects.count(), JobRun.objects.count()) == (3, 0)
    assert len(set(Error.objects.values_list("number"))) == 3
