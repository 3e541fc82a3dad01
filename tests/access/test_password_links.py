"""Links to choose a password: made when the letter is sent, kept nowhere, used once, and void when a new one is sent."""

import re
import smtplib

import pytest
from django.apps import apps
from django.core import mail
from django.test import Client

from access.actions import passwords
from actors.roles import Role
from digikoord.lib.clock import standing_at
from duties.actions import letters
from duties.models import Letter, Link
from tests.duties.actions.test_ladders import day, party, person
from tests.duties.actions.test_letters import server

__all__ = ["server"]
pytestmark = pytest.mark.django_db
NEW = "en-lang-losenmening-2019"


@pytest.fixture
def anna():
    one = person(party("halland"), Role.SIGNATORY, "anna")
    with standing_at(day(-5)):
        yield one


def ask(email="anna@prov.example"):
    return Client().post("/losenord/glomt/", {"email": email})


def paths():
    """The addresses of the links that have gone out."""
    found = [re.search(r"https?://[^/\s]+(/losenord/nytt/\S+)", one.body) for one in mail.outbox]
    return [one[1] for one in found if one]


def opens(path, client=None):
    return not (client or Client()).get(path, follow=True).context.get("token_fail")


def everything_kept():
    """All that the database holds, as text."""
    rows = [row for model in apps.get_models() for row in model.objects.values_list()]
    return " ".join(str(value) for row in rows for value in row)


def later():
    """When a link that was sent is no longer so fresh that a new one is not made."""
    Letter.objects.update(sent_at=day(-10).isoformat() + "T00:00Z")


def test_a_link_is_in_the_letter_and_nowhere_else(anna, queued, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        ask()
    assert queued == [("actors.send_letters", ())], "what is queued has no secret"
    letter = Letter.objects.get()
    assert (letter.purpose, letter.status, letter.recipient) == ("password", "queued", anna)
    assert not Link.objects.exists(), "it is made when it is sent"
    assert letters.send_due() == 1
    (path,) = paths()
    key = path.strip("/").split("-", 1)[1]
    assert len(key) >= 43
    assert key not in everything_kept()
    client = Client()
    assert opens(path, client)
    assert key not in everything_kept(), "nor in the session of whoever opened it"


def test_it_works_once_and_ends_every_other(anna):
    ask()
    letters.send_due()
    (path,) = paths()
    client, another = Client(), Client()
    form = client.get(path, follow=True).redirect_chain[-1][0]
    assert opens(path, another), "a second browser may open it"
    assert client.post(form, {"password1": NEW, "password2": NEW}).status_code == 302
    assert not opens(path)
    late = another.post(form, {"password1": "nagot-helt-annat-2019", "password2": "nagot-helt-annat-2019"})
    assert late.context["token_fail"], "it was used meanwhile"
    anna.refresh_from_db()
    assert anna.check_password(NEW)


def test_a_new_sending_makes_the_earlier_void(anna):
    ask()
    letters.send_due()
    later()
    ask()
    letters.send_due()
    first, second = paths()
    assert not opens(first)
    assert opens(second)


def test_who_asks_again_and_again_voids_nobodys_link(anna):
    """Else a stranger who knows the address could keep its owner out."""
    for _time in range(14):
        ask()
    letters.send_due()
    for _time in range(14):
        ask()
    letters.send_due()
    (path,) = paths()
    assert opens(path)
    assert Letter.objects.count() == 1


def test_an_address_that_nobody_has_is_answered_alike_and_leaves_nothing(anna):
    known, unknown = ask(), ask("ingen@prov.example")
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert Letter.objects.count() == 1
    assert "ingen@prov.example" not in everything_kept()


def test_a_server_that_refuses_for_now_is_tried_again_with_a_link_of_its_own(anna, server):
    server.answers = [smtplib.SMTPDataError(451, b"4.3.0 try again later")]
    ask()
    assert letters.send_due() == 0
    assert not Link.objects.exists(), "nothing has gone out"
    Letter.objects.update(next_try_at=day(-6).isoformat() + "T00:00Z")
    assert letters.send_due() == 1
    assert opens(paths()[-1])


def test_a_link_ends_with_its_day_and_with_the_persons_account(anna):
    ask()
    letters.send_due()
    (path,) = paths()
    with standing_at(day(-3)):
        assert not opens(path)
    anna.is_active = False
    anna.save()
    assert not opens(path)


def test_a_letter_that_waited_for_days_is_not_sent(anna, server):
    server.up = False
    ask()
    letters.send_due()
    server.up = True
    with standing_at(day(-3)):
        assert letters.send_due() == 0
    assert Letter.objects.get().status == "dropped"


def test_somebody_elses_address_part_opens_nothing(anna):
    other = person(party("skane"), Role.SIGNATORY, "orjan")
    ask()
    letters.send_due()
    (path,) = paths()
    assert not opens(re.sub(r"nytt/[^-]+-", f"nytt/{other.pk:x}-", path))
    passwords.ask_for_link("orjan@prov.example")
    assert opens(path), "another person's letter ends nothing of hers"
