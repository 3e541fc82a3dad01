"""The post's reports of letters that came back, read by `manage.py bounce`."""

import io
import sys
from email.message import EmailMessage

import pytest
from django.core.management import CommandError, call_command
from django.db.transaction import atomic

from digikoord.rehearsal.people import person
from duties.actions import letters, notices
from duties.models import Letter, Obligation

REPORT = """From: MAILER-DAEMON@post.example
To: digikoord@digikoord.example
Subject: Undelivered Mail
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain

Det gick inte.

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; post.example

Final-Recipient: rfc822; x@prov.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1
 okand mottagare

--B
Content-Type: {kind}

Message-ID: {message_id}
Subject: Att gora

--B--
"""


@pytest.fixture
def letter(cast):
    signatory = person("foretradare", cast.assignment("14").holder.code)
    with atomic():
        notices.tell_people([signatory], text="Ett besked", url="/")
    letters.gather()
    letters.send_due()
    return Letter.objects.filter(recipient=signatory).latest("pk")


@pytest.fixture
def bounce(monkeypatch):
    def run(content):
        told = io.StringIO()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
        call_command("bounce", stdout=told)
        return told.getvalue()

    return run


def report(letter, status="5.1.1", kind="message/rfc822"):
    return REPORT.format(action="failed", status=status, kind=kind, message_id=letter.message_id).encode()


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
def test_a_letter_that_came_back_marks_the_address_and_is_somebodys_task(letter, bounce, kind):
    assert "har studsat: 5.1.1 550 5.1.1 okand mottagare" in bounce(report(letter, kind=kind))
    letter.refresh_from_db()
    assert letter.status == "bounced"
    assert letter.recipient.address_bounces
    task = Obligation.objects.open().get(kind="correct_address")
    assert letter.recipient.name in task.label
    assert "redan studsat" in bounce(report(letter)), "the same report again changes nothing"


def test_a_passing_fault_changes_nothing(letter, bounce):
    assert "Inget ändras" in bounce(report(letter, status="4.2.2"))
    letter.refresh_from_db()
    assert letter.status == "sent"


def test_what_is_no_report_is_refused_with_a_sentence(letter, bounce):
    other = EmailMessage()
    other["Subject"] = "Frånvaro"
    other.set_content("Jag är på semester.")
    for content in (other.as_bytes(), b"", b"\xff\xfe rubbish"):
        with pytest.raises(CommandError, match="inget studsmeddelande"):
            bounce(content)
    unknown = report(letter).replace(letter.message_id.encode(), b"<okant@digikoord>")
    with pytest.raises(CommandError, match="Inget brev har"):
        bounce(unknown)
