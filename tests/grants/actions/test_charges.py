"""Money of an ended year: nothing is granted or paid before another person has named the appropriation; both years are told."""

import datetime
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from access.actions import memberships
from actors.models import User
from digikoord.lib.clock import standing_at
from digikoord.lib.papers import Paper, Type
from digikoord.lib.verdict import Refused
from duties.models import Obligation
from grants import documents
from grants.actions import charges, claims, payments, requisitions, tranches
from grants.models import Payment, Requisition, Tranche, YearCharge
from overview.selectors import ledger
from records.models import Event
from tests import papers
from tests.factories import at

pytestmark = pytest.mark.django_db
DAY = datetime.date(2019, 1, 7)
PAPER = Paper("regleringsbrev.pdf", Type.PDF, b"%PDF-1.4\n%%EOF\n")
TOLD = {
    "appropriation": "UO 22 anslag 1:1",
    "reason": "Rekvirerat i tid, betalt efter årsskiftet.",
    "paper": PAPER,
}


def open_charges():
    return Obligation.objects.open().filter(kind="charge")


def prepared():
    """A requisition of 14 November 2018, approved that day, whose payment is still to be released."""
    walk, row = at.payment_at("prepared")
    at.bank_details(walk)
    return walk, row


def test_the_turn_of_the_year_asks_for_the_appropriation():
    walk, row = prepared()
    with standing_at(datetime.date(2018, 12, 31)):
        charges.open_duties()
        assert not open_charges().exists()
    with standing_at(datetime.date(2019, 1, 1)):
        assert charges.open_duties() == 1
        assert charges.open_duties() == 1
        duty = open_charges().get()
        assert (duty.role, duty.debtor) == ("decision_maker", walk.programme.ministry)
    with standing_at(DAY):
        payments.cancel(row, by=walk.official(2), reason="Återtagen.")
    assert open_charges().count() == 0


def test_nothing_is_released_before_another_person_has_decided():
    walk, row = prepared()
    with standing_at(DAY):
        with pytest.raises(Refused, match="2018 är slut"):
            payments.release(row, by=walk.payer(2))
        charge(walk, row)
        payments.release(row, by=walk.payer(2))
        batch = payments.export(walk.programme, by=walk.payer(2), payments=[Payment.objects.get(pk=row.pk)])
        at.handed_out(walk, batch)
        payments.confirm(
            Payment.objects.get(pk=row.pk), by=walk.payer(3), value_date=DAY, evidence="Kontoutdrag"
        )
    paid = Payment.objects.get(pk=row.pk)
    assert (paid.year.year, paid.charged_year) == (2018, 2019)
    assert paid.charge.appropriation == "UO 22 anslag 1:1"
    assert ledger.charged(walk.programme) == {2018: {2019: paid.amount}}
    assert ledger.as_json(walk.programme, ledger.ledger(walk.programme))["charged"] == {
        "2018": {"2019": f"{paid.amount:.2f}"}
    }
    assert Event.objects.filter(verb="tranche.charged", facts__budget_year=2019).exists()


def charge(walk, row, **changed):
    return charges.decide(row.tranche, by=walk.decider(3), **{"budget_year": 2019, **TOLD, **changed})


def test_who_prepared_approved_or_releases_decides_nothing():
    walk, row = prepared()
    with standing_at(DAY):
        for person in (walk.official(2), walk.payer(2), walk.signatory(row.tranche.holder)):
            with pytest.raises(Refused, match="Bara beslutsfattare"):
                charges.decide(row.tranche, by=person, budget_year=2019, **TOLD)
        both = walk.decider(3)
        charge(walk, row)
        give(walk, both)
        with pytest.raises(Refused, match="Du har själv beslutat vilket anslag"):
            payments.release(row, by=both)


def give(walk, person):
    memberships.invite(walk.programme.disburser, email=person.email, name=person.name, role="payer")


