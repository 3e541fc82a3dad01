"""What was read is what is confirmed: a page opened before something changed asks again, and nothing else is done."""

import pytest
from django.urls import reverse
from lxml import html

from digikoord.lib import reading
from digikoord.lib.clock import standing_at
from digikoord.lib.reading import CHANGED
from grants.actions import requisitions, tranches
from grants.models import PaymentBatch, Requisition, Tranche
from tests.factories import at

pytestmark = pytest.mark.django_db


def opened(client, url):
    """The fields of the page's form, as a browser would send them, and the boxes that are ticked."""
    form = html.document_fromstring(client.get(url).content).xpath("//main//form[@method='post']")[0]
    ticked = form.xpath(".//input[@name='rows'][@checked]/@value")
    return {name: value for name, value in form.form_values() if name != "rows"} | {"rows": ticked}


def test_a_requisition_sent_in_anew_is_not_approved_from_the_page_of_the_first(client):
    walk, row = at.requisition_at("submitted")
    url = reverse("grants:requisition_approve", args=[row.pk])
    client.force_login(walk.official(2))
    with standing_at(at.PAYING):
        sent = opened(client, url)
        requisitions.return_(row, by=walk.official(), reason="Fel belopp.")
        fresh = Requisition.objects.get()
        requisitions.submit(fresh, by=walk.signatory(fresh.tranche.holder), amount=fresh.amount - 1)
        answer = client.post(url, sent)
        assert answer.status_code == 422
        assert CHANGED in answer.content.decode()
        assert Requisition.objects.get().status == "submitted"
        assert client.post(url, opened(client, url)).status_code == 302
    assert Requisition.objects.get().status == "approved"


def test_an_amount_prepared_anew_is_not_granted_from_the_list_of_the_first(client):
    walk, row = at.tranche_at("prepared")
    url = reverse("grants:tranche_grant_many", args=[walk.programme.code, row.year.year])
    client.force_login(walk.decider())
    with standing_at(at.PAYING):
        sent = opened(client, url)
        assert sent["rows"] == [str(row.pk)]
        tranches.send_back(row, by=walk.decider(2), reason="Halva räcker.")
        tranches.prepare(Tranche.objects.get(pk=row.pk), by=walk.official(), amount=row.amount / 2)
        answer = client.post(url, sent)
        assert answer.status_code == 422
        assert CHANGED in answer.content.decode()
        assert Tranche.objects.get(pk=row.pk).status == "prepared"
        assert client.post(url, opened(client, url)).status_code == 302
    assert Tranche.objects.get(pk=row.pk).amount == row.amount / 2


def test_a_files_bytes_are_marked_by_their_digest_alone():
    """PostgreSQL hands out another piece of memory each time."""
    batches = [
        PaymentBatch(number=1, sha256="a", content=memoryview(bytearray(b"x" * size))) for size in (1, 2)
    ]
    assert reading.mark(batches[0]) == reading.mark(batches[1])
    assert reading.mark(PaymentBatch(number=1, sha256="b")) != reading.mark(batches[0])
