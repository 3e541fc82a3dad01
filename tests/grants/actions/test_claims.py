"""What happens to a claim: adjusted, deferred, counter-entered, with interest. The books balance at every step."""

import datetime
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from digikoord.lib import clock
from digikoord.lib.verdict import Refused
from duties.models import Obligation
from grants.actions import claims, settlements
from grants.models import ClaimEntry, RepaymentClaim
from overview.selectors import proof
from records.models import Registration

ORE = Decimal("0.01")
BASIS = "förordning (1993:1138) 8 §"


@pytest.fixture
def claim(cast):
    """87 650 kr of place 08's 2018, nothing of it paid."""
    return cast.tranche("08", 2018).claims.get()


@pytest.fixture
def even(cast):
    """even(): the rows, plain SQL and the trail tell the same sums, and no rule is broken."""

    def checked():
        assert [str(row) for row in proof.prove(cast.programme).differences] == []

    return checked


def fresh(claim):
    return RepaymentClaim.objects.get(pk=claim.pk)


def letters(claim):
    return list(Registration.objects.filter(key=claim.subject().key).order_by("number"))


def receive(cast, claim, amount):
    return settlements.receive(claim, by=cast.payer(), amount=Decimal(amount), on=clock.today())


def test_an_adjustment_moves_what_counts_as_used(cast, claim, even):
    used = cast.tranche("08", 2018).used
    claims.adjust(claim, by=cast.payer(), amount=Decimal("80000.50"), reason="En faktura kom in.")
    tranche = cast.tranche("08", 2018)
    assert tranche.used == used + Decimal("7649.50")
    assert tranche.account_lines.last().reason == "En faktura kom in."
    assert sum(line.accepted for line in tranche.account_lines.all()) == tranche.used
    even()
    receive(cast, claim, "80000.50")
    assert cast.tranche("08", 2018).status == "settled"
    even()


def test_an_adjustment_to_what_has_come_in_settles_the_year(cast, claim, even):
    receive(cast, claim, 50_000)
    with pytest.raises(Refused, match="är redan inbetalt eller eftergivet"):
        claims.adjust(claim, by=cast.payer(), amount=Decimal("49999.99"), reason="Mindre.")
    claims.adjust(claim, by=cast.payer(), amount=Decimal(50_000), reason="Resten var rätt använt.")
    assert (fresh(claim).status, cast.tranche("08", 2018).status) == ("closed", "settled")
    even()


def test_a_mistaken_claim_is_adjusted_to_nothing(cast, claim, even):
    claims.adjust(claim, by=cast.payer(), amount=Decimal(0), reason="Kravet var fel.")
    assert (fresh(claim).status, fresh(claim).amount) == ("closed", 0)
    even()


def test_it_never_asks_for_more_than_was_used_and_claimed(cast, claim):
    with pytest.raises(Refused, match="godtaget som använt"):
        claims.adjust(claim, by=cast.payer(), amount=Decimal("500000.01"), reason="Allt.")
    with pytest.raises(Refused, match="ekonom"):
        claims.adjust(claim, by=cast.decider(), amount=Decimal(1), reason="Fel person.")


def test_a_deferral_moves_the_duty_and_is_told_in_a_letter(cast, claim):
    due = datetime.date(2019, 6, 28)
    claims.defer(claim, by=cast.decider(), due=due, legal_basis=BASIS, reason="Kassan räcker inte.")
    duty = Obligation.objects.open().get(kind="repay", key=claim.subject().key)
    assert (fresh(claim).due, duty.due) == (due, due)
    assert "28\u00a0juni\u00a02019" in letters(claim)[-1].body
    with pytest.raises(Refused, match="beslutsfattare"):
        claims.defer(claim, by=cast.payer(), due=due, legal_basis=BASIS, reason="Fel person.")
    with pytest.raises(Refused, match="efter idag"):
        claims.defer(claim, by=cast.decider(), due=clock.today(), legal_basis=BASIS, reason="Igår.")


