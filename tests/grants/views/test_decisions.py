"""A later decision registered, filled and dispatched through the pages."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from digikoord.lib import papers
from grants.models import GovernmentDecision
from records.models import Document
from tests.papers import PDF

pytestmark = pytest.mark.django_db


@pytest.fixture
def official(cast, client):
    client.force_login(cast.official())
    return client


def fields(file=None, **given):
    text = {"title": "Ändring", "decided_on": "2019-03-14", "text": "Regeringen ändrar."} | given
    return text | ({"paper": SimpleUploadedFile("beslut.pdf", file)} if file else {})


def register(client, cast, **given):
    return client.post(reverse("grants:decision_register", args=[cast.programme.code]), fields(**given))


def test_from_paper_to_dispatch(cast, official):
    assert register(official, cast, file=PDF, case_number="I2019/00815/D").status_code == 302
    decision = GovernmentDecision.objects.latest("pk")
    url = reverse("grants:decision_ceiling", args=[decision.pk])
    year = cast.year(2019)
    answer = official.post(url, {"year": year.pk, "whom": "recipient", "amount": "900 000"}, follow=True)
    assert "Högsta belopp 2019 för varje aktör: 900\u00a0000\u00a0kr" in answer.content.decode()
    official.force_login(cast.decider())
    dispatch = reverse("grants:decision_dispatch", args=[decision.pk])
    page = official.get(dispatch).content.decode()
    claimed = cast.tranches(2019, place__part="recipient", requisitions__isnull=False).count()
    assert page.count("Rekvirerat eller betalt: lämnas orört.") == claimed > 0
    assert "öppnas och beslutas på nytt" in page
    assert official.post(dispatch).status_code == 302
    listed = official.get(reverse("grants:decision_list", args=[cast.programme.code])).content.decode()
    assert "I2019/00815/D" in listed
    assert "Högsta belopp 2019 för varje aktör" in listed
    sent = official.get(reverse("grants:decision_document", args=[decision.pk]))
    assert sent.content == PDF


@pytest.mark.parametrize("content", [b"MZ not a paper", b"%PDF-1.4 cut off", b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_pdf_is_refused_by_its_content(cast, official, content):
    answer = register(official, cast, file=content)
    assert answer.status_code == 422
    assert "Filen är inte PDF" in answer.content.decode()
    assert "Regeringen ändrar." in answer.content.decode()
    assert not Document.objects.exists()


def test_what_is_too_large_is_refused(cast, official):
    large = PDF + b" " * papers.MOST_BYTES
    assert "större än 10 MB" in register(official, cast, file=large).content.decode()


def test_a_decision_of_tomorrow_is_refused(cast, official):
    answer = register(official, cast, decided_on="2019-03-21")
    assert answer.status_code == 422
    assert "framtiden" in answer.content.decode()


@pytest.mark.parametrize("route", ["decision_list", "answer_list", "answer_remind_many"])
def test_pages_cost_at_most_twelve_queries(cast, official, route):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        official.get(reverse(f"grants:{route}", args=[cast.programme.code]))
    assert len(queries) <= 12, [query["sql"][:90] for query in queries]


def test_the_answers_are_filtered_and_exported(cast, official):
    url = reverse("grants:answer_list", args=[cast.programme.code])
    assert "Region Stockholm" in official.get(url, {"answer": "silent"}).content.decode()
    table = official.get(url, {"answer": "silent", "format": "csv"}).content.decode("utf-8-sig")
    assert len(table.splitlines()) == 3
    assert official.get(url, {"answer": "accepted", "format": "xlsx"}).content.startswith(b"PK")