def test_whoever_decided_it_does_not_approve_what_is_asked_for():
    walk, row = at.requisition_at("submitted")
    with standing_at(DAY):
        both = walk.decider(3)
        charges.decide(row.tranche, by=both, budget_year=2019, **TOLD)
        memberships.invite(walk.programme.ministry, email=both.email, name=both.name, role="official")
        with pytest.raises(Refused, match="Du har själv beslutat vilket anslag"):
            requisitions.approve(Requisition.objects.get(), by=User.objects.get(pk=both.pk))


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="PostgreSQL's own guard")
def test_the_database_asks_for_another_person_too():
    walk, row = prepared()
    released = (
        "UPDATE grants_payment SET status = 'released', released_on = '2019-01-07', released_by_id = %s, "
        "account_id = (SELECT max(id) FROM grants_paymentaccount)"
    )
    with standing_at(DAY):
        for person in (walk.payer(2), walk.decider(3)):
            with (
                pytest.raises(IntegrityError, match="the year has ended"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(released, [person.pk])
            if person != walk.decider(3):
                charge(walk, row)


def test_each_budget_year_asks_for_its_own():
    """Paid in one later year and to be paid in another: one decision is not both."""
    walk, row = at.payment_at("exported")
    with standing_at(DAY):
        payments.confirm(row, by=walk.payer(3), value_date=datetime.date(2019, 1, 2), evidence="Kontoutdrag")
    with standing_at(datetime.date(2020, 1, 7)):
        tranche = Tranche.objects.get(pk=row.tranche.pk)
        charges.decide(tranche, by=walk.decider(3), budget_year=2020, **TOLD)
        assert open_charges().exists(), "2019 still lacks its own"
        charges.decide(tranche, by=walk.decider(3), budget_year=2019, **TOLD)
        assert not open_charges().exists()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [({"budget_year": 2018}, "inget budgetår"), ({"budget_year": 2020}, "inget budgetår")],
)
def test_another_year_is_refused(changed, sentence):
    walk, row = prepared()
    with standing_at(DAY):
        with pytest.raises(Refused, match=sentence):
            charge(walk, row, **changed)
        charge(walk, row)
        with pytest.raises(Refused, match="redan beslutat"):
            charge(walk, row)
    assert YearCharge.objects.count() == 1


def test_in_its_own_year_there_is_nothing_to_decide():
    walk, row = prepared()
    with standing_at(at.PAYING), pytest.raises(Refused, match="pågår"):
        charge(walk, row)


def test_settled_by_the_bank_after_the_turn_it_is_asked_for_afterwards():
    walk, row = at.payment_at("exported")
    with standing_at(DAY):
        payments.confirm(row, by=walk.payer(3), value_date=datetime.date(2019, 1, 2), evidence="Kontoutdrag")
        assert open_charges().exists(), "the bank was slower than the year"
        charge(walk, row)
    assert not open_charges().exists()
    assert Obligation.objects.get(kind="charge").outcome == "done"


def test_an_ended_year_is_not_granted_without_it():
    walk, row = at.tranche_at("prepared")
    with standing_at(DAY):
        with pytest.raises(Refused, match="2018 är slut"):
            tranches.grant(row, by=walk.decider())
        charges.decide(row, by=walk.decider(3), budget_year=2019, **TOLD)
        granted = tranches.grant(Tranche.objects.get(pk=row.pk), by=walk.decider())
        assert "budgetåret 2019" in documents.grant_letter(granted)


def test_the_claims_letter_says_both_years():
    walk, row = at.payment_at("exported")
    with standing_at(DAY):
        payments.confirm(row, by=walk.payer(3), value_date=datetime.date(2019, 1, 2), evidence="Kontoutdrag")
        with transaction.atomic():
            tranche = Tranche.objects.locked(row.tranche)
            claim = claims.open_(tranche, by=walk.payer(3), amount=Decimal(1), due=datetime.date(2019, 3, 31))
        letter = " ".join(documents.claim_letter(claim).split())
    assert "av medlen för 2018 betalades ut den 2 januari 2019 och belastar budgetåret 2019" in letter
    assert "2019-04-01" in letter


def test_the_page_asks_and_the_payment_shows_both_years(client):
    walk, row = prepared()
    url = reverse("grants:tranche_charge", args=[row.tranche.pk])
    client.force_login(walk.decider(3))
    with standing_at(DAY):
        assert client.get(url).status_code == 200
        missing = client.post(url, {"budget_year": "2019", "appropriation": "UO 22"})
        assert missing.status_code == 422
        given = {"budget_year": "2019", "appropriation": "UO 22 1:1", "reason": "Sent.", "paper": scan()}
        assert client.post(url, given).status_code == 302
        detail = client.get(row.tranche.get_absolute_url()).content.decode()
        assert "Belastar 2019" in detail
        assert client.get(url).status_code == 403, "decided once"


def scan():
    return SimpleUploadedFile("beslut.pdf", papers.PDF)
