import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reporting.models import CompilationVersion, Rendering
from reporting.tasks import render

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("here")]


def page(name, *args):
    return reverse(f"reporting:{name}", args=args)


ROOM = ("compilation_detail", "dkr-2022", 2022)


@pytest.fixture
def officer(browse, municipalities):
    return browse(municipalities.compiler())


@pytest.fixture
def version(officer):
    officer.post(page("compilation_begin", "dkr-2022", 2022))
    return CompilationVersion.objects.get()


@pytest.fixture
def frozen(officer, version):
    officer.post(page("compilation_freeze", version.pk))
    render(Rendering.objects.get().pk)
    version.refresh_from_db()
    return version


def test_the_room_names_everyone_by_state(officer, version):
    with CaptureQueriesContext(connection) as queries:
        content = officer.get(page(*ROOM)).content.decode()
    assert "5 av 8 redovisningar godkända" in content
    assert len(queries) <= 12


def test_who_is_missing_is_told_before_the_version_is_frozen(officer, version):
    told = officer.get(page("compilation_freeze", version.pk)).content.decode()
    assert "5 av 8 redovisningar är godkända. I dokumentet nämns som ännu inte godkända: " in told
    named = told.split("ännu inte godkända: ")[1].split(".")[0]
    assert named.count(",") == 2


def test_texts_are_written_while_it_is_a_draft(officer, version):
    written = {"text": "Två ord", "edition": 0}
    assert officer.post(page("compilation_write", version.pk, "conclusions"), written).status_code == 302
    assert "Inledning, 2 ord" in officer.get(page(*ROOM)).content.decode()


def test_a_draft_is_rendered_by_a_worker_and_downloaded(officer, version):
    answer = officer.post(page("compilation_draft", version.pk))
    waiting = officer.get(answer.url, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in waiting
    assert "0 % klart" in waiting
    rendering = Rendering.objects.get()
    render(rendering.pk)
    assert "Hämta dokumentet" in officer.get(answer.url).content.decode()
    assert officer.get(page("rendering_pdf", rendering.pk)).content.startswith(b"%PDF-")


def test_frozen_established_delivered_acknowledged(browse, municipalities, officer, frozen):
    head, official = browse(municipalities.head()), browse(municipalities.official())
    establish = page("compilation_establish", frozen.pk)
    assert frozen.sha256 in head.get(establish).content.decode()
    assert head.post(establish, {"sha256": "0" * 64}).status_code == 422
    assert head.post(establish, {"sha256": frozen.sha256}).status_code == 302
    assert (
        head.post(
            page("compilation_deliver", frozen.pk), {"case_number": "I2023/1", "letter": "Härmed överlämnas."}
        ).status_code
        == 302
    )
    assert official.post(page("compilation_acknowledge", frozen.pk)).status_code == 302
    frozen.refresh_from_db()
    assert (frozen.status, frozen.recipient) == ("acknowledged", "Provdepartementet")
    assert officer.get(page("compilation_pdf", frozen.pk)).content == bytes(frozen.pdf)


def test_a_later_version_gives_its_reason(browse, municipalities, officer, frozen):
    browse(municipalities.head()).post(page("compilation_establish", frozen.pk), {"sha256": frozen.sha256})
    begin = page("compilation_begin", "dkr-2022", 2022)
    assert officer.post(begin).status_code == 422
    officer.post(begin, {"reason": "En redovisning kom in sent."})
    assert CompilationVersion.objects.get(number=2).reason == "En redovisning kom in sent."


def test_thawing_discards_the_document(officer, frozen):
    officer.post(page("compilation_thaw", frozen.pk), {"reason": "Ett fel i inledningen."})
    frozen.refresh_from_db()
    assert (frozen.status, frozen.pdf) == ("draft", None)
    assert officer.get(page("compilation_pdf", frozen.pk)).status_code == 404


def test_an_actor_reads_no_draft(browse, municipalities, version):
    holder = municipalities.tranches(2022)[0].holder
    client = browse(municipalities.signatory(holder))
    assert client.get(page("compilation_write", version.pk, "summary")).status_code == 404
    assert "Ingen version" in client.get(page(*ROOM)).content.decode()
