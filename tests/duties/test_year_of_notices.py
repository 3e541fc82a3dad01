"""A year played day by day, beside a calculation of its own: for every duty and day, who is to hear of what.

The calculation knows nothing of `told_step` or `next_step_on`: it asks, for each day that was run, which steps
have their day since the last run (or since the duty got its day), and who held the role that day.
"""

import datetime
import random
from dataclasses import dataclass, field

import pytest
from django.db.transaction import atomic

from actors.models import Membership
from actors.roles import Role
from digikoord.lib.clock import standing_at
from duties.actions import ladders, letters, obligations
from duties.models import Letter, Notice, Obligation
from tests import databases
from tests.duties.actions.test_ladders import Matter, party, person

FIRST = datetime.date(2019, 7, 1)
DAYS = 366  # over a year's turn and 29 February 2020
LADDERS = ([30, 14, 7, 1, 0, -1, -7], [14, 7, 0, -7, -30], [7, 1, 0, -1, -7], [3], [])
ESCALATIONS = ([], [-7], [-7, -14], [2, -20])


@dataclass
class Plan:
    """A duty as the test means it: `days` are (from when, its last day), `ends` when it is met."""

    key: str
    actor: object
    ladder: list
    escalations: list
    opens: datetime.date
    ends: datetime.date | None
    days: list = field(default_factory=list)

    def last_day(self, on):
        return [due for since, due in self.days if since <= on][-1]


@dataclass
class Holding:
    person: object
    actor: object
    since: datetime.date
    until: datetime.date


def days_after(day, count):
    return day + datetime.timedelta(days=count)


def working(day):
    """Any day in the test is chosen so that the law does not move it."""
    while day.weekday() > 4 or (day.month, day.day) in FREE:
        day = days_after(day, 1)
    return day


# Holidays and eves on weekdays of the year played, written by hand
FREE = {(12, 24), (12, 25), (12, 26), (12, 31), (1, 1), (1, 6), (4, 10), (4, 13), (5, 1), (5, 21), (6, 19)}


@pytest.fixture
def world(db):
    dice = random.Random(20190701)  # the same year every time
    officer = party("tillvaxt", "agency")
    party("rk", "government_offices")
    actors = [party(f"aktor-{at}") for at in range(6)]
    holdings = []
    for at, actor in enumerate(actors):
        for which in range(2):
            someone = person(actor, Role.SIGNATORY, f"p{at}{which}")
            since = days_after(FIRST, 0 if which == 0 else dice.randrange(40, 200))
            until = days_after(FIRST, 2 * DAYS if which == 0 else dice.randrange(220, 360))
            with databases.without_guards():
                Membership.objects.filter(user=someone).update(valid_from=since, valid_to=until)
            holdings.append(Holding(someone, actor, since, until))
    late = person(officer, Role.CASE_OFFICER, "sen")
    holdings.append(Holding(late, officer, days_after(FIRST, -400), days_after(FIRST, 2 * DAYS)))
    plans = []
    for at in range(60):
        opens = days_after(FIRST, dice.randrange(300))
        due = working(days_after(opens, dice.randrange(-5, 60)))
        ends = days_after(opens, dice.randrange(1, 90)) if dice.random() < 0.6 else None
        plan = Plan(
            f"plan:{at}", dice.choice(actors), dice.choice(LADDERS), dice.choice(ESCALATIONS), opens, ends
        )
        plan.days.append((opens, due))
        if dice.random() < 0.3:
            moved = days_after(opens, dice.randrange(1, 40))
            if ends is None or moved < ends:
                plan.days.append((moved, working(days_after(max(due, moved), dice.randrange(1, 40)))))
        plans.append(plan)
    # The machine stands still now and then, once for nine days.
    off = {days_after(FIRST, 100 + at) for at in range(9)} | {
        days_after(FIRST, d) for d in range(13, DAYS, 37)
    }
    return plans, holdings, officer, off


def expected(plans, holdings, officer, off):
    """{(key, due, step, person)}, day by day and duty by duty."""
    found = {}
    for plan in plans:
        for index, (since, due) in enumerate(plan.days):
            over = min([plan.days[index + 1][0]] if index + 1 < len(plan.days) else [], default=None)
            before = None
            for at in range(DAYS):
                day = days_after(FIRST, at)
                gone = (plan.ends and day >= plan.ends) or (over and day >= over)
                if day < since or gone or day in off:
                    continue
                for step, actor, role in steps_of(plan, officer, due, before, day):
                    for holding in holdings:
                        held = holding.since <= day <= holding.until and holding.actor == actor
                        if held and role == (Role.CASE_OFFICER if actor == officer else Role.SIGNATORY):
                            found.setdefault((plan.key, due, step, holding.person.pk), day)
                before = day
    return found


def steps_of(plan, officer, due, before, day):
    """(step, actor, role) whose day came after `before` and by `day`; each hearer hears only the last of them."""

    def come(step):
        when = days_after(due, -step)
        return when <= day and (before is None or when > before)

    mine = [step for step in plan.ladder if come(step)]
    if mine:
        yield min(mine), plan.actor, Role.SIGNATORY
    for step in plan.escalations:
        if come(step):
            yield step, officer, Role.CASE_OFFICER


def play(plans, officer, off):
    for at in range(DAYS):
        day = days_after(FIRST, at)
        with standing_at(day):
            for plan in plans:
                act(plan, officer, day)
            if day not in off:
                ladders.climb()
                letters.gather()
                letters.send_due()


@atomic
def act(plan, officer, day):
    if plan.opens == day:
        to = [{"at": at, "actor": officer.pk, "role": Role.CASE_OFFICER.value} for at in plan.escalations]
        obligations.open(
            "plan",
            Matter(plan.key),
            label="Redovisa",
            url="/",
            debtor=plan.actor,
            role=Role.SIGNATORY,
            due=plan.days[0][1],
            ladder=plan.ladder,
            escalations=to,
            legal=True,
        )
    if plan.ends == day:
        obligations.close("plan", Matter(plan.key))
    for since, due in plan.days[1:]:
        if since == day:
            obligations.extend(Obligation.objects.open().get(key=plan.key), due)


def test_a_year_day_by_day_is_as_calculated(world):
    plans, holdings, officer, off = world
    play(plans, officer, off)
    rows = Notice.objects.filter(obligation__kind="plan").select_related("obligation")
    told = {(row.obligation.key, row.due, row.step, row.recipient_id): row.created_on for row in rows}
    assert len(told) == rows.count(), "nobody hears twice of the same step"
    assert told == expected(plans, holdings, officer, off)
    assert len(told) > 200, "an empty year proves nothing"
    assert {step for _key, _due, step, _who in told} >= {30, 14, 7, 1, 0, -1, -7, -14, -20}
    _nobody_hears_of_what_has_been_met_and_what_is_late_has_climbed()
    days = list(Letter.objects.values_list("recipient", "day"))
    assert len(days) == len(set(days)), "one letter a person and day"


def _nobody_hears_of_what_has_been_met_and_what_is_late_has_climbed():
    for duty in Obligation.objects.filter(kind="plan"):
        after = [row for row in duty.notices.all() if duty.closed_on and row.created_on >= duty.closed_on]
        assert not after
        passed = {step for step in duty.steps if days_after(duty.act_by, -step) < days_after(FIRST, DAYS - 1)}
        if duty.closed_on is None and passed:
            assert duty.told_step == min(passed)
