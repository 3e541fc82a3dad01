"""Many people at once on one report: one version, one outcome, and nobody's text overwritten unseen."""

import datetime

from digikoord.lib.clock import standing_at
from digikoord.lib.verdict import Refused
from records.models import Event
from reporting.actions import report_drafts, report_reviews, reports
from reporting.models import ActivityReport, ReportVersion
from tests.factories import at
from tests.factories import walk as walks

from .test_races import one_success

REPORTING = datetime.date(2019, 1, 20)


def fresh(row):
    return ActivityReport.objects.get(pk=row.pk)


def on_the_day(act):
    def go(number):
        with standing_at(REPORTING):
            return act(number)

    return go


def report_at(until):
    """(walk, the report of a tranche of which nothing was paid) as far as `until`."""
    walk, tranche = at.tranche_at(at.TrancheStatus.GRANTED)
    with standing_at(REPORTING):
        return walk, walks.report(walk, tranche, used=0, until=until)


def test_fifty_submissions_make_one_version(race):
    walk, row = report_at("draft")
    signatory = walk.signatory(row.holder)
    outcomes = race(on_the_day(lambda _: reports.submit(fresh(row), by=signatory, certified=True)))
    one_success(outcomes, "report.submitted")
    assert ReportVersion.objects.count() == 1


def test_fifty_people_save_one_step_and_one_text_stands(race):
    walk, row = report_at("draft")
    writer, edition = walk.writer(row.holder), row.edition("B")

    def save(number):
        values = {"function_placement": f"Text {number}"}
        return report_drafts.write(fresh(row), by=writer, step="B", values=values, edition=edition)

    outcomes = race(on_the_day(save))
    saved = [one for one in outcomes if not isinstance(one, Exception)]
    assert len(saved) == 1
    assert all(isinstance(one, Refused) for one in outcomes if one not in saved)
    assert fresh(row).draft["texts"]["function_placement"] == saved[0].draft["texts"]["function_placement"]


def test_fifty_new_initiatives_at_once_are_all_kept(race):
    walk, row = report_at("draft")
    writer, before = walk.writer(row.holder), len(row.draft["initiatives"])

    def add(number):
        return report_drafts.add_initiatives(fresh(row), by=writer, rows=[{"title": f"Insats {number}"}])

    outcomes = race(on_the_day(add))
    assert not [one for one in outcomes if isinstance(one, Exception)]
    ids = [one["id"] for one in fresh(row).draft["initiatives"]]
    assert len(set(ids)) == len(ids) == before + 50


def test_approval_and_a_request_for_a_supplement_at_once_leave_one_of_them(race):
    walk, row = report_at("reviewed")
    head, officer = walk.head(), walk.compiler()

    def act(number):
        if number % 2:
            return reports.approve(fresh(row), by=head, version=1)
        return reports.return_(fresh(row), by=officer, reason="Mer.")

    outcomes = race(on_the_day(act))
    assert len([one for one in outcomes if not isinstance(one, Exception)]) == 1
    assert Event.objects.filter(verb__in=["report.approved", "report.returned"]).count() == 1
    assert fresh(row).status in ("approved", "returned")


def test_checks_by_many_are_one_persons_each(race):
    walk, row = report_at("submitted")
    officer, codes = walk.compiler(), [one.code for one in row.programme.definition.review_checks]
    outcomes = race(on_the_day(lambda _: report_reviews.check(fresh(row), by=officer, done=codes)))
    assert not [one for one in outcomes if isinstance(one, Exception)]
    assert set(fresh(row).checks) == set(codes)
