"""Successions: planned, registered, undone; nothing counts twice."""

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest

from actors.models import Actor, Succession, User
from actors.roles import Role
from digikoord.lib import clock
from digikoord.lib.clock import standing_at
from digikoord.lib.verdict import Refused
from grants import documents
from grants.actions import assignments, coordinators, requisitions, succession_plans, successions, tranches
from grants.models import Assignment, Coordinator, Tranche
from overview.selectors import board_on, ledger
from programmes.models import Programme
from tests.factories import walk as walks

pytestmark = pytest.mark.django_db
LATE = datetime.date(2019, 3, 5)
TURN = datetime.date(2019, 1, 1)


@pytest.fixture(scope="module")
def begun(lasting):
    return walks.begin()


@pytest.fixture
def walk(begun, db):
    """The programme answered by all; what a test does to it is undone."""
    return replace(begun, programme=Programme.objects.get(pk=begun.programme.pk))


def register(walk, *codes):
    """Register in March, for 1 January, the planned successions of the places (all without codes)."""
    planned = [
        row for row in successions.plans(walk.programme) if not codes or row.assignment.place.code in codes
    ]
    with standing_at(LATE):
        return successions.register_many(
            walk.programme,
            by=walk.decider(),
            successions=[row.succession for row in planned],
            decided_on=LATE,
        )


def ceilings(walk, on=None):
    return sum(row.total.ceiling for row in ledger.ledger(walk.programme, on=on))


def test_seven_at_once_move_the_place_and_count_nothing_twice(walk):
    before = ceilings(walk)
    made = register(walk)
    assert len(made) == 7
    assert ceilings(walk) == before == Decimal("57500000.00")
    assert Assignment.objects.live().filter(place__part="recipient").count() == 21
    for new in made:
        years = {row.year.year: row.assignment_id for row in new.place.tranches.select_related("year")}
        assert years == {2018: new.succeeds_id, 2019: new.pk, 2020: new.pk}
        assert new.instrument == "offer"
        assert new.status == "offered"


@pytest.mark.parametrize(
    ("day", "holder"), [(datetime.date(2018, 12, 31), "kommunalförbund"), (TURN, "Region Dalarna")]
)
def test_registered_in_march_it_counts_from_january(walk, day, holder):
    register(walk, "20")
    with standing_at(LATE):
        years = ledger.ledger(walk.programme, on=day)
    row = next(row for year in years if year.year == 2019 for row in year.rows if row.place.code == "20")
    assert holder in str(row.holder)
    assert ceilings(walk, on=day) == Decimal("57500000.00")


def test_a_succession_inside_an_open_requisition_is_refused(walk):
    walks.pay(walk, 2018, datetime.date(2018, 11, 1))
    with standing_at(datetime.date(2018, 11, 2)):
        Succession.objects.filter(predecessor__code="region-dalarna-kommunalforbund").update(
            effective_on=datetime.date(2018, 12, 1)
        )
        plan = next(row for row in successions.plans(walk.programme) if row.assignment.place.code == "20")
    assert "rekvisition" in plan.possible.reason
    with pytest.raises(Refused, match="rekvisition"):
        register(walk, "20")
    assert not Assignment.objects.filter(status="transferred").exists()


def test_undo_gives_the_place_back_as_if_nothing_had_happened(walk):
    (new,) = register(walk, "20")
    succession = Succession.objects.get(predecessor=new.succeeds.holder)
    with standing_at(LATE):
        successions.undo(succession, by=walk.decider(), programme=walk.programme, reason="Fel dag.")
    old = Assignment.objects.get(place=new.place, status="in_force")
    assert old.holder == succession.predecessor
    assert old.ends == datetime.date(2020, 12, 31)
    assert set(new.place.tranches.values_list("assignment", flat=True)) == {old.pk}
    assert old.coordinators.get().ends is None
    assert ceilings(walk, on=TURN) == Decimal("57500000.00")
    (again,) = register(walk, "20")
    assert again.holder == new.holder


