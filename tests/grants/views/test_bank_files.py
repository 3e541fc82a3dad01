"""The bank's files in the browser: handed out, taken in, and refused with the page as it was."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from digikoord.rehearsal import bank
from grants.models import BankDetails, BankFile, PaymentBatch

TODAY = "2019-03-20"


@pytest.fixture
def batch(cast):
    return PaymentBatch.objects.earliest("pk")


def upload(content, name="svar.xml"):
    return SimpleUploadedFile(name, content, content_type="text/xml")


def test_the_file_is_fetched_by_a_post_and_its_sum_is_on_the_page(client, cast, batch):
    client.force_login(cast.payer())
    url = reverse("grants:bank_file_hand_out", args=[batch.pk])
    assert client.get(url).status_code == 405
    response = client.post(url)
    assert hashlib.sha256(response.content).hexdigest() == batch.sha256
    assert response.headers["Content-Disposition"].endswith(f'"{batch.message_id}.xml"')
    page = client.get(batch.get_absolute_url()).content.decode()
    assert batch.sha256 in page
    assert "hämtade betalningsfilen" in page


def test_the_bytes_cannot_be_altered_and_bytes_that_were_are_not_handed_out(client, cast, batch):
    with pytest.raises(IntegrityError), transaction.atomic():
        PaymentBatch.objects.filter(pk=batch.pk).update(content=b"annat")
    other = PaymentBatch.objects.create(
        programme=cast.programme,
        number=99,
        created_by=cast.payer(),
        created_on=TODAY,
        message_id="X",
        content=b"<x/>",
        sha256="0" * 64,
    )
    client.force_login(cast.payer())
    response = client.post(reverse("grants:bank_file_hand_out", args=[other.pk]), follow=True)
    assert "ändrad sedan den skapades" in response.content.decode()


def test_an_answer_is_taken_in_and_the_original_can_be_fetched(client, cast, batch):
    client.force_login(cast.other_payer())  # the first one released them
    content = bank.answer(batch, "ACSC")
    url = reverse("grants:bank_file_take_in_answer", args=[batch.pk])
    response = client.post(url, {"file": upload(content)}, follow=True)
    file = BankFile.objects.get(message_id__contains="SVAR", sha256=hashlib.sha256(content).hexdigest())
    assert "Inget nytt" in response.content.decode()
    original = client.get(reverse("grants:bank_file_original", args=[file.pk]))
    assert original.content == content


@pytest.mark.parametrize(
    ("content", "sentence"), [(b"hej", "inte att läsa"), (b"", "tom"), (b"<Document/>", "inget ISO 20022")]
)
def test_a_bad_file_is_said_above_the_form(client, cast, batch, content, sentence):
    client.force_login(cast.other_payer())  # the first one released them
    before = BankFile.objects.count()
    url = reverse("grants:bank_file_take_in_answer", args=[batch.pk])
    response = client.post(url, {"file": upload(content)})
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert BankFile.objects.count() == before


def test_deposits_are_taken_in_and_what_waits_stands_first(client, cast):
    client.force_login(cast.payer())
    claim = cast.tranche("08", 2018).claims.get()
    exercise = client.get(reverse("rehearsal_bank_deposits", args=[cast.programme.code]))
    entry = exercise.content[exercise.content.index(b"<Ntry>") : exercise.content.index(b"</Ntry>") + 7]
    other = entry.replace(claim.reference.encode(), b"1234566").replace(b"<AcctSvcrRef>", b"<AcctSvcrRef>X")
    more = exercise.content.replace(b"</Ntfctn>", other + b"</Ntfctn>")
    url = reverse("grants:bank_file_take_in_deposits", args=[cast.programme.code])
    page = client.post(url, {"file": upload(more)}, follow=True).content.decode()
    assert "1 rad väntar" in page
    assert page.index("hör inte till något krav") < page.index("Matchad</span>", page.index("Filens rader"))
    claim.refresh_from_db()
    assert claim.status == "closed"


def test_the_authoritys_accounts_are_typed_checked_and_confirmed_by_another(client, cast):
    client.force_login(cast.payer())
    url = reverse("grants:bank_details_enter", args=[cast.programme.code])
    wrong = client.post(url, {"debit_giro": "bankgiro", "debit_number": "5052-5782", "bic": "x"})
    assert wrong.status_code == 422
    assert "Kontrollsiffran" in wrong.content.decode()
    assert "5052-5782" in wrong.content.decode()
    given = {"debit_giro": "bankgiro", "debit_number": "50525781"}
    client.post(url, given)
    confirm = reverse("grants:bank_details_confirm", args=[cast.programme.code])
    assert client.get(confirm).status_code == 403
    client.force_login(cast.other_payer())
    client.post(confirm)
    row = BankDetails.objects.get()
    assert (row.debit_number, row.is_confirmed) == ("5052-5781", True)
