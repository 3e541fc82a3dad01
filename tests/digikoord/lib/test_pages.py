import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection

from digikoord.lib import pages
from digikoord.lib.verdict import ALLOWED, Refused, refused

pytestmark = pytest.mark.django_db


class Amount(forms.Form):
    amount = forms.IntegerField(label="Belopp")
    note = forms.CharField(label="Anteckning", required=False)


@pytest.fixture
def ask(rf):
    """Ask for an act's page: returns the answer, the request, and what `do` was called with."""

    def asking(data=None, *, do=lambda **data: "klart", **options):
        request = rf.get("/") if data is None else rf.post("/", data)
        request.session = SessionStore()
        request._messages = FallbackStorage(request)
        calls = []

        def doing(**cleaned):
            calls.append(cleaned)
            return do(**cleaned)

        options = {"verdict": ALLOWED, "done": "Beviljat.", "to": "/klart/", "form": Amount} | options
        answer = pages.act(request, template="act.html", context={"cancel_url": "/"}, do=doing, **options)
        answer.said = [str(message) for message in get_messages(request)]
        answer.calls = calls
        return answer

    return asking


def raising(error):
    def do(**data):
        raise error

    return do


def test_a_refusal_says_why(ask):
    with pytest.raises(PermissionDenied, match="Bara en beslutsfattare"):
        ask(verdict=refused("Bara en beslutsfattare kan bevilja."))


def test_get_shows_the_form_and_does_nothing(ask):
    answer = ask(form_kwargs={"initial": {"amount": 7}})
    assert answer.status_code == 200
    assert 'value="7"' in answer.content.decode()
    assert answer.calls == []


def test_a_valid_post_acts_and_redirects(ask):
    answer = ask({"amount": "5"})
    assert (answer.status_code, answer.url) == (302, "/klart/")
    assert answer.calls == [{"amount": 5, "note": ""}]
    assert answer.said == ["Beviljat."]


def test_message_and_address_may_depend_on_the_result(ask):
    answer = ask({"amount": "5"}, done=lambda result: f"Det är {result}.", to=lambda result: f"/{result}/")
    assert answer.url == "/klart/"
    assert answer.said == ["Det är klart."]


def test_without_a_form_the_page_only_asks_for_a_yes(ask):
    assert ask(form=None).status_code == 200
    answer = ask({}, form=None)
    assert answer.status_code == 302
    assert answer.calls == [{}]


def test_an_invalid_post_keeps_what_was_typed(ask):
    answer = ask({"amount": "fem", "note": "min text"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert answer.calls == []
    assert "min text" in page
    assert 'href="#id_amount"' in page
    assert "<title>Fel: " in page


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (Refused("Årsbeloppet är redan beviljat."), "Årsbeloppet är redan beviljat."),
        (ValidationError("Mer än högsta beloppet."), "Mer än högsta beloppet."),
        (IntegrityError("duplicate key"), pages.OVERTAKEN),
    ],
)
@pytest.mark.parametrize("form", [Amount, None])
def test_what_stops_the_act_is_shown_above_the_form(ask, error, sentence, form):
    answer = ask({"amount": "5", "note": "min text"}, do=raising(error), form=form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count(sentence) == 1
    assert answer.said == []
    assert form is None or "min text" in page
    assert "duplicate key" not in page


def test_an_error_lands_on_the_field_it_names(ask):
    error = ValidationError({"amount": ["För mycket."], "ceiling": ["Saknas."], "__all__": ["Allmänt."]})
    page = ask({"amount": "5"}, do=raising(error)).content.decode()
    assert '<a href="#id_amount">Belopp: För mycket.</a>' in page
    assert "<li>Saknas.</li>" in page
    assert "<li>Allmänt.</li>" in page


def test_a_failed_act_leaves_the_transaction_usable(ask):
    def break_it(**data):
        with connection.cursor() as cursor:
            cursor.execute("SELECT no_such_column FROM no_such_table")

    with pytest.raises(Exception, match="no_such"):
        ask({"amount": "5"}, do=break_it)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


@pytest.mark.parametrize(("asked", "number"), [("2", 2), ("99", 3), ("x", 1), ("", 1)])
def test_a_list_is_paged(rf, asked, number):
    assert pages.paginate(rf.get("/", {"page": asked}), list(range(5)), size=2).number == number


def test_a_file_is_sent_under_its_name():
    answer = pages.download(b"a;b", "län 2019.csv", "text/csv; charset=utf-8")
    assert answer.content == b"a;b"
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''l%C3%A4n%202019.csv"
    assert answer["Cache-Control"] == "private, no-store"