def test_it_cannot_be_undone_once_the_successor_has_answered(walk):
    (new,) = register(walk, "20")
    with standing_at(LATE):
        text = documents.sha256(documents.offer_text(new))
        assignments.accept(new, by=walk.signatory(new.holder), text_sha256=text)
        succession = Succession.objects.get(predecessor=new.succeeds.holder)
        with pytest.raises(Refused, match="har redan handlat"):
            successions.undo(succession, by=walk.decider(), programme=walk.programme, reason="Fel.")
    assert Assignment.objects.get(pk=new.pk).status == "in_force"


@pytest.mark.parametrize("dissolved", [True, False])
def test_who_answers_for_the_predecessor(walk, dissolved):
    walks.pay(walk, 2018, datetime.date(2018, 11, 1))
    with standing_at(LATE):
        planned = next(row for row in successions.plans(walk.programme) if row.assignment.place.code == "20")
        succession_plans.edit(
            planned.succession,
            by=walk.official(),
            programme=walk.programme,
            effective_on=TURN,
            legal_basis="lag",
            predecessor_dissolved=dissolved,
        )
        (new,) = register(walk, "20")
        signatory = walk.signatory(new.holder)
        old_money = Tranche.objects.get(place=new.place, year__year=2018)
        assert Tranche.objects.visible_to(signatory).filter(pk=old_money.pk).exists() is dissolved
        people = User.objects.holding(Role.SIGNATORY, old_money.holder, LATE)
        assert people.filter(pk=signatory.pk).exists() is dissolved


def new_succession(walk, **changes):
    predecessor = Assignment.objects.get(place__code="14", status="in_force").holder
    fields = {
        "predecessor": predecessor,
        "effective_on": TURN,
        "legal_basis": "lag",
        "legal_name": "Nya regionen",
        "kind": "region",
        "org_nr": "222000-9993",
    }
    with standing_at(LATE):
        return succession_plans.enter(walk.programme, by=walk.official(), **(fields | changes))


def test_a_new_legal_person_is_planned_and_registered(walk):
    row = new_succession(walk)
    (made,) = register(walk, "14")
    assert made.holder == row.successor
    assert made.holder.org_nr == "222000-9993"


@pytest.mark.parametrize("taken", ["holder", "self", "twice"])
def test_unsound_plans_are_refused(walk, taken):
    own = Assignment.objects.get(place__code="14", status="in_force").holder
    other = Assignment.objects.get(place__code="12", status="in_force").holder
    if taken == "twice":
        new_succession(walk)
    successor = {"holder": {"successor": other}, "self": {"successor": own}, "twice": {}}[taken]
    before = Succession.objects.count()
    with pytest.raises(Refused):
        new_succession(walk, **successor)
    assert Succession.objects.count() == before


def test_money_asked_for_after_the_transfer_stays_with_the_predecessor(walk):
    register(walk, "20")
    old = Tranche.objects.get(place__code="20", year__year=2018)
    with standing_at(LATE), pytest.raises(Refused, match="Bara beviljade medel"):
        requisitions.write(old, by=walk.signatory(old.holder), amount=1)


def accept(walk, row):
    text = documents.sha256(documents.offer_text(row))
    assignments.accept(row, by=walk.signatory(row.holder), text_sha256=text)


def test_money_granted_before_it_was_registered_does_not_hinder_undoing_it(walk):
    succession = Succession.objects.get(predecessor__code="region-dalarna-kommunalforbund")
    with standing_at(datetime.date(2018, 11, 1)):
        succession_plans.edit(
            succession,
            by=walk.official(),
            programme=walk.programme,
            effective_on=datetime.date(2018, 12, 1),
            legal_basis="lag",
            predecessor_dissolved=False,
        )
        row = Tranche.objects.get(place__code="20", year__year=2018)
        tranches.grant(tranches.prepare(row, by=walk.official(), amount=row.ceiling), by=walk.decider())
    (new,) = register(walk, "20")
    assert new.tranches.filter(status="granted").exists()
    with standing_at(LATE):
        successions.undo(succession, by=walk.decider(), programme=walk.programme, reason="Fel dag.")
    assert Tranche.objects.get(pk=row.pk).assignment.holder == succession.predecessor


