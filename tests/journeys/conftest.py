"""People who open pages, fill in the forms they are shown, and press the button."""

import datetime
from dataclasses import dataclass

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from lxml import html

from programmes.models import Programme
from reporting import tasks
from tests.factories.played import fingerprint
from tests.factories.walk import FIRST, Walk


@dataclass
class Page:
    """What came back, as the person reads it."""

    response: object
    tree: object

    @property
    def text(self):
        return " ".join(self.tree.text_content().split())

    @property
    def heading(self):
        return " ".join(self.tree.findtext(".//h1").split())

    @property
    def form(self):
        return self.tree.xpath("//main//form[@method='post']")[0]

    @property
    def summary(self):
        """The sentences of the error summary."""
        return [
            " ".join(row.text_content().split())
            for row in self.tree.xpath("//*[contains(@class, 'error-summary')]//li")
        ]

    def said_at(self, field):
        """The sentences beside a field."""
        found = self.tree.xpath(f"//*[@id='div_id_{field}']//*[contains(@class, 'invalid-feedback')]")
        return " ".join(row.text_content().strip() for row in found)


STEP, TEXT = "reporting:activity_report_step", "Det har gått framåt."


class Case:
    """A programme in real operation, whose days go by as the story needs."""

    def __init__(self, programme, capture):
        self.programme, self.capture, self.calendar = programme, capture, None
        self.people = Walk(programme, programme.definition.programme.starts)

    def on(self, day):
        """It is the morning of the day."""
        self.end()
        morning = datetime.datetime.fromisoformat(f"{day}T09:00:00+00:00")
        self.calendar = time_machine.travel(morning, tick=True)
        self.calendar.start()

    def end(self):
        if self.calendar:
            self.calendar.stop()

    def client(self, person):
        client = Client()
        client.force_login(person)
        return client

    def see(self, person, where, *args, status=200, query=""):
        response = self.client(person).get(reverse(where, args=args) + query)
        assert response.status_code == status, f"{where} {args}: {response.status_code}"
        return page_of(response)

    def do(self, person, where, *args, **fields):
        """Open the act's page, fill in, press the button; gives the page one comes to."""
        client = self.client(person)
        response = self._post(client, where, args, fields)
        wrong = page_of(response).summary if response.status_code == 422 else ""
        assert response.status_code == 302, f"{where} {args}: {response.status_code} {wrong}"
        return page_of(client.get(response["Location"]))

    def press(self, person, where, *args):
        """A button that needs no page of its own; gives the page one comes to."""
        client = self.client(person)
        response = client.post(reverse(where, args=args))
        assert response.status_code == 302, f"{where} {args}: {response.status_code}"
        return page_of(client.get(response["Location"]))

    def write(self, person, report, step, **fields):
        """One step of a report: every text that is asked for, and the fields given."""
        form = self.see(person, STEP, report.pk, step).form
        texts = {field.name: TEXT for field in form.xpath(".//textarea[not(@disabled)]")}
        return self.do(person, STEP, report.pk, step, **{**texts, **fields})

    def check(self, person, report):
        """Go through the whole checklist, where the programme has one."""
        codes = [row.code for row in report.programme.definition.review_checks]
        if codes:
            self.do(person, "reporting:activity_report_check", report.pk, done=codes)

    def fails(self, person, where, *args, **fields):
        """The same, but it did not go: nothing changed, and all that was typed still stands there."""
        client, before = self.client(person), fingerprint()
        response = self._post(client, where, args, fields)
        assert response.status_code == 422, f"{where} {args}: {response.status_code}"
        assert fingerprint() == before
        page = page_of(response)
        for name, value in fields.items():
            if isinstance(value, str):
                assert page.form.fields[name].strip() == value, f"{name} was lost"
        return page

    def refused(self, person, where, *args):
        """The wrong person meets a sentence, and nothing changes; gives the sentence."""
        client, before = self.client(person), fingerprint()
        url = reverse(where, args=args)
        for method in ("get", "post"):
            response = getattr(client, method)(url)
            assert response.status_code == 403, f"{where} {args}: {response.status_code}"
        assert fingerprint() == before
        return page_of(response).text

    def _post(self, client, where, args, fields):
        url = reverse(where, args=args)
        shown = client.get(url)
        assert shown.status_code == 200, f"{where} {args}: {shown.status_code}"
        form, sent = page_of(shown).form, {}
        for name, value in form.form_values():
            sent.setdefault(name, []).append(value)
        for name, value in fields.items():
            assert name in form.fields, f"{where}: the page has no field {name}"
            sent[name] = value if isinstance(value, list) else [value]
        with self.capture(execute=True):
            return client.post(url, sent)


def page_of(response):
    return Page(response, html.document_fromstring(response.content))


@pytest.fixture
def case(db, django_capture_on_commit_callbacks):
    """The real programme, loaded and not yet dispatched."""
    call_command("load_programme", str(FIRST), verbosity=0)
    case = Case(Programme.objects.get(), django_capture_on_commit_callbacks)
    yield case
    case.end()


@pytest.fixture
def worker(queued):
    """worker(): does what is in the queue."""

    def work():
        while queued:
            name, args = queued.pop(0)
            assert name == "reporting.render"
            tasks.render(*args)

    return work
