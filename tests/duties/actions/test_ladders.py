"""The ladder climbs: each step once, to those who owe, then to those whom it goes to."""

import datetime

import pytest
from django.db.transaction import atomic

from access.actions import memberships
from actors.models import Actor, User
from actors.roles import Role
from actors.subject import Subject
from digikoord.lib.clock import standing_at
from duties.actions import ladders, obligations
from duties.models import Notice, Obligation

DUE = datetime.date(2019, 4, 10)
LADDER = [30, 14, 7, 1, 0, -1, -7]


class Matter:
    """Something that a duty is about."""

    def __init__(self, key="thing:1"):
        self.key = key

    def subject(self):
        return Subject(label="Saken", key=self.key, url="/saken/", programme="p", place_label="Hallands län")


def day(offset):
    return DUE + datetime.timedelta(days=offset)


def party(code, kind="region"):
    return Actor.objects.create(code=code, kind=kind, legal_name=code.title(), display_name=code.title())


def person(actor, role, name):
    with standing_at(datetime.date(2018, 1, 2)):
        return memberships.invite(actor, email=f"{name}@prov.example", name=name.title(), role=role).user


@pytest.fixture
def cast(db):
    region, ministry = party("halland"), party("rk", "government_offices")
    secretariat = party("tillvaxt", "agency")
    return {
        "region": region,
        "ministry": ministry,
        "secretariat": secretariat,
        "signatory": person(region, Role.SIGNATORY, "signe"),
        "official": person(ministry, Role.OFFICIAL, "olle"),
        "officer": person(secretariat, Role.CASE_OFFICER, "case"),
    }


@atomic
def owed(cast, on, key="thing:1", due=DUE, **more):
    escalations = [
        {"at": -7, "actor": cast["secretariat"].pk, "role": Role.CASE_OFFICER.value},
        {"at": -14, "actor": cast["ministry"].pk, "role": Role.OFFICIAL.value},
    ]
    values = {"ladder": LADDER, "escalations": escalations, "legal": True, **more}
    with standing_at(on):
        return obligations.open(
            "report",
            Matter(key),
            label="Redovisa",
            url="/gor/",
            debtor=cast["region"],
            role=Role.SIGNATORY,
            due=due,
            **values,
        )


def climbed(*days):
    for one in days:
        with standing_at(one):
            ladders.climb()


def steps(user):
    return list(user.notices.order_by("pk").values_list("step", flat=True))


def test_every_step_is_told_once_then_it_goes_on_to_others(cast):
    owed(cast, day(-60))
    climbed(*(day(at) for at in range(-60, 40)), day(39))
    assert steps(cast["signatory"]) == LADDER
    assert steps(cast["officer"]) == [-7]
    assert steps(cast["official"]) == [-14]
    told = cast["officer"].notices.get()
    assert told.text == (
        "Halland är försenad med ”Redovisa”, Hallands län: skulle ha varit klart 2019-04-10, för 7 dagar sedan."
    )
    assert (told.kind, told.url) == ("escalation", "/saken/")


def test_steps_passed_when_it_opens_are_told_as_one(cast):
    owed(cast, day(-5))
    climbed(day(-5), day(-4))
    assert steps(cast["signatory"]) == [7]
    climbed(day(-1))
    assert steps(cast["signatory"]) == [7, 1]


def test_days_that_the_machine_stood_still_are_told_as_one(cast):
    owed(cast, day(-60))
    climbed(day(-30), day(0), day(20))
    assert steps(cast["signatory"]) == [30, 0, -7]
    assert steps(cast["officer"]) == [-7]
    assert steps(cast["official"]) == [-14]


def test_a_duty_that_is_met_is_never_told_of_again(cast):
    owed(cast, day(-60))
    climbed(day(-30))
    with atomic():
        obligations.close("report", Matter())
    climbed(*(day(at) for at in range(-29, 30)))
    assert steps(cast["signatory"]) == [30]
    assert not Notice.objects.current().exists(), "not even what was written before"


