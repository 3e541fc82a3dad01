"""What every answer tells the browser, and what no page ever meets."""

import pytest
from django.test import Client

from digikoord import wsgi
from digikoord.headers import CONTENT, HEADERS
from digikoord.lib import fields
from digikoord.readable import ReadableRequest
from tests.test_architecture import files, nothing, place, python

pytestmark = pytest.mark.django_db
CONTROL = ["%00", "a%00b", "%01", "%1b%5b2J", "%7f", "%c2%85"]


def test_nothing_unsafe_is_allowed():
    assert "unsafe" not in HEADERS["Content-Security-Policy"]
    assert "*" not in HEADERS["Content-Security-Policy"]
    assert CONTENT["default-src"] == "'none'"


@pytest.mark.parametrize(
    "address", ["/", "/finns-inte/", "/halsa/", "/beredskap/", "/logga-in/", "/?plats=%00"]
)
def test_each_kind_of_answer_has_them(client, address):
    answer = client.get(address)
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_refusal_and_an_error_have_them(client, settings, monkeypatch):
    broken = client.post("/logga-in/", b"x", content_type="multipart/form-data")
    assert broken.status_code == 400
    assert broken.headers["Content-Security-Policy"]
    settings.ALLOWED_HOSTS = ["digikoord.example"]
    assert client.get("/logga-in/").status_code == 400
    assert client.get("/logga-in/").headers["Permissions-Policy"]


def test_static_files_may_be_kept(client, settings):
    settings.WHITENOISE_USE_FINDERS = True
    answer = Client().get("/static/css/site.css")
    assert answer.status_code == 200
    assert "no-store" not in answer.headers["Cache-Control"]
    assert answer.headers["Content-Security-Policy"]
    answer.close()


@pytest.mark.parametrize("value", CONTROL)
@pytest.mark.parametrize("address", ["/kontakt/?x={}", "/kontakt/{}/", "/static/{}.css", "/{}=1"])
def test_an_address_that_no_keyboard_writes_does_not_exist(client, value, address):
    answer = client.get(address.format(value))
    assert answer.status_code == 404
    assert "Sidan finns inte" in answer.content.decode()


@pytest.mark.parametrize(
    "cookie", ['sessionid="\\000aaaaaaaaaaaa"', 'csrftoken="a\\000"', 'messages="\\001"']
)
def test_a_cookie_that_no_browser_writes_is_none(cookie):
    client = Client(headers={"cookie": cookie})
    assert client.get("/logga-in/").status_code == 200
    assert client.get("/").status_code == 302


@pytest.fixture
def as_production_reads(monkeypatch):
    """The test client makes its requests itself; the server's are ours."""
    assert wsgi.application.request_class is ReadableRequest
    monkeypatch.setattr("django.test.client.WSGIRequest", ReadableRequest)


@pytest.mark.parametrize(
    "encoding", ["utf-16", "unicode_escape", "idna", "punycode", "undefined", "rot13", "%00", "\x00"]
)
@pytest.mark.parametrize(
    "kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"]
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_is_not_written_in_utf_8_is_refused(client, as_production_reads, method, kind, encoding):
    answer = client.generic(
        method, "/logga-in/?a=b", b"login=%5Cud800", content_type=f"{kind}; charset={encoding}"
    )
    assert answer.status_code == 400
    assert answer.headers["Content-Security-Policy"]


def test_what_is_written_in_utf_8_is_read(client, as_production_reads):
    for kind in ("application/x-www-form-urlencoded; charset=UTF-8", "application/x-www-form-urlencoded"):
        assert client.post("/ovning/logga-in/", b"person=a", content_type=kind).status_code == 404


@pytest.mark.parametrize("name", ["login", "password", "\x00", "a\x00b"])
@pytest.mark.parametrize("value", ["\x00", "a\x00b@c.example", "\x01", "x" * 100_000])
def test_what_is_posted_without_a_login_never_breaks(client, name, value):
    assert (
        client.post("/logga-in/", {"login": "a@b.example", "password": "ord", name: value}).status_code < 500
    )
    assert client.post("/losenord/glomt/", {"email": value, name: value}).status_code < 500
    assert client.post("/ovning/logga-in/", {"person": value, name: value}).status_code == 404


@pytest.mark.parametrize(
    "header",
    [
        "user-agent",
        "referer",
        "accept-language",
        "x-forwarded-for",
        "x-csrftoken",
        "if-modified-since",
        "hx-request",
        "hx-current-url",
        "hx-current-url-uri-autoencoded",
        "hx-target",
        "hx-trigger",
        "triggering-event",
        "x-requested-with",
        "x-forwarded-proto",
        "content-length",
        "range",
    ],
)
@pytest.mark.parametrize(
    "value", ["\x00", "\x01", "%00", "å" * 9, "-1", "9" * 99, "true", "[", "http://[", "x" * 9000]
)
def test_no_header_breaks_a_page(client, header, value):
    assert client.get("/logga-in/", headers={header: value}).status_code < 500


def test_a_text_loses_what_is_never_seen():
    line, prose = fields.TidyField(), fields.ProseField()
    assert line.clean("Åsa\x00 \x01Öb\u202eerg\ud800") == "Åsa Öberg"
    assert line.clean("En\r\nrad\ti taget") == "En rad i taget"
    assert prose.clean("En\r\nrad\x0b till") == "En\nrad till"


def test_every_text_field_of_ours_is_tidy():
    ours = [path for path in python() if path.name != "fields.py"]
    nothing(
        [place(path) for path in ours if "forms.CharField(" in path.read_text()],
        "Use TidyField or ProseField",
    )


def test_no_page_has_a_script_or_a_style_of_its_own():
    told = []
    for path in files("*.html"):
        text = path.read_text()
        if "templates/pdf" in str(path) or "templates/mail" in str(path):
            continue
        if " style=" in text or "<style" in text or "<script>" in text or " onclick=" in text:
            told.append(place(path))
    nothing(told)
