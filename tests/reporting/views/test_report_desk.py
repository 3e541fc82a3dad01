"""A report is reviewed field by field, supplemented exactly where asked, compared, and kept from whom it should be."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

from access.actions import memberships
from actors.models import User
from actors.roles import Role
from digikoord.lib.clock import standing_at
from digikoord.lib.verdict import Refused
from digikoord.rehearsal import reports as rehearsed
from digikoord.rehearsal.people import person
from overview.selectors.todo import todo
from records.models import Registration
from reporting import content as contents
from reporting import fields, secrecy
from reporting.actions import paper_reports, report_drafts, report_reviews, reports
from reporting.models import ActivityReport, ReportVersion
from tests.factories.report_doors import PDF
from tests.factories.story_reports import APPROVED, RETURNED, SUBMITTED, again, checked, page

pytestmark = pytest.mark.django_db


def test_exactly_the_fields_asked_for_are_open(browse, cast):
    row = cast.report(RETURNED, 2018)
    client = browse(cast.writer(row.holder))
    told = client.get(page("activity_report_step", row.pk, "b")).content.decode()
    assert "Ange årsarbetskrafterna under hösten." in told
    body = {"edition": row.edition("B"), "function_fte": "0,75", "function_start": "igår"}
    assert client.post(page("activity_report_step", row.pk, "b"), body).status_code == 302
    texts = again(row).draft["texts"]
    assert texts["function_fte"] == "0.75"
    assert texts["function_start"] != "igår"
    with pytest.raises(Refused, match="Bara det som ska kompletteras"):
        report_drafts.write(
            again(row),
            by=cast.writer(row.holder),
            step="B",
            values={"function_start": "igår"},
            edition=again(row).edition("B"),
        )
    with pytest.raises(Refused, match="Bara det som ska kompletteras"):
        report_drafts.add_initiatives(again(row), by=cast.writer(row.holder), rows=[{}])


def test_comments_are_the_reviewers_own_and_begin_the_request(browse, cast):
    row = cast.report(SUBMITTED, 2018)
    officer = browse(cast.case_officer())
    officer.post(page("report_comment", row.pk, "function_fte"), {"text": "Stämmer det mot lönerna?"})
    assert "Stämmer det mot lönerna?" in officer.get(page("activity_report_examine", row.pk)).content.decode()
    form = officer.get(page("activity_report_return", row.pk)).context["form"]
    assert form["mark_function_fte"].value() is True
    assert form["word_function_fte"].value() == "Stämmer det mot lönerna?"
    actor = browse(cast.signatory(row.holder))
    assert "Stämmer det mot lönerna?" not in actor.get(row.get_absolute_url()).content.decode()
    assert actor.get(page("activity_report_examine", row.pk)).status_code == 403


def test_a_request_names_its_fields_in_the_letter_and_in_the_trail(browse, cast):
    row = cast.report(SUBMITTED, 2018)
    body = {
        "reason": "Några uppgifter saknas.",
        "due": "2019-03-25",
        "mark_initiatives-1-result": "on",
        "word_initiatives-1-result": "Vad ledde den till?",
    }
    browse(cast.case_officer()).post(page("activity_report_return", row.pk), body)
    assert again(row).wanted == {"initiatives-1-result": "Vad ledde den till?"}
    letter = Registration.objects.filter(key=row.subject().key, direction="out").latest("number")
    assert letter.letterhead == cast.programme.secretariat
    assert "Insats 1, resultat" in letter.body
    assert "Vad ledde den till?" in letter.body
    told = browse(cast.signatory(row.holder)).get(row.get_absolute_url()).content.decode()
    assert "Insats 1, resultat" in told


def test_a_word_beside_an_empty_tick_is_asked_about_and_kept(browse, cast):
    row = cast.report(SUBMITTED, 2018)
    body = {"reason": "Mer.", "word_function_fte": "Hur många?"}
    answer = browse(cast.case_officer()).post(page("activity_report_return", row.pk), body)
    assert answer.status_code == 422
    assert "Hur många?" in answer.content.decode()
    assert again(row).status == "submitted"


def test_versions_are_compared_word_by_word(browse, cast):
    row = cast.report(RETURNED, 2018)
    writer = cast.writer(row.holder)
    values = {"initiatives-1-result": "39 organisationer deltog och tolv ändrade arbetssätt."}
    report_drafts.write(row, by=writer, step="D-1", values=values, edition=row.edition("D-1"))
    reports.submit(again(row), by=cast.signatory(row.holder), certified=True)
    told = browse(cast.case_officer()).get(page("activity_report_compare", row.pk)).content.decode()
    assert "Insats 1, resultat" in told
    assert "<ins>" in told
    assert "Placering i organisationen" not in told, "only what differs"
    assert again(row).versions.count() == 2
    assert again(row).wanted == {}


def test_a_submitted_version_never_changes_in_the_database_itself(cast):
    version = cast.report(APPROVED, 2018).versions.get()
    for change in (
        lambda: ReportVersion.objects.filter(pk=version.pk).update(used=0),
        lambda: ReportVersion.objects.filter(pk=version.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_review_waits_for_the_whole_checklist(browse, cast):
    row = cast.report(SUBMITTED, 2018)
    officer = browse(cast.case_officer())
    answer = officer.post(page("activity_report_review", row.pk))
    assert answer.status_code == 422
    assert "Gå igenom kontrollistan först" in answer.content.decode()
    body = {"done": [one.code for one in cast.checks]}
    officer.post(page("activity_report_check", row.pk), body)
    assert officer.post(page("activity_report_review", row.pk)).status_code == 302


def test_what_is_approved_is_the_version_that_was_read(browse, cast):
    """Between the page and the button the report was sent back, supplemented and reviewed again."""
    row = cast.report(SUBMITTED, 2018)
    reports.review(checked(cast, row), by=cast.case_officer())
    head = browse(cast.head())
    read = head.get(page("activity_report_approve", row.pk)).context["form"]["version"].value()
    reports.return_(again(row), by=cast.case_officer(), reason="Mer.")
    reports.submit(again(row), by=cast.signatory(row.holder), certified=True)
    reports.review(checked(cast, again(row)), by=cast.case_officer())
    answer = head.post(page("activity_report_approve", row.pk), {"version": read})
    assert answer.status_code == 422
    assert "ny version, nummer 2" in answer.content.decode()
    assert again(row).status == "reviewed"


def test_approval_is_refused_while_a_supplement_is_out(browse, cast):
    row = cast.report(SUBMITTED, 2018)
    reports.review(checked(cast, row), by=cast.case_officer())
    reports.return_(again(row), by=cast.case_officer(), reason="Mer.")
    assert (
        browse(cast.head()).post(page("activity_report_approve", row.pk), {"version": 1}).status_code == 403
    )
    with pytest.raises(Refused, match="Återsänd"):
        reports.approve(again(row), by=cast.head(), version=1)


def test_a_report_is_submitted_once(browse, cast):
    row = cast.report(RETURNED, 2018)
    signatory = browse(cast.signatory(row.holder))
    assert signatory.post(page("activity_report_submit", row.pk), {"certified": "on"}).status_code == 302
    assert signatory.post(page("activity_report_submit", row.pk), {"certified": "on"}).status_code == 403
    assert again(row).versions.count() == 2


def test_reports_are_shared_out(browse, cast):
    row = cast.report(SUBMITTED, 2018)
    officer = cast.case_officer()
    address = page("activity_report_assign_many", row.programme.code, 2018)
    browse(cast.head()).post(address, {"rows": [row.pk], "officer": officer.pk})
    assert again(row).case_officer == officer
    listed = browse(officer).get(page("activity_report_list", row.programme.code) + "?ar=2018")
    assert officer.name in listed.content.decode().split("Handläggare</th>")[1]


def test_what_is_given_to_one_waits_for_no_other_until_they_leave(cast):
    row, secretariat = cast.report(SUBMITTED, 2018), cast.programme.secretariat
    memberships.invite(secretariat, email="ny@tillvaxtverket.example", name="Ny Hand", role=Role.CASE_OFFICER)
    other = User.objects.get(email="ny@tillvaxtverket.example")
    label, officer = "Granska redovisning 2018", cast.case_officer()

    def of(user):
        found = todo(User.objects.get(pk=user.pk))
        mine, party = ([one for one in group if one.label == label] for group in (found.mine, found.party))
        return len(mine), [one.who for one in party]

    assert of(officer) == of(other) == (1, [])
    report_reviews.assign(row, by=cast.head(), officer=other)
    assert of(officer) == (0, ["Ny Hand, Tillväxtverket"])
    assert of(other) == (1, [])
    administrator = person("administrator", secretariat.code)
    memberships.end(other.memberships.get(), by=administrator)
    with standing_at(datetime.date(2019, 3, 21)):
        assert of(officer) == (1, [])


def test_the_list_leads_nobody_to_what_they_may_not_begin(browse, cast):
    """The secretariat reports too; its case officers review, and do not write."""
    address = page("activity_report_list", cast.programme.code) + "?ar=2019"
    own = page("activity_report_start", cast.tranche("sek", 2019).pk)
    writer = cast.writer(cast.programme.secretariat)
    assert own in browse(writer).get(address).content.decode()
    assert own not in browse(cast.case_officer()).get(address).content.decode()


def test_a_file_note_is_registered_and_read_by_the_authorities_only(browse, cast):
    row = cast.report(SUBMITTED, 2018)
    officer = browse(cast.case_officer())
    officer.post(page("activity_report_note", row.pk), {"text": "Ringde regionen.\nDe återkommer i veckan."})
    note = Registration.objects.get(key=row.subject().key, direction="drawn_up")
    assert note.title == "Tjänsteanteckning: Ringde regionen."
    assert officer.get(note.get_absolute_url()).status_code == 200
    assert browse(cast.signatory(row.holder)).get(note.get_absolute_url()).status_code == 404


@pytest.fixture
def secret(cast):
    """Approved, with a secret initiative, a secret text and two attachments, one of them secret."""
    tranche = cast.tranche(APPROVED, 2019)
    with standing_at(datetime.date(2020, 1, 20)):
        writer, signatory = cast.writer(tranche.holder), cast.signatory(tranche.holder)
        row = report_drafts.start(tranche, by=writer)
        row = rehearsed.fill_in(row, by=writer, content=rehearsed.written(tranche, used=1_000_000))
        for title in ("Öppen", "Hemlig"):
            row = report_drafts.attach(row, by=writer, paper=PDF, title=title)
        claims = {
            "initiatives-1": "Upphandling pågår",
            "cooperation": "Namn på enskilda",
            f"{secrecy.ATTACHMENT}{row.draft['attachments'][1]}": "Ritning",
        }
        row = report_drafts.claim_secrecy(row, by=writer, claims=claims, edition=0)
        row = reports.submit(row, by=signatory, certified=True)
        row = reports.review(checked(cast, row), by=cast.case_officer())
        yield reports.approve(row, by=cast.head())


def test_other_actors_read_what_is_approved_without_what_is_secret(browse, cast, secret):
    hidden = secret.draft["initiatives"][0]["title"]
    told = secret.draft["texts"]["cooperation"]
    colleague = (
        browse(cast.writer(cast.assignment("12").holder)).get(secret.get_absolute_url()).content.decode()
    )
    for text in (hidden, told, "Hemlig", "Upphandling pågår", "Händelser"):
        assert text not in colleague, text
    for text in (secret.draft["initiatives"][1]["title"], secrecy.MARK, "Öppen"):
        assert text in colleague, text
    officer = browse(cast.case_officer()).get(secret.get_absolute_url()).content.decode()
    for text in (hidden, told, "Hemlig", "Upphandling pågår"):
        assert text in officer, text


def test_a_secret_attachment_is_handed_to_those_who_handle_the_report_only(browse, cast, secret):
    opened, hidden = (page("report_attachment_read", secret.pk, pk) for pk in secret.draft["attachments"])
    colleague, officer = browse(cast.writer(cast.assignment("12").holder)), browse(cast.case_officer())
    assert colleague.get(opened).content == PDF.content
    assert colleague.get(hidden).status_code == 404
    assert officer.get(hidden).content == PDF.content
    assert officer.get(hidden)["Content-Disposition"].startswith("attachment")


def test_one_reports_attachment_is_not_reached_through_another(browse, cast, secret):
    pk = secret.draft["attachments"][0]
    other = cast.report("13", 2018)
    assert browse(cast.case_officer()).get(page("report_attachment_read", other.pk, pk)).status_code == 404


def test_secrecy_is_claimed_with_a_reason_or_not_at_all(browse, cast):
    row = cast.report(RETURNED, 2018)
    client = browse(cast.writer(row.holder))
    answer = client.post(page("activity_report_secrecy", row.pk), {"edition": 0, "mark_function_start": "on"})
    assert answer.status_code == 422
    assert "Skriv varför uppgiften bör skyddas" in answer.content.decode()
    assert again(row).draft["secrecy"] == {}
    body = {"edition": 0, "mark_function_start": "on", "word_function_start": "18 kap. 1 § OSL"}
    client.post(page("activity_report_secrecy", row.pk), body)
    assert again(row).draft["secrecy"] == {"function_start": "18 kap. 1 § OSL"}


def test_a_colleagues_marks_of_secrecy_are_not_taken_away_unseen(browse, cast):
    row = cast.report(RETURNED, 2018)
    client, address = browse(cast.writer(row.holder)), page("activity_report_secrecy", row.pk)
    assert 'name="edition"' in client.get(address).content.decode()
    client.post(
        address, {"edition": 0, "mark_function_start": "on", "word_function_start": "18 kap. 1 § OSL"}
    )
    mine = {"mark_lessons": "on", "word_lessons": "31 kap. 16 § OSL"}
    answer = client.post(address, {"edition": 0, **mine})
    assert answer.status_code == 422
    assert "Markerat nu: Funktionen har funnits från." in answer.content.decode()
    assert again(row).draft["secrecy"] == {"function_start": "18 kap. 1 § OSL"}
    assert client.post(address, {"edition": 1, **mine}).status_code == 302
    with pytest.raises(Refused, match="Någon annan sparade"):
        report_drafts.claim_secrecy(again(row), by=cast.writer(row.holder), claims={}, edition=1)


def test_what_was_secret_last_year_is_secret_when_it_is_carried_over(browse, cast, secret):
    deed = secret.draft["initiatives"][0]
    tranche = cast.tranche(APPROVED, 2020)
    with standing_at(datetime.date(2020, 2, 20)):
        row = ActivityReport.objects.create(
            tranche=tranche, draft=contents.blank(secret.programme.definition)
        )
        client = browse(cast.writer(tranche.holder))
        client.post(page("initiative_copy", row.pk))
        drawn = again(row).draft
        assert drawn["initiatives"][0]["title"] == deed["title"]
        assert drawn["secrecy"] == {"initiatives-1": "Upphandling pågår"}
        client.post(page("initiative_remove", row.pk, 1))
    assert again(row).draft["secrecy"] == {}, "what is gone is no longer claimed"


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("bild.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "inte PDF eller PNG eller JPEG"),
        ("underlag.pdf", b"MZ\x90\x00%PDF-1.4\n%%EOF", "Det är innehållet som avgör"),
        ("tom.pdf", b"", "tom"),
        ("stor.pdf", b"%PDF-1.4\n" + b"0" * (10 * 1024 * 1024) + b"%%EOF", "större än 10 MB"),
    ],
    ids=["SVG", "renamed EXE", "empty", "too large"],
)
def test_what_is_no_paper_is_refused_by_its_content(browse, cast, name, content, sentence):
    tranche = cast.tranche(APPROVED, 2019)
    row = report_drafts.start(tranche, by=cast.writer(tranche.holder))
    body = {"title": "Underlag", "paper": SimpleUploadedFile(name, content)}
    answer = browse(cast.writer(row.holder)).post(page("report_attachment_add", row.pk), body)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert 'value="Underlag"' in answer.content.decode()
    assert again(row).draft["attachments"] == []


def test_a_report_on_paper_is_registered_typed_in_and_reviewed_by_somebody_else(browse, cast):
    tranche = cast.tranche("22", 2018)
    officer = cast.case_officer()
    row = paper_reports.register(
        tranche,
        by=officer,
        received_on=datetime.date(2019, 3, 18),
        signed_by="Berit Lind, regiondirektör",
        paper=PDF,
    )
    rehearsed.fill_in(row, by=officer, content=rehearsed.written(tranche, used=500_000))
    row = reports.submit(again(row), by=officer, certified=True)
    version = row.versions.get()
    assert version.certified_by_name == "Berit Lind, regiondirektör"
    assert version.submitted_on == datetime.date(2019, 3, 18)
    assert version.received_late is True
    assert bytes(version.document.content) == PDF.content
    kept = Registration.objects.filter(key=row.subject().key, direction="in").get()
    assert kept.document == version.document
    with pytest.raises(Refused, match="Du har själv skickat in"):
        reports.review(row, by=officer)


def test_last_year_stands_beside_this_year(browse, cast):
    tranche = cast.tranche(APPROVED, 2019)
    row = report_drafts.start(tranche, by=cast.writer(tranche.holder))
    before = cast.report(APPROVED, 2018).versions.get().content["texts"]["function_placement"]
    client = browse(cast.writer(row.holder))
    assert before in client.get(page("activity_report_step", row.pk, "b")).content.decode()
    client.post(page("initiative_copy", row.pk))
    copied = again(row).draft["initiatives"]
    earlier = cast.report(APPROVED, 2018).versions.get().content["initiatives"]
    assert [one["title"] for one in copied] == [one["title"] for one in earlier]
    assert not any(one.get("result") for one in copied)


def test_a_successor_reads_the_predecessors_answers_beside_its_own(browse, cast):
    tranche = cast.tranche("08", 2019)
    row = report_drafts.start(tranche, by=cast.writer(tranche.holder))
    earlier = cast.report("08", 2018)
    assert earlier.holder != row.holder
    told = browse(cast.writer(row.holder)).get(page("activity_report_step", row.pk, "b")).content.decode()
    assert earlier.versions.get().content["texts"]["function_placement"] in told


def test_a_removed_initiative_leaves_the_others_as_they_were(browse, cast):
    tranche = cast.tranche(APPROVED, 2019)
    writer = cast.writer(tranche.holder)
    row = report_drafts.start(tranche, by=writer)
    row = report_drafts.add_initiatives(row, by=writer, rows=[{"title": name} for name in "ABC"])
    browse(writer).post(page("initiative_remove", row.pk, 2))
    assert [(one["id"], one["title"]) for one in again(row).draft["initiatives"]] == [(1, "A"), (3, "C")]
    late = {"edition": row.edition("D-2"), "initiatives-2-title": "B, skriven samtidigt"}
    assert browse(writer).post(page("activity_report_step", row.pk, "d-2"), late).status_code == 404
    assert fields.step_of(row.programme.definition, 2019, again(row).draft, "d-2") is None
