"""Money taken back after a breach: heard first, decided by another, and settled again to the öre."""

import datetime
from decimal import Decimal

import pytest

from actors.models import Succession
from digikoord.lib import clock
from digikoord.lib.clock import standing_at
from digikoord.lib.verdict import Refused
from duties.models import Obligation
from grants.actions import recoveries, settlements
from grants.models import Recovery, Tranche
from overview.selectors import proof
from records.models import Registration
from tests.factories.claim_doors import opened

DUE = datetime.date(2019, 6, 28)


@pytest.fixture
def case_(cast):
    return opened(cast)


def fresh(row):
    return Recovery.objects.get(pk=row.pk)


def duties(row):
    return set(Obligation.objects.open().filter(key=row.subject().key).values_list("kind", flat=True))


def even(cast):
    assert [str(row) for row in proof.prove(cast.programme).differences] == []


def decide(cast, row, amount, **fields):
    fields = {"reasons": "Medlen har inte gått till uppdraget.", "due": DUE} | fields
    return recoveries.decide(row, by=cast.decider(), amount=Decimal(amount), **fields)


def answered(cast, row):
    return recoveries.answer(row, by=cast.writer(row.tranche.holder), text="Vi delar inte <bedömningen>.")


def test_from_hearing_to_a_settled_year_again(cast, case_):
    tranche = case_.tranche
    assert tranche.status == "settled"
    assert duties(case_) == {"answer_recovery", "follow_recovery"}
    answered(cast, case_)
    assert duties(case_) == {"decide_recovery"}
    decide(cast, case_, 30_000)
    tranche = Tranche.objects.get(pk=tranche.pk)
    claim = fresh(case_).claim
    assert (tranche.status, tranche.used) == ("closed", Decimal(470_000))
    assert (claim.kind, claim.amount, claim.due) == ("recovery", Decimal(30_000), DUE)
    assert (duties(case_), fresh(case_).outcome) == (set(), "Delvis")
    even(cast)
    settlements.receive(claim, by=cast.payer(), amount=Decimal("29999.99"), on=clock.today())
    settlements.waive(claim, by=cast.decider(), amount=Decimal("0.01"), legal_basis="förordning (1993:1138)")
    assert Tranche.objects.get(pk=tranche.pk).status == "settled"
    even(cast)


def test_nothing_taken_back_leaves_the_year_settled(cast, case_):
    decide(cast, answered(cast, case_), 0, due=None)
    assert (fresh(case_).outcome, fresh(case_).claim) == ("Inget återkrävs", None)
    assert case_.tranche.claims.count() == 0
    assert Tranche.objects.get(pk=case_.tranche_id).status == "settled"
    even(cast)


def test_nobody_decides_before_the_recipient_is_heard(cast, case_):
    with pytest.raises(Refused, match="Väntar på svar"):
        decide(cast, case_, 1)
    with pytest.raises(Refused, match="kan svara till och med"):
        recoveries.note_silence(case_, by=cast.official())
    with standing_at(case_.act_by + datetime.timedelta(days=1)):
        recoveries.note_silence(case_, by=cast.official())
        assert duties(case_) == {"decide_recovery"}
        assert answered(cast, case_).status == "answered", "a late answer is read"


def test_the_decision_stays_within_what_was_heard_and_has_a_day(cast, case_):
    answered(cast, case_)
    with pytest.raises(Refused, match="Beslutet kan inte avse mer"):
        decide(cast, case_, "40000.01")
    with pytest.raises(Refused, match="sista betalningsdag"):
        decide(cast, case_, 1, due=None)
    with pytest.raises(Refused, match="beslutsfattare"):
        recoveries.decide(case_, by=cast.official(), amount=1, reasons="Fel person.", due=DUE)


def test_one_case_at_a_time_and_never_more_than_was_used(cast, case_):
    with pytest.raises(Refused, match="pågår redan"):
        opened(cast)
    recoveries.withdraw(case_, by=cast.official(), reason="Uppgiften var fel.")
    assert duties(case_) == set()
    with pytest.raises(Refused, match="godtaget som använt och kan återkrävas"):
        recoveries.open_(
            cast.tranche("14", 2018),
            by=cast.official(),
            breach="Allt.",
            amount=Decimal("500000.01"),
            legal_basis="villkoren",
            answer_due=DUE,
        )
    even(cast)


def test_what_is_not_accepted_cannot_be_taken_back(cast):
    with pytest.raises(Refused, match="Inget är godtaget"):
        recoveries.is_recoverable(cast.tranche("22", 2018)).require()


def test_hearing_answer_and_decision_are_registered(cast, case_):
    decide(cast, answered(cast, case_), 40_000)
    rows = Registration.objects.filter(key=case_.subject().key).order_by("number")
    assert [row.direction for row in rows] == ["out", "in", "out"]
    hearing, answer, decision = (row.body.replace("\u00a0", " ") for row in rows)
    assert "25 § förvaltningslagen" in hearing
    assert "&lt;bedömningen&gt;" in answer
    assert "återkräva 40 000 kr" in decision


def test_a_dissolved_predecessor_is_heard_through_its_successor(cast):
    row = recoveries.open_(
        cast.tranche("08", 2018),
        by=cast.official(),
        breach="En kostnad saknar underlag.",
        amount=Decimal(1_000),
        legal_basis="villkoren",
        answer_due=DUE,
    )
    succession = Succession.objects.get(predecessor=row.tranche.holder)
    with pytest.raises(Refused, match="koordinator"):
        recoveries.answer(row, by=cast.writer(succession.successor), text="Underlaget finns.")
    Succession.objects.filter(pk=succession.pk).update(predecessor_dissolved=True)
    writer = cast.writer(succession.successor)
    assert recoveries.answer(row, by=writer, text="Underlaget finns.").answered_by == writer
