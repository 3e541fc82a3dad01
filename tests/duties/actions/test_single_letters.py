"""Single letters: one matter, to a person or to an address that has no person; tried, bounced and proved like the day's."""

import smtplib

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client

from access.actions import addresses
from actors.roles import Role
from digikoord.lib.clock import standing_at
from digikoord.lib.verdict import Refused
from duties.actions import letters, notices, single_letters
from duties.models import Attachment, Letter, Purpose
from tests.duties.actions.test_ladders import cast, day, owed, person

from .test_letters import a_day, no_such_person, server

__all__ = ["cast", "server"]
PDF = single_letters.File("beslut.pdf", "application/pdf", b"%PDF-1.7 prov")


@transaction.atomic
def sent_to_an_address(cast, **more):
    return single_letters.lay_up(
        Purpose.MATTER,
        address="Registrator@Prov.example",
        party=cast["region"],
        title="Beslut\nBcc: alla@prov.example",
        text="Här är <beslutet>.",
        url="/saken/",
        files=[PDF],
        **more,
    )


def test_to_an_address_that_has_no_person_with_what_goes_with_it(cast):
    row = sent_to_an_address(cast)
    assert letters.send_due() == 1
    (message,) = mail.outbox
    assert (message.to, message.extra_headers["Message-ID"]) == (["registrator@prov.example"], row.message_id)
    assert "\n" not in message.subject
    assert "Här är &lt;beslutet&gt;." in message.alternatives[0].content
    (name, content, kind) = message.attachments[0]
    assert (name, content, kind) == ("beslut.pdf", PDF.content, "application/pdf")
    kept = Attachment.objects.get()
    assert kept.sha256 == Attachment.digest(PDF.content)
    row.refresh_from_db()
    assert row.status == "sent"


def test_it_is_tried_and_bounces_as_the_days_letter_does(cast, server):
    admin = person(cast["region"], Role.ADMINISTRATOR, "adam")
    server.answers = [smtplib.SMTPDataError(451, b"later"), no_such_person("registrator@prov.example")]
    row = sent_to_an_address(cast)
    letters.send_due()
    row.refresh_from_db()
    assert (row.status, row.attempts, row.last_error) == ("queued", 1, "451 later")
    with standing_at(day(5)):
        letters.send_due()
        row.refresh_from_db()
        assert row.status == "bounced"
        assert "kom tillbaka från registrator@prov.example" in admin.notices.get().text
        addresses.requeue(row, by=admin)
        assert letters.send_due() == 1


def test_single_letters_go_before_the_days(cast, server):
    owed(cast, day(-60))
    server.up = False
    a_day(day(-30))
    server.up = True
    with standing_at(day(-30)):
        sent_to_an_address(cast)
        letters.send_due()
    assert [one.to for one in mail.outbox] == [["registrator@prov.example"], [cast["signatory"].email]]


def test_a_single_letter_takes_no_days_letters_place(cast):
    with standing_at(day(-30)), transaction.atomic():
        single_letters.lay_up(Purpose.MATTER, recipient=cast["signatory"], title="Ett", text="Ett")
        single_letters.lay_up(Purpose.MATTER, recipient=cast["signatory"], title="Två", text="Två")
        notices.tell_people([cast["signatory"]], text="Besked", url="/")
    with standing_at(day(-30)):
        assert letters.gather() == 1
        assert letters.send_due() == 3


def test_what_is_too_large_is_said(cast):
    large = single_letters.File("a.pdf", "application/pdf", b"x" * (single_letters.MOST_BYTES + 1))
    with pytest.raises(Refused, match="15 MB"), transaction.atomic():
        single_letters.lay_up(Purpose.MATTER, address="a@prov.example", title="x", text="x", files=[large])


def test_the_page_shows_what_it_is_and_its_party_alone(cast):
    admin = person(cast["region"], Role.ADMINISTRATOR, "adam")
    other = person(cast["ministry"], Role.ADMINISTRATOR, "arne")
    row = sent_to_an_address(cast)
    own, foreign = Client(), Client()
    own.force_login(admin)
    foreign.force_login(other)
    page = own.get(row.get_absolute_url())
    assert "beslut.pdf" in page.text
    assert "registrator@prov.example" in page.text
    assert "registrator@prov.example" in own.get("/part/halland/brev/").text
    assert foreign.get(row.get_absolute_url()).status_code == 404
    assert "registrator@prov.example" not in foreign.get("/part/rk/brev/").text
    assert Letter.objects.count() == 1
