import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reporting import fields
from reporting.models import ActivityReport
from tests.factories import walk as walks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("here")]


def page(name, *args):
    return reverse(f"reporting:{name}", args=args)


@pytest.fixture
def missing(municipalities):
    """The tranche nobody has reported."""
    return municipalities.tranches(2022)[-1]


@pytest.fixture
def draft(municipalities, missing):
    return walks.report(municipalities, missing, until="draft")


def step_page(report, slug, name="activity_report_step"):
    return page(name, report.pk, slug)


def typed(report, slug, **changes):
    """One step as the browser would send it back."""
    definition, year = report.programme.definition, report.year.year
    step = fields.step_of(definition, year, report.draft, slug)
    kept = {field.key: fields.value(report.draft, field) for field in step.fields}
    return {"edition": report.edition(step.key), **kept, **changes}


def test_who_has_reported_is_said_of_everyone(browse, municipalities):
    answer = browse(municipalities.compiler()).get(page("activity_report_list", "dkr-2022"))
    content = answer.content.decode()
    assert content.count("Godkänd</span>") + content.count("> Godkänd") >= 5
    for word in ("Granskas", "Återsänd", "Saknas", "Försenad, sista dag 2023-02-15"):
        assert word in content


def test_an_actor_sees_its_own_row_and_what_is_approved_of_others(browse, municipalities):
    rows = municipalities.tranches(2022)
    told = browse(municipalities.signatory(rows[6].holder)).get(page("activity_report_list", "dkr-2022"))
    for at, seen in enumerate([True] * 5 + [False, True, False]):
        assert (str(rows[at].holder) in told.content.decode()) is seen, at


def test_list_is_exported_as_csv(browse, municipalities):
    answer = browse(municipalities.compiler()).get(
        page("activity_report_list", "dkr-2022") + "?ar=2022&format=csv"
    )
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + 1 + 8  # the mark of rehearsal, the headings, the places
    assert sum("Saknas;Ja" in line for line in lines) == 1


@pytest.mark.parametrize("name", ["activity_report_list", "compilation_list"])
def test_lists_cost_at_most_twelve_queries(browse, municipalities, name):
    client = browse(municipalities.compiler())
    with CaptureQueriesContext(connection) as queries:
        client.get(page(name, "dkr-2022"))
    assert len(queries) <= 12


def test_starting_leads_to_the_form_and_twice_to_the_same_report(browse, municipalities, missing):
    client = browse(municipalities.writer(missing.holder))
    address = page("activity_report_start", missing.pk)
    assert client.get(address).status_code == 200
    assert not ActivityReport.objects.filter(tranche=missing).exists()
    first = client.post(address)
    assert first.url == client.get(address).url == client.post(address).url


def test_an_incomplete_draft_is_saved(browse, municipalities, draft):
    client = browse(municipalities.writer(draft.holder))
    client.post(step_page(draft, "a"), typed(draft, "a", text_A=""))
    answer = client.post(step_page(draft, "b"), typed(draft, "b", account_salaries_grant="12 500,50"))
    assert answer.url == page("activity_report_write", draft.pk), "after the last step the overview"
    draft.refresh_from_db()
    assert draft.draft["texts"]["text_A"] == ""
    assert draft.draft["account"]["salaries"]["grant"] == "12500.50"


def test_a_colleagues_later_text_is_not_overwritten_and_nothing_typed_is_lost(browse, municipalities, draft):
    client = browse(municipalities.writer(draft.holder))
    mine = typed(draft, "a", text_A="Min text")
    client.post(step_page(draft, "a"), typed(draft, "a", text_A="Kollegans text"))
    answer = client.post(step_page(draft, "a"), mine)
    told = answer.content.decode()
    assert answer.status_code == 422
    assert "sparade avsnittet" in told
    assert "Min text" in told
    assert "Sparat nu:" in told
    assert "Kollegans text" in told
    draft.refresh_from_db()
    assert draft.draft["texts"]["text_A"] == "Kollegans text"
    again = typed(draft, "a", text_A="Min text och kollegans")
    assert client.post(step_page(draft, "a"), again).status_code == 302


def test_two_steps_are_written_at_once_by_two_people(browse, municipalities, draft):
    """Both opened their pages before either saved."""
    writer, signatory = (municipalities.writer(draft.holder), municipalities.signatory(draft.holder))
    text, money = typed(draft, "a", text_A="Text"), typed(draft, "b", account_salaries_grant="100")
    assert browse(writer).post(step_page(draft, "a"), text).status_code == 302
    assert browse(signatory).post(step_page(draft, "b"), money).status_code == 302
    draft.refresh_from_db()
    assert draft.draft["texts"]["text_A"] == "Text"
    assert draft.draft["account"]["salaries"]["grant"] == "100.00"


