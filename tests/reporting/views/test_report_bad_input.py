"""Reports written with what should not be: figures, editions and titles that cannot stand, and drafts taken for versions."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from digikoord.rehearsal.people import person
from reporting.actions import paper_reports, report_drafts, reports
from reporting.models import ActivityReport
from tests.factories.report_doors import PDF
from tests.factories.story_reports import APPROVED, RETURNED, SUBMITTED, again, checked, page

pytestmark = pytest.mark.django_db


def test_initiatives_replaced_take_their_claims_with_them(cast):
    row, writer = cast.report(RETURNED, 2018), cast.writer(cast.report(RETURNED, 2018).holder)
    row.wanted = {}
    row.save()
    claims = {"initiatives-1-title": "Skäl", "lessons": "Skäl"}
    row = report_drafts.claim_secrecy(row, by=writer, claims=claims, edition=0)
    row = report_drafts.add_initiatives(row, by=writer, rows=[{"title": "Ny"}], replace=True)
    assert row.draft["secrecy"] == {"lessons": "Skäl"}


def test_a_draft_is_never_printed_as_the_certified_version(browse, cast):
    row = cast.report(RETURNED, 2018)
    row.draft["texts"]["function_placement"] = "Inte inskickat"
    row.save()
    client = browse(cast.writer(row.holder))
    told = client.get(page("activity_report_print", row.pk)).content.decode()
    assert "Inte inskickat" in told
    assert "Utkast." in told
    assert "intygad av" not in told
    version = client.get(page("activity_report_print", row.pk) + "?version=1").content.decode()
    assert "Inte inskickat" not in version
    assert "Version 1, inkommen" in version
    officer = browse(cast.case_officer()).get(page("activity_report_print", row.pk)).content.decode()
    assert "Inte inskickat" not in officer


def test_an_auditor_prints_what_came_on_paper_before_it_is_submitted(browse, cast):
    tranche = cast.tranche("22", 2018)
    row = paper_reports.register(
        tranche,
        by=cast.case_officer(),
        received_on=datetime.date(2019, 2, 15),
        signed_by="Åsa Ek",
        paper=PDF,
    )
    auditor = browse(person("revisor", cast.programme.secretariat.code))
    assert auditor.get(page("activity_report_print", row.pk)).status_code == 200


def test_figures_are_read_with_a_decimal_comma(browse, cast):
    row = cast.report(RETURNED, 2018)
    client = browse(cast.writer(row.holder))
    body = {"edition": row.edition("B"), "function_fte": "0,75"}
    client.post(page("activity_report_step", row.pk, "b"), body)
    for address in (page("activity_report_step", row.pk, "b"), page("activity_report_print", row.pk)):
        told = client.get(address).content.decode()
        assert "0,75" in told
        assert "0.75" not in told


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("1e-3000", "Skriv ett tal"),
        ("1e1", "Skriv ett tal"),
        ("\u0661", "Skriv ett tal"),
        ("1\u202f0", "Skriv ett tal"),
        ("1.000", "Skriv ett tal"),
        ("0,0000001", "Skriv högst 6 decimaler."),
    ],
)
def test_a_figure_has_only_as_many_decimals_as_can_be_written_out(browse, cast, written, told):
    row = cast.report(RETURNED, 2018)
    body = {"edition": row.edition("B"), "function_fte": written}
    answer = browse(cast.writer(row.holder)).post(page("activity_report_step", row.pk, "b"), body)
    assert answer.status_code == 422
    assert told in answer.content.decode()


@pytest.mark.parametrize(("written", "kept"), [("-0", "0"), ("12,50", "12.50")])
def test_a_figure_is_kept_plainly(browse, cast, written, kept):
    row = cast.report(RETURNED, 2018)
    body = {"edition": row.edition("B"), "function_fte": written}
    browse(cast.writer(row.holder)).post(page("activity_report_step", row.pk, "b"), body)
    assert again(row).draft["texts"]["function_fte"] == kept


def test_saving_as_one_types_asks_which_edition_was_read(browse, cast):
    row = cast.report(RETURNED, 2018)
    client, address = browse(cast.writer(row.holder)), page("activity_report_autosave", row.pk, "b")
    for edition in ("", "x", "-1"):
        assert client.post(address, {"edition": edition, "function_fte": "9"}).status_code == 409
    assert again(row).draft["texts"]["function_fte"] != "9"


@pytest.mark.parametrize("read", ["{}", '{"x": 1}', '{"%s": 1}' % ("9" * 5000), "[]", "[" * 5000])
def test_many_are_approved_only_as_they_were_read(browse, cast, read):
    row = reports.review(checked(cast, cast.report(SUBMITTED, 2018)), by=cast.case_officer())
    address = page("activity_report_approve_many", cast.programme.code, 2018)
    answer = browse(cast.head()).post(address, {"rows": [row.pk], "read": read})
    assert answer.status_code == 422
    assert "Läs sidan på nytt." in answer.content.decode()
    assert again(row).approved_on is None


def test_an_attachment_has_a_title_that_can_be_read(browse, cast):
    tranche = cast.tranche(APPROVED, 2019)
    row = report_drafts.start(tranche, by=cast.writer(tranche.holder))
    client, address = browse(cast.writer(row.holder)), page("report_attachment_add", row.pk)
    paper = {"paper": SimpleUploadedFile("a.pdf", PDF.content)}
    assert client.post(address, {"title": "\u200b\u3164", **paper}).status_code == 422
    client.post(address, {"title": "Under\u202elag\x07", "paper": SimpleUploadedFile("a.pdf", PDF.content)})
    assert row.attachments.get().title == "Underlag"


def test_a_paper_is_not_received_in_the_future(browse, cast):
    tranche = cast.tranche("22", 2018)
    paper = SimpleUploadedFile("redovisning.pdf", PDF.content)
    body = {"received_on": "2019-03-21", "signed_by": "Berit Lind", "paper": paper}
    answer = browse(cast.case_officer()).post(page("paper_report_register", tranche.pk), body)
    assert answer.status_code == 422
    assert "kan inte ligga i framtiden" in answer.content.decode()
    assert not ActivityReport.objects.filter(tranche=tranche).exists()
