"""The Riksdag's decision in the browser: registered with its rule, previewed place by place, confirmed by another."""

import datetime
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digikoord.lib.verdict import Refused
from grants.actions import budget_decisions, budget_effects
from grants.models import BudgetDecision, Tranche
from records.models import Registration
from tests.factories.played import fingerprint
from tests.papers import PDF

pytestmark = pytest.mark.django_db

CITED = {"kind": "appropriation", "outcome": "as_proposed", "proposition": "2019/20:1"}
CITED |= {"expenditure_area": "utg.omr. 22", "committee_report": "2019/20:TU1"}
CITED |= {"riksdag_letter": "2019/20:113", "decided_on": "2019-03-19"}


def post(client, cast, year=2020, **data):
    url = reverse("grants:budget_decision_register", args=[cast.programme.code, year])
    return client.post(url, {**CITED, **data})


def grid(cast, year, **changed):
    """What the grid posts: each place's ceiling as it stands, but for those given as p04=…"""
    rows = {f"p{row.place.code}": row for row in cast.tranches(year)}
    posted = {f"amount_{row.pk}": str(row.ceiling).replace(".", ",") for row in rows.values()}
    return posted | {f"amount_{rows[name].pk}": value for name, value in changed.items()}


@pytest.fixture
def official(cast, client):
    client.force_login(cast.official())
    return client


def latest():
    return BudgetDecision.objects.latest("pk")


def test_amount_by_amount_is_previewed_and_carried_out_exactly(cast, official, client):
    posted = grid(cast, 2020, p04="700 000", p14="0")
    assert post(official, cast, outcome="changed", rule="by_amount", **posted).status_code == 302
    client.force_login(cast.decider())
    url = reverse("grants:budget_decision_confirm", args=[latest().pk])
    preview = client.get(url).content.decode()
    assert "700\u00a0000" in preview
    assert "Ställs in." in preview
    assert client.post(url).status_code == 302
    assert cast.tranche("04", 2020).ceiling == Decimal(700_000)
    assert cast.tranche("14", 2020).status == "cancelled"
    assert cast.tranche("12", 2020).ceiling == Decimal(1_000_000)


def test_each_amount_is_at_most_what_the_government_decided(cast, official):
    before = fingerprint()
    answer = post(official, cast, outcome="changed", rule="by_amount", **grid(cast, 2020, p04="1 000 001"))
    assert answer.status_code == 422
    assert "enligt regeringens beslut" in answer.content.decode()
    assert "1 000 001" in answer.content.decode(), "what was typed is kept"
    assert fingerprint() == before


def test_the_sum_is_checked_against_what_the_decision_gives(cast, official):
    given = {"outcome": "changed", "rule": "equal", "recipient_ceiling": "900 000"}
    answer = post(official, cast, **given, total="20 899 999")
    assert answer.status_code == 422
    assert "beslutet ger" in answer.content.decode()
    assert post(official, cast, **given, total="20 900 000").status_code == 302


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"outcome": "changed"}, "Välj hur det ändrade beloppet fördelas."),
        ({"outcome": "changed", "rule": "equal"}, "Ange det nya högsta beloppet per aktör."),
        ({"outcome": "changed", "rule": "equal", "recipient_ceiling": "1 500 000"}, "är mer än"),
        (
            {"outcome": "changed", "rule": "equal", "recipient_ceiling": "900 000", "kind": "frame"},
            "inte av rambeslutet",
        ),
        ({"rule": "equal"}, "Välj fördelning bara när utfallet är ändrat belopp."),
        ({"total": "1000"}, "Ange belopp bara när utfallet är ändrat belopp."),
        ({"decided_on": "2019-03-21"}, "framtiden"),
    ],
)
def test_what_cannot_be_registered_is_said_and_changes_nothing(cast, official, data, sentence):
    before = fingerprint()
    answer = post(official, cast, **data)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert fingerprint() == before


def test_the_letter_of_the_riksdag_is_registered_with_its_file(cast, official):
    file = SimpleUploadedFile("rskr.pdf", PDF)
    assert post(official, cast, paper=file).status_code == 302
    entry = Registration.objects.get(key=latest().subject().key)
    assert (entry.party_name, bytes(entry.document.content)) == ("Riksdagen", PDF)
    assert "rskr.pdf" in official.get(latest().get_absolute_url()).content.decode()


def _confirmed(cast, **changed):
    given = {**CITED, "decided_on": datetime.date(2019, 3, 19), **changed}
    row = budget_decisions.register(cast.year(2020), by=cast.official(), **given)
    return budget_decisions.confirm(row, by=cast.decider())


