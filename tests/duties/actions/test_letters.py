"""Letters: one a person and day, tried until taken, and never about what has been met."""

import datetime
import smtplib

import pytest
from django.core import mail
from django.core.mail.backends import locmem
from django.db.transaction import atomic

from access.actions import addresses, memberships
from actors.models import User
from actors.roles import Role
from digikoord.lib.clock import standing_at
from digikoord.lib.verdict import Refused
from duties.actions import envelopes, ladders, letters, notices, obligations
from duties.models import AppOnly, Letter, Obligation
from tests.duties.actions.test_ladders import DUE, Matter, cast, climbed, day, owed, party, person

__all__ = ["cast"]


class Server(locmem.EmailBackend):
    """A server that answers as a test says: an exception to raise for each letter, or nothing."""

    answers = ()
    up = True

    def open(self):
        if not self.up:
            raise ConnectionRefusedError(111, "Connection refused")

    def send_messages(self, messages):
        answer = type(self).answers.pop(0) if type(self).answers else None
        if answer:
            raise answer
        return super().send_messages(messages)


@pytest.fixture
def server(settings, monkeypatch):
    settings.EMAIL_BACKEND = f"{__name__}.Server"
    monkeypatch.setattr(envelopes, "get_connection", Server)
    monkeypatch.setattr(Server, "answers", [])
    monkeypatch.setattr(Server, "up", True)
    return Server


def a_day(one):
    """What the machine does in a day."""
    with standing_at(one):
        ladders.climb()
        letters.gather()
        return letters.send_due()


def no_such_person(address):
    return smtplib.SMTPRecipientsRefused({address: (550, b"5.1.1 no such user")})


def test_one_letter_a_person_and_day_gathers_everything(cast):
    owed(cast, day(-60), consequence="Då saknas ni i sammanställningen.")
    owed(cast, day(-60), key="thing:2", due=DUE)
    with standing_at(day(-30)), atomic():
        notices.tell_people([cast["signatory"]], text="Rad ett\nrad två", url="/")
    assert a_day(day(-30)) == 1
    assert a_day(day(-30)) == 0, "again the same day: nothing more"
    (message,) = mail.outbox
    html = message.alternatives[0].content
    assert message.subject == "ÖVNING – 3 saker att göra i digikoord"
    for part in (message.body, html):
        assert part.count("ska vara klart 2019-04-10, om 30 dagar") == 2
        assert "Då saknas ni i sammanställningen." in part
        assert "Rad ett rad två" in part
        assert part.count("http://") == 1, "one link: to what there is to do"
    assert message.extra_headers["Message-ID"] == Letter.objects.get().message_id


def test_a_name_is_never_markup_and_a_subject_is_one_line(cast):
    cast["region"].display_name = "<script>alert(1)</script>\nBcc: alla@prov.example"
    cast["region"].save()
    owed(cast, day(-60))
    User.objects.filter(pk=cast["official"].pk).update(name="<script>x</script>")
    a_day(day(14))
    message = next(one for one in mail.outbox if one.to == [cast["official"].email])
    assert "\n" not in message.subject
    assert "<script>" not in message.alternatives[0].content
    assert "&lt;script&gt;alert(1)" in message.alternatives[0].content
    assert message.message()["Bcc"] is None


def test_what_was_met_or_moved_before_the_letter_went_is_left_out(cast, server):
    kept, met = owed(cast, day(-60)), owed(cast, day(-60), key="thing:2")
    moved = owed(cast, day(-60), key="thing:3")
    server.up = False
    a_day(day(-30))
    with standing_at(day(-30)), atomic():
        obligations.close("report", Matter("thing:2"))
        obligations.extend(moved, day(40))
    server.up = True
    with standing_at(day(-30)):
        letters.send_due()
    (message,) = mail.outbox
    assert message.body.count("Redovisa") == 1
    assert {kept.pk, met.pk, moved.pk} == set(Obligation.objects.values_list("pk", flat=True))


def test_a_letter_that_nobody_needs_any_more_is_not_sent(cast, server):
    owed(cast, day(-60))
    server.up = False
    a_day(day(-30))
    with atomic():
        obligations.close("report", Matter())
    server.up = True
    assert a_day(day(-29)) == 0
    assert Letter.objects.get().status == "dropped"


def test_a_server_down_for_days_costs_no_attempt_and_ends_in_one_letter(cast, server):
    owed(cast, day(-60))
    owed(cast, day(-60), key="thing:2", due=DUE + datetime.timedelta(days=1))
    server.up = False
    for at in range(-31, -20):
        a_day(day(at))
    assert set(Letter.objects.values_list("attempts", flat=True)) == {0}
    assert "Ingen kontakt" in Letter.objects.filter(status="queued").latest("pk").last_error
    server.up = True
    assert a_day(day(-20)) == 1
    (message,) = mail.outbox
    assert message.body.count("Redovisa") == 2


def test_nine_days_of_standing_still_is_one_letter(cast):
    owed(cast, day(-60))
    a_day(day(-16))
    a_day(day(-7))
    told = [one.body for one in mail.outbox if one.to == [cast["signatory"].email]]
    assert len(told) == 2
    assert told[1].count("Redovisa") == 1


