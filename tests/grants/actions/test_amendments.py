"""A later decision: what it changes is previewed, and exactly that is carried out."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db.transaction import atomic

from actors.models import User
from digikoord.lib.verdict import Refused
from duties.models import Obligation
from grants.actions import amendments, assignments, decisions, programmes, tranches
from grants.models import Tranche
from records.models import Event
from reporting.plan import plan
from tests.factories import walk

pytestmark = pytest.mark.django_db

DAY = datetime.date(2019, 3, 14)


@pytest.fixture
def draft(cast):
    return decisions.register(
        cast.programme, by=cast.official(), title="Ändring", decided_on=DAY, text="Regeringen ändrar."
    )


def ceiling(cast, draft, amount, **given):
    given = {"part": "recipient", **given}
    return amendments.ceiling(
        draft, by=cast.official(), year=cast.year(2019), amount=Decimal(amount), **given
    )


def dispatch(cast, draft):
    planned = amendments.effects(draft)
    decisions.dispatch(draft, by=cast.decider())
    return planned


def test_nothing_happens_before_the_dispatch(cast, draft):
    ceiling(cast, draft, 900_000)
    assert set(cast.tranches(2019).values_list("ceiling", flat=True)) == {
        Decimal(1_000_000),
        Decimal(2_000_000),
    }
    assert Obligation.objects.open().about("dispatch", draft.subject().key).exists()
    dispatch(cast, draft)
    assert not Obligation.objects.open().about("dispatch", draft.subject().key).exists()


def test_a_ceiling_leaves_what_is_requisitioned_and_opens_what_is_granted(cast, draft):
    ceiling(cast, draft, 900_000)
    before = {row.pk: (row.status, row.ceiling, row.requisitions.exists()) for row in cast.tranches(2019)}
    planned = {effect.who: effect for effect in dispatch(cast, draft)}
    for row in cast.tranches(2019).exclude(place__part="secretariat"):
        status, was, claimed = before[row.pk]
        effect = planned[f"{row.place}, {row.holder}"]
        assert (effect.before, effect.after) == (was, row.ceiling)
        if claimed:
            assert (row.status, row.ceiling) == (status, was)
            assert "lämnas orört" in effect.sentence
        else:
            assert row.ceiling == 900_000
            assert row.status in ("open", "conditional")
    assert any(status == "granted" and not claimed for status, _, claimed in before.values())


def test_a_place_of_its_own_goes_before_its_part(cast, draft):
    ceiling(cast, draft, 900_000)
    ceiling(cast, draft, 800_000, place=cast.programme.places.get(code="04"), part="")
    dispatch(cast, draft)
    assert cast.tranche("04", 2019).ceiling == 800_000
    told = Event.objects.filter(verb="tranche.ceiling_changed", place="04").latest("pk")
    assert told.facts["decision"] == str(draft)


def test_no_more_than_the_riksdag_has_given(cast, draft):
    changed = cast.year(2019).budget_decisions.exclude(kind="frame").get()
    type(changed).objects.filter(pk=changed.pk).update(outcome="changed", recipient_ceiling=950_000)
    ceiling(cast, draft, 960_000)
    with pytest.raises(Refused, match="Riksdagen har anvisat högst"):
        decisions.dispatch(draft, by=cast.decider())
    assert not Event.objects.filter(verb="tranche.ceiling_changed", facts__decision=str(draft)).exists()


def test_days_are_moved_together_with_their_duties(cast, draft):
    year = cast.year(2019)
    owed = list(
        Obligation.objects.open()
        .filter(kind="requisition", due=year.requisition_to)
        .values_list("pk", flat=True)
    )
    assert owed
    for field, day in (("requisition_from", "2019-12-10"), ("requisition_to", "2019-12-20")):
        amendments.day(
            draft, by=cast.official(), field=field, day=datetime.date.fromisoformat(day), year=year
        )
    dispatch(cast, draft)
    assert cast.year(2019).requisition_from == datetime.date(2019, 12, 10)
    assert set(Obligation.objects.filter(pk__in=owed).values_list("due", flat=True)) == {
        datetime.date(2019, 12, 20)
    }


def test_the_plan_moves_with_the_day_of_the_compilation(cast, draft):
    """And the page counts what moves: the delivery by its decided day, the freeze by the plan's."""
    year, owed = cast.year(2018), Obligation.objects.open().filter(label__contains="2018")
    assert owed.get(kind="compile").due == datetime.date(2019, 3, 13)
    later = datetime.date(2019, 5, 14)
    amendments.day(draft, by=cast.official(), field="compilation_due", day=later, year=year)
    (planned,) = amendments.effects(draft)
    before = dict(owed.values_list("pk", "due"))
    dispatch(cast, draft)
    moved = [pk for pk, due in owed.values_list("pk", "due") if before.get(pk) not in (None, due)]
    assert f"{len(moved)} öppna skyldigheter flyttas" in planned.sentence
    assert owed.get(kind="deliver").due == later
    assert owed.get(kind="compile").due == plan(cast.year(2018)).last("compile") > datetime.date(2019, 3, 13)
    assert set(owed.filter(kind="report").values_list("limit", flat=True)) == {later}


def test_days_in_the_wrong_order_change_nothing(cast, draft):
    amendments.day(
        draft,
        by=cast.official(),
        field="requisition_from",
        day=datetime.date(2019, 12, 24),
        year=cast.year(2019),
    )
    with pytest.raises(ValidationError, match="Rekvisitionsfönstret"):
        decisions.dispatch(draft, by=cast.decider())


def test_the_answer_day_of_the_open_offers(cast, draft):
    amendments.day(draft, by=cast.official(), field="answer_due", day=datetime.date(2019, 5, 2))
    [effect] = dispatch(cast, draft)
    assert (effect.before, effect.after) == (datetime.date(2019, 3, 29), datetime.date(2019, 5, 2))
    assert cast.assignment("01").answer_due == datetime.date(2019, 5, 2)