@pytest.mark.parametrize("wrong", ["-1", "tolv", "99999999999", "1.000,50"])
def test_impossible_amounts_are_refused_at_the_field(browse, municipalities, draft, wrong):
    client = browse(municipalities.writer(draft.holder))
    answer = client.post(step_page(draft, "b"), typed(draft, "b", account_other_grant=wrong))
    assert answer.status_code == 422
    assert 'href="#id_account_other_grant"' in answer.content.decode()
    assert f'value="{wrong}"' in answer.content.decode()
    draft.refresh_from_db()
    assert draft.draft["account"]["other"]["grant"] in ("", "0.00")


def test_a_text_of_two_hundred_thousand_characters_is_refused_and_kept_on_the_page(
    browse, municipalities, draft
):
    client = browse(municipalities.writer(draft.holder))
    long = "ord " * 50_000
    answer = client.post(step_page(draft, "a"), typed(draft, "a", text_A=long))
    assert answer.status_code == 422
    assert "Texten är 199\u00a0999 tecken. Den får vara högst 50\u00a0000." in answer.content.decode()
    assert "ord ord ord" in answer.content.decode()


def test_what_is_never_seen_is_not_kept(browse, municipalities, draft):
    client = browse(municipalities.writer(draft.holder))
    hidden = "a\u200bb\u202ec\x07d\r\ne\ufeff 😀 č"
    client.post(step_page(draft, "a"), typed(draft, "a", text_A=hidden))
    draft.refresh_from_db()
    assert draft.draft["texts"]["text_A"] == "abcd\ne 😀 č"


def test_typing_is_saved_where_it_can_be_and_the_rest_is_told(browse, municipalities, draft):
    client = browse(municipalities.writer(draft.holder))
    address = step_page(draft, "b", "activity_report_autosave")
    body = typed(draft, "b", account_salaries_grant="700", account_other_grant="mycket")
    answer = client.post(address, body)
    told = answer.json()
    assert list(told["errors"]) == ["account_other_grant"]
    draft.refresh_from_db()
    assert draft.draft["account"]["salaries"]["grant"] == "700.00"
    assert told["edition"] == draft.edition("B")
    assert client.post(address, body).status_code == 409, "an older page is told, and saves nothing"


def test_a_lost_session_saves_nothing_and_leads_to_the_login(draft, client):
    answer = client.post(step_page(draft, "a", "activity_report_autosave"), typed(draft, "a"))
    assert answer.status_code == 302
    assert "logga-in" in answer.url


def test_submission_shows_the_faults_with_links_to_their_fields(browse, municipalities, draft):
    client = browse(municipalities.signatory(draft.holder))
    client.post(step_page(draft, "a"), typed(draft, "a", text_A=""))
    answer = client.get(page("activity_report_submit", draft.pk))
    assert f"{step_page(draft, 'a')}#id_text_A" in answer.content.decode()
    assert client.post(page("activity_report_submit", draft.pk), {"certified": "on"}).status_code == 422


def test_submitted_reviewed_and_approved_by_three_people(browse, municipalities, draft):
    signatory, reviewer = municipalities.signatory(draft.holder), municipalities.compiler()
    browse(signatory).post(page("activity_report_submit", draft.pk), {"certified": "on"})
    browse(reviewer).post(page("activity_report_review", draft.pk))
    browse(municipalities.head()).post(
        page("activity_report_approve_many", "dkr-2022", 2022),
        {"rows": [draft.pk], "read": json.dumps({draft.pk: 1})},
    )
    draft.refresh_from_db()
    assert draft.status == "approved"


def test_submission_must_be_certified(browse, municipalities, draft):
    client = browse(municipalities.signatory(draft.holder))
    answer = client.post(page("activity_report_submit", draft.pk))
    assert answer.status_code == 422
    assert "Intyga att uppgifterna är riktiga" in answer.content.decode()


def test_a_returned_report_says_what_to_supplement_and_by_when(browse, municipalities):
    row = ActivityReport.objects.get(status="submitted", tranche__place__programme=municipalities.programme)
    browse(municipalities.compiler()).post(
        page("activity_report_return", row.pk), {"reason": "Beskriv resultaten.", "due": "2023-03-20"}
    )
    content = (
        browse(municipalities.writer(row.holder)).get(page("activity_report_write", row.pk)).content.decode()
    )
    assert "Beskriv resultaten." in content
    assert "Sista dag: 2023-03-20" in " ".join(re.sub("<[^>]+>", "", content).split())


def test_a_draft_is_the_actors_own(browse, municipalities, draft):
    assert browse(municipalities.compiler()).get(draft.get_absolute_url()).status_code == 404
    assert browse(municipalities.writer(draft.holder)).get(draft.get_absolute_url()).status_code == 200