def test_a_refusal_for_now_is_tried_again_later_and_later_with_the_same_id(cast, server):
    owed(cast, day(-60))
    busy = smtplib.SMTPDataError(451, b"4.3.0 try again later")
    server.answers = [busy, busy]
    a_day(day(-30))
    letter = Letter.objects.get()
    first, known = letter.next_try_at, letter.message_id
    assert (letter.status, letter.attempts, letter.last_error) == ("queued", 1, "451 4.3.0 try again later")
    with standing_at(day(-29)):
        assert letters.send_due() == 0
        letter.refresh_from_db()
        assert letter.next_try_at - first > datetime.timedelta(hours=23)
    with standing_at(day(-28)):
        assert letters.send_due() == 1
    assert mail.outbox[0].extra_headers["Message-ID"] == known


def test_it_is_given_up_at_last_and_can_be_sent_again(cast, server):
    owed(cast, day(-60))
    a_day(day(-31))
    server.answers = [smtplib.SMTPServerDisconnected("gone")] * letters.MOST_ATTEMPTS
    for at in range(-30, -30 + letters.MOST_ATTEMPTS):
        with standing_at(day(at)):
            if at == -30:
                ladders.climb()
                letters.gather()
            letters.send_due()
    letter = Letter.objects.get()
    assert (letter.status, letter.attempts) == ("failed", letters.MOST_ATTEMPTS)
    admin = person(cast["region"], Role.ADMINISTRATOR, "adam")
    with standing_at(day(0)):
        addresses.requeue(letter, by=admin)
        assert letters.send_due() == 1


def test_a_refused_address_is_left_alone_and_becomes_a_task(cast, server):
    admin = person(cast["region"], Role.ADMINISTRATOR, "adam")
    signatory = cast["signatory"]
    owed(cast, day(-60))
    server.answers = [no_such_person(signatory.email)]
    a_day(day(-30))
    letter = Letter.objects.get(recipient=signatory)
    assert (letter.status, letter.last_error) == ("bounced", "550 5.1.1 no such user")
    task = Obligation.objects.open().get(kind="correct_address")
    assert (task.debtor, task.role) == (cast["region"], Role.ADMINISTRATOR)
    a_day(day(-14))
    assert not [one for one in mail.outbox if one.to == [signatory.email]]
    assert Letter.objects.filter(recipient=signatory).count() == 1, "nothing more is laid up"
    with standing_at(day(-13)):
        with pytest.raises(Refused, match="kommer tillbaka"):
            addresses.requeue(letter, by=admin)
        addresses.correct(signatory, by=admin, email="Ny@prov.example")
        letters.send_due()
    assert Obligation.objects.get(pk=task.pk).outcome == "done"
    assert [one.to for one in mail.outbox if "ny@prov.example" in one.to] == [["ny@prov.example"]]
    a_day(day(-12))
    bodies = [one.body for one in mail.outbox if one.to == ["ny@prov.example"]]
    assert "om 14 dagar" in bodies[-1], "what was told meanwhile comes in the next letter"


def test_without_an_administrator_the_ministrys_official_corrects_the_address(cast):
    owed(cast, day(-60))
    a_day(day(-30))
    addresses.report_bounce(Letter.objects.get(), reason="550")
    task = Obligation.objects.open().get(kind="correct_address")
    assert (task.debtor, task.role) == (cast["ministry"], Role.OFFICIAL)
    row = addresses.correct(
        User.objects.get(pk=cast["signatory"].pk), by=cast["official"], email="b@prov.example"
    )
    assert not row.address_bounces


def test_an_administrator_cannot_take_over_somebody_who_is_more_elsewhere(cast):
    """An address is what one logs in with."""
    admin = person(cast["region"], Role.ADMINISTRATOR, "adam")
    memberships.invite(cast["ministry"], email=cast["signatory"].email, name="x", role=Role.OFFICIAL)
    User.objects.filter(pk=cast["signatory"].pk).update(bounced_address=cast["signatory"].email)
    with pytest.raises(Refused, match="alla Signes roller"):
        addresses.correct(cast["signatory"], by=admin, email="adam2@prov.example")


def test_what_one_has_chosen_away_is_read_in_the_app_but_never_a_legal_duty(cast):
    notices.choose(cast["signatory"], app_only=["duty", "handling", "news"])
    assert set(AppOnly.objects.values_list("kind", flat=True)) == {"handling", "news"}
    owed(cast, day(-60))
    owed(cast, day(-60), key="thing:2", legal=False)
    with standing_at(day(-30)), atomic():
        notices.tell_people([cast["signatory"]], text="Ett besked", url="/")
    a_day(day(-30))
    (message,) = mail.outbox
    assert message.body.count("Redovisa") == 1
    assert "Ett besked" not in message.body
    assert cast["signatory"].notices.count() == 3


def test_who_has_no_role_any_more_gets_no_letter(cast, server):
    owed(cast, day(-60))
    server.up = False
    a_day(day(-30))
    cast["signatory"].memberships.update(valid_to=day(-30))
    server.up = True
    with standing_at(day(-29)):
        assert letters.send_due() == 0
    assert Letter.objects.get().last_error == "Mottagaren har ingen behörighet längre."


def test_the_letters_of_a_day_are_laid_up_once_whatever_is_run(cast):
    other = person(party("skane"), Role.SIGNATORY, "sven")
    with atomic():
        notices.tell_people([cast["signatory"], other], text="Besked", url="/")
    climbed(day(-60))
    assert [letters.gather(), letters.gather()] == [2, 0]
