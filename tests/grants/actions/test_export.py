"""No file without a sender: whose money it is has been confirmed, the books balance, and handing it over is a duty."""

import pytest
from django.db import connection
from django.urls import reverse

from digikoord.lib.clock import standing_at
from digikoord.lib.verdict import Refused
from duties.models import Obligation
from grants.actions import bank_details, bank_files, payments
from grants.lifecycle.payment import Status
from grants.models import BankDetails, Payment, PaymentBatch
from tests.factories import at

pytestmark = pytest.mark.django_db
NUMBERS = {"debit_giro": "bankgiro", "debit_number": "160-9908", "org_nr": "222000-9993"}


@pytest.fixture
def released():
    walk, row = at.payment_at(Status.RELEASED)
    with standing_at(at.PAYING):
        yield walk, row


def export(walk, row):
    return payments.export(walk.programme, by=walk.payer(2), payments=[Payment.objects.get(pk=row.pk)])


def refused(walk, row, said):
    with pytest.raises(Refused, match=said):
        export(walk, row)
    assert (Payment.objects.get(pk=row.pk).status, PaymentBatch.objects.count()) == (Status.RELEASED, 0)


def test_refused_until_the_payers_details_are_entered_and_confirmed_by_another(released):
    walk, row = released
    refused(walk, row, "inte angivna")
    bank_details.enter(walk.programme, by=walk.payer(2), debit_giro="", debit_number="")
    refused(walk, row, "saknas kontot")
    details = bank_details.enter(walk.programme, by=walk.payer(2), **NUMBERS)
    refused(walk, row, "inte bekräftade")
    with pytest.raises(Refused, match="själv angett"):
        bank_details.confirm(details, by=walk.payer(2))
    bank_details.confirm(details, by=walk.payer(3))
    batch = export(walk, row)
    assert b"NOTPROVIDED" not in bytes(batch.content)
    bank_details.enter(walk.programme, by=walk.payer(2), **NUMBERS | {"debit_number": "5050-1055"})
    assert not bank_details.is_known(walk.programme), "a change is confirmed anew"


def test_refused_without_an_organisation_number(released):
    walk, row = released
    walk.programme.disburser.__class__.objects.filter(pk=walk.programme.disburser_id).update(org_nr="")
    BankDetails.objects.create(
        programme=walk.programme,
        debit_giro="bankgiro",
        debit_number="160-9908",
        entered_by=walk.payer(2),
        entered_on=at.PAYING,
        confirmed_by=walk.payer(3),
        confirmed_on=at.PAYING,
    )
    refused(walk, row, "organisationsnummer")


def test_the_page_says_which_file_goes_where_and_where_what_is_missing_is_entered(released, client):
    walk, row = released
    client.force_login(walk.payer(2))
    url = reverse("grants:payment_export", args=[walk.programme.code])
    page = client.get(url).content.decode()
    assert "inte angivna" in page
    assert reverse("grants:bank_details_detail", args=[walk.programme.code]) in page
    assert 'type="submit">Skapa' not in page.replace("\n", "")
    at.bank_details(walk)
    page = client.get(url).content.decode().replace("\u00a0", " ")
    for said in ("RDK-2018-B0001.xml", "banken ESSESESS", "Bankgiro 160-9908", "2018-11-02", "500 000 kr"):
        assert said in page, said
    assert client.post(url, {"rows": [row.pk]}).status_code == 302


def test_handing_the_file_over_is_a_duty(released):
    walk, row = released
    at.bank_details(walk)
    batch = export(walk, row)
    duty = Obligation.objects.open().get(kind="hand_over_file")
    assert (duty.url, duty.is_for(walk.payer(3))) == (batch.get_absolute_url(), True)
    bank_files.hand_out(batch, by=walk.payer(3))
    duty.refresh_from_db()
    assert duty.outcome == "done"


def test_no_file_while_the_books_do_not_balance(released, client):
    walk, row = released
    at.bank_details(walk)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "UPDATE grants_tranche SET amount = amount - 0.01, ceiling = ceiling - 0.01 WHERE id = %s",
            [row.tranche.pk],
        )
        cursor.execute("SET LOCAL session_replication_role = origin")
    refused(walk, row, "Böckerna för .* stämmer inte")
    client.force_login(walk.payer(2))
    url = reverse("grants:payment_export", args=[walk.programme.code])
    answer = client.post(url, {"rows": [row.pk]})
    assert answer.status_code == 422
    assert "stämmer inte" in answer.content.decode()