def test_who_succeeds_a_dissolved_successor_answers_for_them_both(walk):
    plan = next(row for row in successions.plans(walk.programme) if row.assignment.place.code == "20")
    dissolved = {"legal_basis": "lag", "predecessor_dissolved": True, "programme": walk.programme}
    with standing_at(LATE):
        succession_plans.edit(plan.succession, by=walk.official(), effective_on=TURN, **dissolved)
    (second,) = register(walk, "20")
    with standing_at(datetime.date(2019, 8, 1)):
        accept(walk, second)
        programme = dissolved.pop("programme")
        row = succession_plans.enter(
            programme,
            by=walk.official(),
            predecessor=second.holder,
            effective_on=datetime.date(2019, 7, 1),
            legal_name="Den tredje",
            kind="region",
            **dissolved,
        )
        (third,) = successions.register_many(
            programme, by=walk.decider(), successions=[row], decided_on=datetime.date(2019, 8, 1)
        )
        signatory, first = walk.signatory(third.holder), plan.assignment
        assert Tranche.objects.visible_to(signatory).filter(assignment=first, year__year=2018).exists()
        assert signatory.has(Role.SIGNATORY, first.holder_id)
        assert signatory in User.objects.holding(Role.SIGNATORY, first.holder, clock.today())
        wanted = (first.holder_id, Role.SIGNATORY)
        assert signatory in User.objects.hearers({wanted}, clock.today())[wanted]
        with pytest.raises(Refused, match="har redan handlat"):
            successions.undo(plan.succession, by=walk.decider(), programme=programme, reason="Fel.")


@pytest.mark.parametrize("day", ["2018-07-12", "2021-01-01"])
def test_a_succession_lies_within_the_time_the_place_is_held(walk, day):
    with pytest.raises(Refused, match="inom den tid"):
        new_succession(walk, effective_on=datetime.date.fromisoformat(day))
    assert not Actor.objects.filter(legal_name="Nya regionen").exists()


def test_until_its_day_the_predecessor_is_bound_and_acts(walk):
    new_succession(walk, effective_on=datetime.date(2020, 1, 1))
    (new,) = register(walk, "14")
    old = new.succeeds
    row = Tranche.objects.get(assignment=old, year__year=2018)
    with standing_at(LATE):
        tranches.prepare(row, by=walk.official(), amount=row.ceiling)
        given = {"name": "Vikarie", "email": "v@aktor.example", "function": "deputy", "starts": LATE}
        coordinators.appoint(old, by=walk.signatory(old.holder), **given)
    with standing_at(datetime.date(2020, 1, 1)):
        with pytest.raises(Refused, match="gäller inte längre"):
            tranches.grant(Tranche.objects.get(pk=row.pk), by=walk.decider())
        with pytest.raises(Refused, match="när uppdraget gäller"):
            coordinators.appoint(old, by=walk.signatory(old.holder), **given)


def test_an_appointment_that_the_succession_overtook_is_in_no_directory(walk):
    old = Assignment.objects.get(place__code="20")
    with standing_at(datetime.date(2019, 1, 15)):
        signatory = walk.signatory(old.holder)
        coordinators.end(old.coordinators.get(), by=signatory, ends=datetime.date(2019, 1, 31))
        coordinators.appoint(
            old, by=signatory, name="Ny", email="n@a.example", starts=datetime.date(2019, 2, 1)
        )
    register(walk, "20")
    late = Coordinator.objects.get(name="Ny")
    assert not late.has_begun
    assert late not in Coordinator.objects.serving_on(LATE)
    assert late not in Coordinator.objects.overlapping(TURN, LATE)
    succession = Succession.objects.get(predecessor=old.holder)
    with standing_at(LATE):
        successions.undo(succession, by=walk.decider(), programme=walk.programme, reason="Fel.")
    assert late in Coordinator.objects.serving_on(LATE)


def test_nobody_serves_after_the_function_has_ended(walk):
    last = datetime.date(2020, 12, 31)
    assert Coordinator.objects.serving_on(last).count() == 21
    assert not Coordinator.objects.serving_on(last + datetime.timedelta(days=1)).exists()


def test_the_board_of_a_day_keeps_the_coordinators_of_who_held_the_place_then(walk):
    register(walk)
    year = walk.programme.years.get(year=2018)
    with standing_at(LATE):
        told = [row.steps for row in board_on.board_on(walk.official(), year, LATE).rows]
        assert [steps[1].label for steps in told] == ["Utsedd"] * 21