def test_a_place_without_a_holder_is_offered_with_its_cancelled_amounts(cast, draft):
    old = assignments.lapse(cast.assignment("01"), by=cast.official(), reason="Inget svar.")
    given = {
        "place": old.place,
        "actor": cast.assignment("03").holder,
        "starts": datetime.date(2019, 4, 1),
        "ends": datetime.date(2020, 12, 31),
    }
    amendments.offer(draft, by=cast.official(), **given)
    planned = dispatch(cast, draft)
    new = cast.assignment("01")
    assert (new.status, new.holder, new.decision) == ("offered", given["actor"], draft)
    assert [effect.what for effect in planned] == ["Innehavare", "Årsbelopp 2019", "Årsbelopp 2020"]
    assert set(new.tranches.values_list("year__year", "status")) == {(2019, "open"), (2020, "conditional")}
    assert Tranche.objects.filter(place=old.place).count() == 3


def test_a_place_with_a_holder_is_not_offered(cast, draft):
    place = cast.programme.places.get(code="14")
    given = {"place": place, "actor": cast.assignment("03").holder}
    with pytest.raises(Refused, match="har redan en innehavare"):
        amendments.offer(draft, by=cast.official(), **given, starts=DAY, ends=datetime.date(2020, 12, 31))


def test_a_draft_is_corrected_and_what_it_changes_taken_away(cast, draft):
    row = ceiling(cast, draft, 900_000)
    with pytest.raises(ValidationError, match="redan beloppet"):
        ceiling(cast, draft, 800_000)
    amendments.remove(row, by=cast.official())
    assert amendments.effects(draft) == []
    changed = decisions.correct(draft, by=cast.official(), title="Ny rubrik", decided_on=DAY)
    assert (changed.title, changed.text) == ("Ny rubrik", draft.text)


def test_a_dispatched_decision_is_not_touched(cast, draft):
    dispatch(cast, draft)
    for act in (
        lambda: ceiling(cast, draft, 900_000),
        lambda: decisions.correct(draft, by=cast.official(), title="X", decided_on=DAY),
        lambda: decisions.dispatch(draft, by=cast.decider()),
    ):
        with pytest.raises(Refused):
            act()


def test_an_edited_programme_file_leaves_registered_drafts(cast, draft):
    before = cast.programme.decisions.count()
    edited = cast.programme.file.source.replace('receiving_department = "', 'receiving_department = "Nya ', 1)
    assert edited != cast.programme.file.source
    programmes.load(edited, by=cast.official())
    assert cast.programme.decisions.count() == before


def test_requisitioned_since_the_preview_stops_the_ceiling(cast, draft):
    row = cast.tranches(2019).filter(requisitions__isnull=False).first()
    with pytest.raises(Refused, match="redan rekvirerats"), atomic():
        tranches.change_ceiling(row, by=cast.decider(), ceiling=Decimal(1), decision=draft)


def test_a_discarded_draft_changes_nothing_and_stays_to_be_read(cast, draft):
    ceiling(cast, draft, 900_000)
    before = set(cast.tranches(2019).values_list("ceiling", flat=True))
    decisions.discard(draft, by=cast.official(), reason="Regeringen beslutade annorlunda.")
    draft.refresh_from_db()
    assert draft.status == "discarded"
    assert draft.amendments.count() == 1
    assert set(cast.tranches(2019).values_list("ceiling", flat=True)) == before
    assert not Obligation.objects.open().about("dispatch", draft.subject().key).exists()
    told = Event.objects.about(draft.subject().key).get(verb="decision.discarded")
    assert told.facts["reason"] == "Regeringen beslutade annorlunda."


def test_a_discarded_draft_is_closed_to_every_act(cast, draft):
    decisions.discard(draft, by=cast.official(), reason="Fel beslut.")
    with pytest.raises(Refused, match="makulerat"):
        ceiling(cast, draft, 900_000)
    with pytest.raises(Refused, match="makulerat"):
        decisions.correct(draft, by=cast.official(), title="Ny", decided_on=DAY, text="Nytt.")
    with pytest.raises(Refused, match="makulerat"):
        decisions.number(draft, by=cast.official(), case_number="I2019/1")
    with pytest.raises(Refused, match="makulerat"):
        decisions.discard(draft, by=cast.official(), reason="Igen.")
    with pytest.raises(Refused):
        dispatch(cast, draft)


def test_only_an_official_discards_and_only_what_is_a_draft_of_ones_own(cast, draft):
    with pytest.raises(Refused, match="handläggare"):
        decisions.discard(draft, by=cast.decider(), reason="Nej.")
    dispatch(cast, draft)
    with pytest.raises(Refused, match="expedierat"):
        decisions.discard(draft, by=cast.official(), reason="Nej.")
    programme, _ = programmes.load(walk.SECOND.read_text(), by=User.objects.system())
    official = walk.Walk(programme, DAY).official()
    with pytest.raises(Refused, match="programfilen"):
        decisions.discard(programme.decisions.get(), by=official, reason="Nej.")


def test_its_number_is_free_for_the_decision_registered_anew(cast):
    given = {"title": "Ändring", "decided_on": DAY, "text": "Text.", "case_number": "I2019/00815/D"}
    first = decisions.register(cast.programme, by=cast.official(), **given)
    with pytest.raises(ValidationError, match="samma diarienummer"):
        decisions.register(cast.programme, by=cast.official(), **given)
    decisions.discard(first, by=cast.official(), reason="Fel fil.")
    assert decisions.register(cast.programme, by=cast.official(), **given).status == "draft"
