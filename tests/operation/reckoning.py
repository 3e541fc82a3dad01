"""What the whole programme should have come to, reckoned apart from the code that made it: by the story's own figures, and by
going through the days with pencil and paper.
"""

import datetime
from collections import Counter, defaultdict
from decimal import Decimal

from digikoord import daily
from digikoord.models import JobRun
from duties.models import Letter, Notice, Obligation
from grants.models import Tranche
from overview.selectors import ledger
from reporting.models import ReportVersion

ACTORS, SECRETARIAT = 21, 1
DAY = datetime.timedelta(days=1)
# What the story leaves of the grant, by year: it is repaid.
UNUSED = {
    2018: Decimal(87_650 + 24_000 + 130_000),
    2019: Decimal(41_200 + 150_000),
    2020: Decimal(66_000),
}
GIVEN = {
    2018: ACTORS * Decimal(500_000) + Decimal(1_000_000),
    2019: ACTORS * Decimal(1_000_000) + Decimal(2_000_000),
    2020: ACTORS * Decimal(1_000_000) + Decimal(2_000_000),
}
NIGHTLY = ("report", "compile", "register_budget")


def the_jobs(installation, days):
    """Each job once each night, at the first try, without an error."""
    runs = JobRun.objects.exclude(job=daily.SWEEP)
    assert not list(runs.exclude(error="").values_list("day", "job", "error"))
    assert Counter(runs.values_list("day", flat=True)) == dict.fromkeys(days, len(daily.JOBS))
    assert set(runs.values_list("attempts", flat=True)) == {1}
    assert installation.one("SELECT count(*) FROM actors_obligation WHERE kind = 'failed_job'") == 0


def the_ledger(programme):
    """57 500 000 kronor, and what became of each."""
    for year, given in GIVEN.items():
        found = ledger.ledger(programme, year=year)[0].total
        told = (found.ceiling, found.granted, found.requisitioned, found.paid, found.used, found.repaid)
        assert told == (given, given, given, given, given - UNUSED[year], UNUSED[year]), year
        assert found.to_repay == 0
    assert sum(GIVEN.values()) == Decimal(57_500_000)
    assert set(Tranche.objects.values_list("status", flat=True)) == {"settled"}


def the_nightly_duties(programme):
    """Each year's report is asked for the first night after it, of each holder, and ends with what came in."""
    came = {}
    for version in ReportVersion.objects.order_by("-number").select_related("report"):
        came[f"tranche:{version.report.tranche_id}"] = version.submitted_on
    expected = {
        (f"tranche:{row.pk}", datetime.date(row.year.year + 1, 1, 1), came[f"tranche:{row.pk}"])
        for row in Tranche.objects.select_related("year")
    }
    asked = Obligation.objects.filter(kind="report")
    assert set(asked.values_list("key", "opened_on", "closed_on")) == expected
    assert len(expected) == len(asked) == 3 * (ACTORS + SECRETARIAT)
    rooms = (
        Obligation.objects.filter(kind="compile").values_list("opened_on", flat=True).order_by("opened_on")
    )
    assert list(rooms) == [datetime.date(year + 1, 1, 1) for year in GIVEN]
    budget = Obligation.objects.filter(kind="register_budget").order_by("opened_on")
    assert list(budget.values_list("opened_on", "closed_on")) == [
        (datetime.date(2018, 7, 13), datetime.date(2018, 12, 20)),
        (datetime.date(2019, 1, 1), datetime.date(2019, 12, 17)),
    ]


def the_letters(installation):
    """Every step of every ladder told on its night, and gathered into one letter a person and day, taken once each."""
    told, expected = defaultdict(set), {}
    for row in Notice.objects.exclude(obligation=None).exclude(step=None):
        told[row.obligation_id].add((row.step, row.created_on))
    for duty in Obligation.objects.filter(moves=0, barred=None):
        expected[duty.pk] = set(_steps_by_pencil(duty))
    wrong = {
        str(Obligation.objects.get(pk=key)): (sorted(steps), sorted(told[key]))
        for key, steps in expected.items()
        if steps != told[key]
    }
    assert not wrong
    assert sum(map(len, expected.values())) > 500, "there is something to compare"
    for notice in Notice.objects.filter(app_only=False, letter=None):
        assert notice.created_on == datetime.date(2021, 3, 26), "told after the last night"
    for notice in Notice.objects.exclude(letter=None).select_related("letter"):
        assert notice.letter.day - notice.created_on <= DAY
    sent = dict(Letter.objects.filter(status="sent").values_list("message_id", "address"))
    assert set(Letter.objects.values_list("status", flat=True)) <= {"sent", "dropped"}
    taken = [(message["Message-ID"], to[0]) for to, message in installation.post.letters]
    assert Counter(taken) == Counter(sent.items())


def _steps_by_pencil(duty):
    """(step, night) of each reminder, going through the nights on which the duty stood open."""
    night = duty.opened_on + (0 if duty.kind in NIGHTLY else 1) * DAY
    last = min(duty.closed_on or datetime.date(2021, 3, 26), datetime.date(2021, 3, 26))
    left = sorted({*duty.ladder, *(row["at"] for row in duty.escalations)}, reverse=True)
    while night <= last and duty.act_by:
        reached = [step for step in left if (duty.act_by - night).days <= step]
        if reached:
            left = [step for step in left if step not in reached]
            for steps in (duty.ladder, *([row["at"]] for row in duty.escalations)):
                if set(steps) & set(reached):
                    yield min(set(steps) & set(reached)), night
        night += DAY


def the_logs(installation):
    """Nobody complained: no traceback, no error, in any process."""
    for name in ("web", "worker"):
        log = installation.log(name).read_text()
        assert "Traceback" not in log, log[-4000:]
        assert "ERROR" not in log, log[-4000:]
