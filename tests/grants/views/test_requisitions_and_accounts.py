"""Receipts, requisitions on paper, what was never requisitioned, and what an account was verified by."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from digikoord.lib.clock import standing_at
from digikoord.lib.verdict import Refused
from digikoord.models import Stage
from grants.actions import requisitions, tranches
from grants.models import PaymentAccount, Requisition, Tranche
from records.models import Registration
from tests.factories.played import fingerprint
from tests.papers import PDF

pytestmark = pytest.mark.django_db


def scan():
    return SimpleUploadedFile("rekvisition.pdf", PDF)


def paper(client, row, **changed):
    url = reverse("grants:requisition_register", args=[row.pk])
    given = {"amount": "400 000", "received_on": "2019-03-18", "signed_by": "Ada Berg", "paper": scan()}
    return client.post(url, given | changed)


def test_a_submitted_requisition_has_its_receipt(cast, client):
    row = cast.tranche("04", 2019)
    made = requisitions.write(row, by=cast.writer(row.holder), amount=250_000)
    requisitions.submit(made, by=cast.signatory(row.holder))
    client.force_login(cast.writer(row.holder))
    receipt = Registration.objects.get(key=made.subject().key)
    assert receipt.get_absolute_url() in client.get(made.get_absolute_url()).content.decode()
    assert cast.signatory(row.holder).name in receipt.body
    assert client.get(reverse("overview:registration_file", args=[receipt.pk])).content.startswith(b"%PDF")


def test_a_requisition_on_paper_is_registered_and_approved_by_another(cast, client):
    row = cast.tranche("04", 2019)
    client.force_login(cast.official())
    assert paper(client, row).status_code == 302
    made = Requisition.objects.get(tranche=row)
    assert (made.status, made.submitted_on, made.received_late) == (
        "submitted",
        datetime.date(2019, 3, 18),
        False,
    )
    assert bytes(Registration.objects.get(key=made.subject().key).document.content) == PDF
    with pytest.raises(Refused, match="själv skickat in"):
        requisitions.approve(made, by=cast.official())


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"received_on": "2019-03-21"}, "framtiden"),
        ({"received_on": "2018-01-01"}, "kan inte ha kommit in före det"),
        ({"amount": "1 000 001"}, "kvar att rekvirera"),
        ({"signed_by": ""}, "måste fyllas i"),
        ({"paper": ""}, "måste fyllas i"),
    ],
)
def test_a_paper_that_cannot_be_is_said_and_changes_nothing(cast, client, changed, sentence):
    client.force_login(cast.official())
    before = fingerprint()
    answer = paper(client, cast.tranche("04", 2019), **changed)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert fingerprint() == before


def test_what_was_never_requisitioned_is_closed_in_one_previewed_act(cast, client):
    url = reverse("grants:tranche_close_many", args=[cast.programme.code, 2019])
    client.force_login(cast.official())
    assert client.get(url).status_code == 403, "there is still time to requisition"
    Stage.objects.update(today=datetime.date(2020, 1, 15))
    page = client.get(url)
    assert page.status_code == 200, page.context["exception"]
    offered = {row.key: row.amount for row in page.context["rows"]}
    row = cast.tranche("04", 2019)
    assert offered[row.pk] == row.amount
    under_way = Requisition.objects.filter(tranche__year=row.year, status="submitted").first()
    assert under_way.tranche_id not in offered
    assert client.post(url, {"rows": list(offered)}).status_code == 422, "a reason is asked for"
    assert client.post(url, {"rows": list(offered), "reason": "Inte rekvirerat i tid."}).status_code == 302
    assert set(Tranche.objects.filter(pk__in=offered).values_list("status", flat=True)) <= {
        "closed",
        "settled",
    }


def test_all_are_closed_or_none(cast):
    waiting = Requisition.objects.filter(tranche__year=cast.year(2019), status="submitted").first()
    rows = [cast.tranche("04", 2019), waiting.tranche]
    before = fingerprint()
    with standing_at(datetime.date(2020, 1, 15)), pytest.raises(Refused, match="inte färdigbehandlad"):
        tranches.close_many(rows, by=cast.official(), reason="Inte rekvirerat.")
    assert fingerprint() == before


def test_a_certified_statement_is_attached_and_registered(cast, client):
    account = PaymentAccount.objects.get(status="unverified")
    person = next(one for one in (cast.payer(), cast.other_payer()) if one.pk != account.entered_by_id)
    client.force_login(person)
    url = reverse("grants:payment_account_verify", args=[account.pk])
    given = {"evidence_kind": "statement", "evidence": "Intyg av den 18 mars."}
    missing = client.post(url, given)
    assert (missing.status_code, "Bifoga bankens intyg." in missing.content.decode()) == (422, True)
    assert client.post(url, {**given, "paper": SimpleUploadedFile("intyg.pdf", PDF)}).status_code == 302
    account.refresh_from_db()
    assert (account.status, account.evidence_kind) == ("verified", "statement")
    assert Registration.objects.get(key=account.subject().key).document.name == "intyg.pdf"
    assert "intyg.pdf" in client.get(account.get_absolute_url()).content.decode()
