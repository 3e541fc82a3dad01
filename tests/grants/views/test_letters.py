"""An offer is read, answered in two steps, and receipted; its papers are the same bytes every time."""

import io

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from actors.models import Actor, User
from grants import documents
from grants.models import Assignment, GovernmentDecision, Signature
from tests import databases

pytestmark = pytest.mark.django_db


@pytest.fixture
def offer(cast):
    return cast.assignment("01")


@pytest.fixture
def signatory(cast, offer, client):
    client.force_login(cast.signatory(offer.holder))
    return client


def page(client, route, row, **query):
    return client.get(reverse(f"grants:{route}", args=[row.pk]), query).content.decode()


def answer(client, route, offer, **data):
    posted = {"text_sha256": documents.sha256(documents.offer_text(offer)), "read": "on"} | data
    return client.post(reverse(f"grants:{route}", args=[offer.pk]), posted)


def test_read_confirm_receipt(cast, offer, signatory):
    letter = page(signatory, "assignment_letter", offer)
    assert "Steg 1 av 2" in letter
    assert "29\u00a0mars\u00a02019" in letter
    assert answer(signatory, "assignment_accept", offer).status_code == 302
    receipt = page(signatory, "assignment_receipt", offer)
    signed = offer.signatures.get()
    assert all(part in receipt for part in (signed.name, signed.title, signed.sha256))


def test_declining_says_in_kronor_what_it_ends(offer, signatory):
    shown = page(signatory, "assignment_decline", offer)
    assert "Tillsammans 2\u00a0000\u00a0000\u00a0kr (två miljoner kronor)" in shown


def test_a_text_that_changed_between_the_steps_is_said(offer, signatory):
    read = documents.sha256(documents.offer_text(offer))
    assert "Texten har ändrats" not in page(signatory, "assignment_accept", offer, text=read)
    with databases.without_guards():
        GovernmentDecision.objects.filter(pk=offer.decision_id).update(text="En annan lydelse.")
    assert "Texten har ändrats" in page(signatory, "assignment_accept", offer, text=read)
    refused = answer(signatory, "assignment_accept", offer, text_sha256=read)
    assert refused.status_code == 422
    assert not Signature.objects.filter(assignment=offer).exists()


def test_the_second_tab_is_told(offer, signatory):
    answer(signatory, "assignment_accept", offer)
    late = answer(signatory, "assignment_decline", offer)
    assert late.status_code == 403
    assert "uppdraget har läget ”Gäller”" in late.content.decode()


def test_one_of_two_waits_and_may_withdraw(offer, signatory):
    Actor.objects.filter(pk=offer.holder_id).update(signatures_required=2)
    assert "två tillsammans" in page(signatory, "assignment_accept", offer)
    answer(signatory, "assignment_accept", offer)
    assert "Återta underskriften" in page(signatory, "assignment_detail", offer)
    taken_back = reverse("grants:signature_withdraw", args=[offer.signatures.get().pk])
    assert signatory.post(taken_back).status_code == 302
    assert Assignment.objects.get(pk=offer.pk).status == "offered"
    assert signatory.get(reverse("grants:assignment_receipt", args=[offer.pk])).status_code == 404


def test_a_paper_answer_is_registered_with_its_scan(cast, offer, client):
    client.force_login(cast.official())
    scan = b"\xff\xd8\xff scan"
    data = {"answer": "accept", "answered_on": "2019-03-18", "name": "Ada Berg", "title": "direktör"}
    data["paper"] = SimpleUploadedFile("svar.jpg", scan)
    url = reverse("grants:assignment_register_answer", args=[offer.pk])
    assert client.post(url, data).status_code == 302
    document = offer.signatures.get().document
    assert client.get(reverse("grants:answer_document", args=[document.pk])).content == scan
    client.force_login(User.objects.get(pk=cast.writer(cast.assignment("12").holder).pk))
    assert client.get(reverse("grants:answer_document", args=[document.pk])).status_code == 404


def test_the_papers_are_the_same_bytes_and_carry_the_text(cast, offer, signatory):
    letters = [documents.letter_pdf(offer) for _ in range(2)]
    assert letters[0] == letters[1]
    answer(signatory, "assignment_accept", offer)
    row = cast.assignment("01")
    receipt = documents.receipt_pdf(row)
    assert receipt == documents.receipt_pdf(row)
    with pikepdf.open(io.BytesIO(receipt)) as read:
        attached = read.attachments["besvarad-text.txt"].get_file().read_bytes()
    assert documents.sha256(attached.decode()) == row.answered_sha256


def test_the_page_offers_what_each_may_do(cast, offer, client):
    wanted = {
        cast.signatory: "Läs och svara",
        lambda _: cast.official(): "Registrera svar på papper",
        lambda _: cast.decider(): "Återkalla erbjudandet",
    }
    for who, button in wanted.items():
        client.force_login(who(offer.holder))
        shown = page(client, "assignment_detail", offer)
        assert [text for text in wanted.values() if text in shown] == [button]


@pytest.mark.parametrize("route", ["assignment_letter", "assignment_accept", "assignment_decline"])
def test_the_letters_text_is_text_and_never_markup(offer, signatory, route):
    Actor.objects.filter(pk=offer.holder.pk).update(legal_name="<script>alert(1)</script>")
    shown = page(signatory, route, offer)
    assert "<script>alert(1)" not in shown
    assert "&lt;script&gt;alert(1)" in shown
    assert type(documents.offer_text(offer)) is str
