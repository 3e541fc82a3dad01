"""What a person says of a line that waits: once, with evidence, and never of what the bank has not booked."""

import pytest
from django.db import transaction

from digikoord.lib.verdict import Refused
from duties.actions import obligations
from duties.models import Obligation
from grants.actions import bank_deposits, bank_lines, payment_returns, settlements
from grants.models import BankFileLine, ClaimEntry, PaymentBatchLine
from overview.selectors import proof
from records.models import Event
from tests.factories import bank_notices as bank
from tests.factories.bank_notices import camt, received, reversed_
from tests.loans import lent

pytestmark = pytest.mark.both_engines


@pytest.fixture(scope="module")
def made(lasting):
    return bank.begin()


@pytest.fixture
def world(made, db):
    with lent(), made.day():
        yield made
        assert [str(row) for row in proof.prove(made.programme).differences] == []


def waiting(world, *entries, **options):
    return world.take_in(camt(*entries, **options)).lines.waiting().get()


def payer(world, which=2):
    return world.walk.payer(which)


def test_booked_on_the_claim_that_is_picked(world):
    line = waiting(world, received(100, "1234566"))
    done = bank_lines.book_on(line, by=payer(world), claim=world.claim)
    assert (done.outcome, done.booked, done.handled_as, world.now().outstanding) == (
        "matched",
        100,
        "booked",
        900,
    )
    with pytest.raises(Refused, match="redan utredd"):
        bank_lines.book_on(line, by=payer(world, 3), claim=world.claim)


def test_above_the_claim_the_rest_is_surplus_until_somebody_has_handled_it(world):
    line = waiting(world, received(1500, "1234566"))
    line = bank_lines.book_on(line, by=payer(world), claim=world.claim)
    assert (line.outcome, line.surplus, line.waits, world.now().status) == ("surplus", 500, True, "closed")
    with pytest.raises(Refused, match="Ange underlaget"):
        bank_lines.say(line, by=payer(world), how="sent_back", note="Återsänt")
    with pytest.raises(Refused, match="överskottet"):
        bank_lines.book_on(line, by=payer(world), claim=world.claim)
    with pytest.raises(Refused, match="på ett av era krav"):
        bank_lines.say(line, by=payer(world), how="not_ours", note="Fel")
    line = bank_lines.say(line, by=payer(world), how="sent_back", note="Återsänt", evidence="Kvitto 7")
    assert (line.outcome, line.handled_evidence, line.waits) == ("surplus", "Kvitto 7", False)
    told = Event.objects.latest("pk")
    assert (told.verb, told.facts["evidence"]) == ("bank_file.line_settled", "Kvitto 7")


def test_a_night_opens_the_duty_that_a_line_lacks_once(world):
    """Lines taken in before there was such a duty."""
    line = waiting(world, received(100, "1234566"))
    open_duties = Obligation.objects.open().filter(kind="settle_bank_lines")
    with transaction.atomic():
        obligations.close("settle_bank_lines", line.file)
    assert not open_duties.exists()
    for _night in range(2):
        assert bank_deposits.look_at_all() == 1
        assert open_duties.count() == 1
    bank_lines.book_on(line, by=payer(world), claim=world.claim)
    assert bank_deposits.look_at_all() == 0
    assert not open_duties.exists()


ENDS = {
    "sent_back": "surplus",
    "credited": "surplus",
    "by_hand": "matched",
    "same": "known",
    "not_ours": "foreign",
}


@pytest.mark.parametrize("how", ENDS)
def test_what_else_it_may_be(how, world):
    line = waiting(world, received(70, "1234566", party="Anna Andersson"))
    line = bank_lines.say(line, by=payer(world), how=how, note="Anna Andersson", evidence="Kvitto")
    assert (line.outcome, line.waits) == (ENDS[how], False)
    told = Event.objects.filter(key=line.file.subject().key)
    assert "Anna" not in str([row.facts for row in told]), "who sent it is told to payers alone"
    assert how != "not_ours" or "70" not in str(told.latest("pk").facts)