def test_a_later_decision_gives_back_what_the_government_decided(cast):
    _confirmed(cast, outcome="changed", recipient_ceiling=Decimal(800_000))
    assert cast.tranche("04", 2020).ceiling == Decimal(800_000)
    _confirmed(cast, kind="amending", decided_on=datetime.date(2019, 3, 20))
    assert cast.tranche("04", 2020).ceiling == Decimal(1_000_000)
    assert BudgetDecision.objects.filter(year=cast.year(2020), status="confirmed").count() == 2


def test_an_older_decision_is_not_confirmed_after_a_newer(cast):
    older = budget_decisions.register(
        cast.year(2020), by=cast.official(), **{**CITED, "decided_on": datetime.date(2019, 3, 18)}
    )
    _confirmed(cast)
    before = fingerprint()
    with pytest.raises(Refused, match="senare beslut"):
        budget_decisions.confirm(older, by=cast.decider())
    assert fingerprint() == before


def test_the_database_refuses_a_ceiling_above_the_governments(cast):
    row = cast.tranche("04", 2019)
    with pytest.raises(IntegrityError), transaction.atomic():
        Tranche.objects.filter(pk=row.pk).update(ceiling=row.decided_ceiling + 1)


# --- A cut in percent


def percent(client, cast, **data):
    given = {"outcome": "changed", "rule": "percent", "percent": "12,5", "rounding": "kronor"}
    return post(client, cast, **given | data)


def test_a_cut_in_percent_is_previewed_place_by_place_and_carried_out(cast, official, client):
    assert percent(official, cast).status_code == 302
    row = latest()
    assert (row.percent, row.whole_kronor, row.by_amount) == (Decimal("12.5"), True, True)
    client.force_login(cast.decider())
    url = reverse("grants:budget_decision_confirm", args=[row.pk])
    preview = client.get(url).content.decode()
    for words in ("12,5", "avrundat nedåt till hela kronor", "1\u00a0000\u00a0000", "875\u00a0000"):
        assert words in preview
    assert client.post(url, {"seen": client.get(url).context["seen"]}).status_code == 302
    assert cast.tranche("12", 2020).ceiling == Decimal(875_000)
    assert {row.ceiling for row in cast.tranches(2020) if row.place.part == "recipient"} == {Decimal(875_000)}


@pytest.mark.parametrize(
    ("written", "rounding", "ceiling"),
    [
        ("33,3333", "kronor", "666667"),
        ("33,3333", "ore", "666667.00"),
        ("0,0001", "kronor", "999999"),
        ("0,0001", "ore", "999999.00"),
        ("12,3457", "kronor", "876543"),
        ("100", "kronor", "0"),
    ],
)
def test_each_amount_is_rounded_down(cast, official, written, rounding, ceiling):
    assert percent(official, cast, percent=written, rounding=rounding).status_code == 302
    assert latest().amounts.get(place__code="12").ceiling == Decimal(ceiling)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.decimals(min_value="0.0001", max_value=100, places=4),
    st.lists(st.decimals(min_value=0, max_value=9_999_999_999, places=2), min_size=1, max_size=25),
    st.booleans(),
)
def test_together_they_are_never_more_than_the_riksdag_gives(cut, ceilings, whole):
    shares = [budget_effects.left_of(ceiling, cut, whole_kronor=whole) for ceiling in ceilings]
    assert sum(shares) <= sum(ceilings) * (100 - cut) / 100
    unit = Decimal(1) if whole else Decimal("0.01")
    for share, ceiling in zip(shares, ceilings, strict=True):
        assert share % unit == 0
        assert 0 <= ceiling * (100 - cut) / 100 - share < unit


@pytest.mark.parametrize(
    "data",
    [
        {"percent": ""},
        {"percent": "0"},
        {"percent": "-5"},
        {"percent": "100,1"},
        {"percent": "1e1"},
        {"percent": "\u0661\u0662"},
        {"percent": "12,50001"},
        {"percent": "12.500"},
        {"rounding": "miljoner"},
        {"rule": "equal", "recipient_ceiling": "900 000"},
        {"rule": "by_amount"},
        {"outcome": "as_proposed", "rule": ""},
    ],
)
def test_no_cut_in_percent(cast, official, data):
    before = fingerprint()
    answer = percent(official, cast, **data)
    assert answer.status_code == 422
    assert fingerprint() == before


def test_a_cut_in_percent_stays_within_the_sum(cast, official):
    assert percent(official, cast, total="1").status_code == 422
    assert percent(official, cast, total="20 125 000").status_code == 302


def test_the_database_knows_how_a_cut_was_rounded(cast, official):
    percent(official, cast)
    for change in ({"percent": 0}, {"percent": 101}, {"whole_kronor": None}, {"by_amount": False}):
        with pytest.raises(IntegrityError), transaction.atomic():
            BudgetDecision.objects.filter(pk=latest().pk).update(**change)