def test_a_mistaken_receipt_is_met_by_a_counter_entry_and_the_year_comes_back(cast, claim, even):
    entry = receive(cast, claim, claim.amount)
    assert cast.tranche("08", 2018).status == "settled"
    settlements.reverse(entry, by=cast.payer(), reason="Insatt på fel krav.")
    assert (fresh(claim).status, cast.tranche("08", 2018).status) == ("open", "closed")
    assert fresh(claim).outstanding == claim.amount
    assert Obligation.objects.open().filter(kind="repay", key=claim.subject().key).exists()
    even()
    with pytest.raises(Refused, match="redan rättad"):
        settlements.reverse(entry, by=cast.payer(), reason="En gång till.")
    receive(cast, claim, claim.amount)
    assert cast.tranche("08", 2018).status == "settled"
    even()


def test_a_mistaken_waiver_is_the_decision_makers_to_correct(cast, claim, even):
    entry = settlements.waive(claim, by=cast.decider(), amount=ORE, legal_basis=BASIS, note="Öre.")
    with pytest.raises(Refused, match="beslutsfattare"):
        settlements.reverse(entry, by=cast.payer(), reason="Fel.")
    settlements.reverse(entry, by=cast.decider(), reason="Fel.")
    assert fresh(claim).outstanding == claim.amount
    even()


def test_interest_never_touches_the_capital(cast, claim, even):
    claims.charge_interest(
        claim, by=cast.payer(), amount=Decimal("812.33"), legal_basis="räntelagen (1975:635)"
    )
    assert fresh(claim).outstanding == claim.amount
    assert fresh(claim).interest_left == Decimal("812.33")
    with pytest.raises(Refused, match="Av räntan återstår"):
        claims.receive_interest(claim, by=cast.payer(), amount=Decimal("812.34"), on=clock.today())
    claims.receive_interest(claim, by=cast.payer(), amount=Decimal("812.33"), on=clock.today())
    assert fresh(claim).interest_left == 0
    even()


def test_no_row_of_a_claim_is_deleted(cast, claim):
    claims.charge_interest(claim, by=cast.payer(), amount=ORE, legal_basis="räntelagen")
    claims.defer(claim, by=cast.decider(), due=datetime.date(2019, 6, 28), legal_basis=BASIS, reason="Sent.")
    receive(cast, claim, 1)
    rows = [claim, claim.entries.get(), claim.interest.get(), claim.deferrals.get()]
    for row in [*rows, cast.tranche("08", 2018).account_lines.first()]:
        with pytest.raises(IntegrityError), transaction.atomic():
            row.delete()


def test_a_negative_entry_is_a_counter_entry(cast, claim):
    with pytest.raises(IntegrityError), transaction.atomic():
        ClaimEntry.objects.create(
            claim=claim,
            kind="receipt",
            amount=-ORE,
            on=clock.today(),
            registered_by=cast.payer(),
            registered_on=clock.today(),
        )


def test_the_letter_tells_amount_day_reference_and_case_number(claim):
    told = letters(claim)[0].body.replace("\u00a0", " ")
    for word in ("87 650 kr", claim.due.isoformat(), claim.reference, "N2018/04129/D", str(claim.pay_to)):
        assert word in told


def test_a_repayment_says_what_it_is_credited_to_and_what_was_said_last_holds(cast, claim, client):
    entry = receive(cast, claim, 100)
    settlements.credit(entry, by=cast.payer(), credited_to="Inkomsttitel 2811", note="Enligt kontoutdrag.")
    settlements.credit(entry, by=cast.payer(), credited_to="UO 22 anslag 1:1", budget_year=2019)
    assert str(entry.credited) == "UO 22 anslag 1:1, budgetåret 2019"
    client.force_login(cast.payer())
    page = client.get(claim.get_absolute_url()).content.decode()
    assert "Krediteras UO 22 anslag 1:1, budgetåret 2019" in page
    assert "krediteras Inkomsttitel 2811" in page  # the trail keeps it
    with pytest.raises(DatabaseError), transaction.atomic():
        entry.credits.update(credited_to="Annat")


def test_only_a_receipt_that_stands_is_credited(cast, claim):
    entry = receive(cast, claim, 100)
    with pytest.raises(Refused):
        settlements.credit(entry, by=cast.decider(), credited_to="UO 22 anslag 1:1")
    settlements.reverse(entry, by=cast.payer(), reason="Fel aktör.")
    with pytest.raises(Refused, match="står kvar"):
        settlements.credit(entry, by=cast.payer(), credited_to="UO 22 anslag 1:1")