def test_taken_back_by_a_person(world):
    first = world.take_in(camt(received(100, world.claim.reference))).lines.get()
    line = waiting(world, received(100, direction="DBIT"))
    line = bank_lines.take_back(line, by=payer(world), former=first)
    assert (line.outcome, line.booked, world.now().outstanding) == ("matched", -100, 1000)


def test_only_what_is_booked_on_the_same_amount_can_be_taken_back(world):
    first = world.take_in(camt(received(100, world.claim.reference))).lines.get()
    line = waiting(world, received(90, direction="DBIT"))
    with pytest.raises(Refused, match="annat belopp"):
        bank_lines.take_back(line, by=payer(world), former=first)
    with pytest.raises(Refused, match="Pengarna gick ut"):
        bank_lines.book_on(line, by=payer(world), claim=world.claim)


def test_what_was_handled_by_hand_is_not_taken_back_by_itself(world):
    entry = received(1500, world.claim.reference, refs={"AcctSvcrRef": "S"})
    line = waiting(world, entry)
    bank_lines.say(line, by=payer(world), how="sent_back", note="Återsänt", evidence="Kvitto")
    back = waiting(world, reversed_(entry))
    assert "överskott redan är hanterat" in back.reason
    assert world.now().status == "closed"


def test_what_the_payer_had_corrected_waits_for_somebody(world):
    entry = received(100, world.claim.reference, refs={"AcctSvcrRef": "S"})
    line = world.take_in(camt(entry)).lines.get()
    settlements.reverse(line.entry, by=payer(world), reason="Fel krav")
    assert "redan rättad" in waiting(world, reversed_(entry)).reason
    assert world.now().outstanding == 1000


def test_a_payment_that_came_back_is_picked(world, monkeypatch):
    done = []
    monkeypatch.setattr(payment_returns, "bring_back", lambda row, **told: done.append(row.pk))
    line = waiting(world, received(world.payment.amount, returned="AC04"))
    line = bank_lines.return_payment(line, by=payer(world), listed=PaymentBatchLine.objects.get())
    assert (line.outcome, line.payment, done) == ("returned", world.payment, [world.payment.pk])


def test_what_the_return_refuses_leaves_the_line_waiting(world, monkeypatch):
    def never(row, **_told):
        raise Refused("Det går inte.")

    monkeypatch.setattr(payment_returns, "bring_back", never)
    line = waiting(world, received(world.payment.amount, ids={"EndToEndId": world.payment.end_to_end}))
    assert (line.outcome, line.reason, line.payment) == ("proposed", "Det går inte.", None)
    with pytest.raises(Refused, match="Det går inte"):
        bank_lines.return_payment(line, by=payer(world), listed=PaymentBatchLine.objects.get())


def test_what_the_bank_has_not_booked_is_booked_by_nobody(world):
    line = waiting(world, received(100, world.claim.reference, status="PDNG"))
    with pytest.raises(Refused, match="inte bokfört"):
        bank_lines.book_on(line, by=payer(world), claim=world.claim)
    with pytest.raises(Refused, match="inte bokfört"):
        bank_lines.say(line, by=payer(world), how="by_hand", note="x", evidence="y")
    assert bank_lines.say(line, by=payer(world), how="not_ours", note="Blev inget").outcome == "foreign"


def test_whoever_is_no_payer_settles_nothing(world):
    line = waiting(world, received(100, "1234566"))
    for person in (
        world.walk.official(),
        world.walk.decider(),
        world.walk.signatory(world.claim.tranche.holder),
    ):
        with pytest.raises(Refused, match="ekonom"):
            bank_lines.book_on(line, by=person, claim=world.claim)
        with pytest.raises(Refused, match="ekonom"):
            bank_lines.say(line, by=person, how="not_ours", note="x")
    assert (ClaimEntry.objects.count(), BankFileLine.objects.waiting().count()) == (0, 1)