def test_a_later_day_starts_the_ladder_anew(cast):
    duty = owed(cast, day(-60))
    climbed(*(day(at) for at in range(-60, 1)))
    with standing_at(day(0)), atomic():
        obligations.extend(duty, day(40))
    climbed(*(day(at) for at in range(41)))
    told = list(cast["signatory"].notices.order_by("pk").values_list("due", "step"))
    later = Obligation.objects.get().act_by
    assert later == day(40)
    assert [step for due, step in told if due == DUE] == [30, 14, 7, 1, 0]
    assert [step for due, step in told if due == later] == [30, 14, 7, 1, 0]


def test_opened_again_with_the_same_day_nothing_is_told_twice(cast):
    owed(cast, day(-60))
    climbed(day(-30))
    late = person(cast["region"], Role.SIGNATORY, "sen")
    owed(cast, day(-29))
    climbed(day(-29))
    assert steps(cast["signatory"]) == [30]
    assert steps(late) == [], "who comes later hears the next step only"
    climbed(day(-14))
    assert steps(late) == [14]


def test_who_has_left_hears_nothing(cast):
    owed(cast, day(-60))
    other = person(cast["region"], Role.SIGNATORY, "annan")
    other.memberships.update(valid_to=day(-31))
    User.objects.filter(pk=cast["signatory"].pk).update(is_active=False)
    climbed(day(-30))
    assert not Notice.objects.filter(step=30, kind="duty").exists()


def test_when_nobody_holds_the_role_the_administrator_has_a_task(cast):
    admin = person(cast["region"], Role.ADMINISTRATOR, "adam")
    cast["signatory"].memberships.update(valid_to=day(-31))
    owed(cast, day(-60))
    owed(cast, day(-60), key="thing:2")
    climbed(day(-30))
    task = Obligation.objects.open().get(kind="no_recipient")
    assert (task.debtor, task.role) == (cast["region"], Role.ADMINISTRATOR)
    assert task.label == "Ingen behörig mottagare: behörig företrädare, Halland"
    assert admin.notices.filter(obligation=task).count() == 1, "the administrator hears of it the same day"
    person(cast["region"], Role.SIGNATORY, "ny")
    assert Obligation.objects.get(pk=task.pk).outcome == "done"


def test_without_an_administrator_it_is_the_ministrys_official(cast):
    cast["signatory"].memberships.update(valid_to=day(-31))
    owed(cast, day(-60))
    climbed(day(-30), day(-29))
    task = Obligation.objects.open().get(kind="no_recipient")
    assert (task.debtor, task.role, task.url) == (cast["ministry"], Role.OFFICIAL, "/saken/")
    cast["signatory"].memberships.update(valid_to=None)
    climbed(day(-28))
    assert not Obligation.objects.open().filter(kind="no_recipient").exists()


def test_the_successor_hears_of_a_dissolved_actors_duty(cast):
    new = party("region-halland")
    heir = person(new, Role.SIGNATORY, "arvid")
    cast["region"].succeeded_by.create(
        successor=new,
        effective_on=day(-40),
        predecessor_dissolved=True,
        status="registered",
        registered_by=cast["official"],
        registered_on=day(-40),
    )
    owed(cast, day(-60))
    climbed(day(-30))
    assert steps(heir) == [30]
    assert steps(cast["signatory"]) == [30]


@pytest.mark.parametrize(
    ("nominal", "act_by"),
    [
        ("2019-06-21", "2019-06-24"),  # midsommarafton
        ("2020-02-29", "2020-03-02"),  # a Saturday
        ("2018-12-31", "2019-01-02"),  # nyårsafton
        ("2019-03-31", "2019-04-01"),  # summer time begins, a Sunday
    ],
)
def test_the_last_day_to_act_is_what_the_steps_count_from(cast, nominal, act_by):
    last = datetime.date.fromisoformat(act_by)
    owed(cast, last - datetime.timedelta(days=40), due=datetime.date.fromisoformat(nominal))
    for left in range(31, -2, -1):
        climbed(last - datetime.timedelta(days=left))
    assert steps(cast["signatory"]) == [30, 14, 7, 1, 0, -1]
    on = dict(cast["signatory"].notices.values_list("step", "created_on"))
    assert on[0] == last
    assert on[1] == last - datetime.timedelta(days=1)
