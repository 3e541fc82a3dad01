"""People with a browser before the proxy: they log in, open pages, fill in what the form asks, and press."""

import contextlib
import datetime
import http.client
import re
import urllib.parse
from dataclasses import dataclass, field
from http.cookies import SimpleCookie

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse
from lxml import html

from tests.journeys.conftest import Case

from .machine import HOST

BOUNDARY = "digikoord-provkorning"
BACKEND = "access.backends.Backend"
PASSWORD = "ett-langt-losenord-for-provet"


@dataclass
class Response:
    """What came back."""

    status_code: int
    headers: dict
    content: bytes
    request_path: str

    def __getitem__(self, name):
        return self.headers[name.lower()]


@dataclass
class Browser:
    """One person's, through the proxy: https to the outside, one connection kept open to the web."""

    port: int
    address: str = "192.0.2.7"  # as the proxy sees it
    cookies: SimpleCookie = field(default_factory=SimpleCookie)
    line: object = None

    def get(self, url):
        return self._ask("GET", url)

    def post(self, url, fields=(), files=()):
        if not files:
            body = urllib.parse.urlencode(fields, doseq=True)
            return self._ask("POST", url, body, "application/x-www-form-urlencoded")
        return self._ask("POST", url, _multipart(fields, files), f"multipart/form-data; boundary={BOUNDARY}")

    def _ask(self, method, url, body=None, kind=None):
        known = "; ".join(f"{name}={one.value}" for name, one in self.cookies.items())
        headers = {
            "Host": HOST,
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": self.address,
            "Cookie": known,
        }
        if body is not None:
            token = self.cookies["csrftoken"].value if "csrftoken" in self.cookies else ""
            headers |= {"Content-Type": kind, "Referer": f"https://{HOST}/", "X-CSRFToken": token}
        answer = self._answered(method, url, body, headers)
        content = answer.read()
        for one in answer.headers.get_all("Set-Cookie") or ():
            self.cookies.load(one)
        assert answer.status < 500, f"{method} {url}: {answer.status}"
        return Response(
            answer.status, {name.lower(): value for name, value in answer.getheaders()}, content, url
        )

    def _answered(self, method, url, body, headers):
        """A connection that stood open too long is opened anew."""
        for attempt in (1, 2):
            try:
                self.line = self.line or http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
                self.line.request(method, url, body, headers)
                return self.line.getresponse()
            except (http.client.HTTPException, ConnectionError):
                self.close()
                if attempt == 2:
                    raise
        return None

    def close(self):
        if self.line:
            self.line.close()
        self.line = None

    def log_in(self, address):
        """As people do it, by address and password."""
        page = html.document_fromstring(self.get("/logga-in/").content)
        sent = dict(page.xpath("//main//form[@method='post']")[0].form_values())
        answer = self.post("/logga-in/", sent | {"login": address, "password": PASSWORD})
        assert answer.status_code == 302, f"{address}: {answer.status_code}"
        assert "sessionid" in self.cookies


def _multipart(fields, files):
    """The fields and {name: (file name, bytes)} as a browser sends them."""
    parts = []
    for name, values in dict(fields).items():
        for value in values if isinstance(values, list) else [values]:
            parts.append(
                f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            )
    for name, (file_name, content) in dict(files).items():
        head = (
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"; filename="{file_name}"\r\n\r\n'
        )
        parts.append(head.encode() + content + b"\r\n")
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()


class Crew(Case):
    """Everybody of the programme at their own browsers, before the one installation."""

    def __init__(self, installation):
        self.installation, self.browsers, self.today = installation, {}, None

    def on(self, day: datetime.date):
        self.today = day
        self.installation.at(day)

    def close(self):
        for browser, _ in self.browsers.values():
            browser.close()

    def client(self, person):
        """The person's own browser. The first time they log in by password; on later days a session is laid up for them,
        as the same login would: passwords are slow by design, and so many logins a minute are refused."""
        known, day = self.browsers.get(person.pk, (None, None))
        if known is None:
            known = Browser(self.installation.web_port, f"192.0.2.{person.pk % 250 + 1}")
            known.log_in(person.email)
        elif day != self.today:
            known.cookies["sessionid"] = _session(person)
        self.browsers[person.pk] = known, self.today
        return known

    def capture(self, execute):
        """Nothing is caught here: what is queued is done by the worker."""
        return contextlib.nullcontext(execute)

    def upload(self, person, where, *args, name, content):
        """A file given to the page's form."""
        client = self.client(person)
        url = reverse(where, args=args)
        shown = client.get(url)
        form = html.document_fromstring(shown.content).xpath("//main//form[@method='post']")[0]
        (field_name,) = form.xpath(".//input[@type='file']/@name")
        answer = client.post(url, dict(form.form_values()), {field_name: (name, content)})
        assert answer.status_code == 302, f"{where} {args}: {answer.status_code} {said(answer)}"
        return answer


def _session(person):
    store = SessionStore()
    store[SESSION_KEY], store[BACKEND_SESSION_KEY] = str(person.pk), BACKEND
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.create()
    return store.session_key


def said(answer):
    """The sentences of a page that refused, for whoever reads a failed run."""
    text = answer.content.decode(errors="replace").partition("<main")[2]
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())[:1500]
