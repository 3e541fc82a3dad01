"""Tries to log in: strangers share a count for each account and are slowed; who has been here before has a count of their own."""

import re
import time

import pytest
import time_machine
from django.test import Client

from access import devices
from actors.models import User
from actors.roles import Role
from digikoord.lib import tries
from duties.actions import links
from tests.duties.actions.test_ladders import party, person

FREE = devices.HERE[0]
PASSWORD = "en-lang-losenmening-2019"
pytestmark = pytest.mark.django_db


@pytest.fixture
def anna():
    one = person(party("halland"), Role.SIGNATORY, "anna")
    User.objects.filter(pk=one.pk).update(password="")
    one.set_password(PASSWORD)
    one.save()
    return one


@pytest.fixture
def quick_hashes(settings):
    """So that hours of guesses take seconds."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def log_in(client, email="anna@prov.example", password=PASSWORD, address="198.51.100.7"):
    return client.post("/logga-in/", {"login": email, "password": password}, REMOTE_ADDR=address)


def is_in(answer):
    return answer.status_code == 302


def seconds_told(answer):
    """How long one is asked to wait; 0 where the answer does not say."""
    told = re.search(r"Vänta (\d+) sekund", answer.text)
    return int(told[1]) if told else 0


def guess(times, email="anna@prov.example"):
    """Wrong tries from many browsers of as many addresses; what each was answered."""
    return [
        log_in(Client(), email, f"fel-{number}", address=f"203.0.113.{number % 250}")
        for number in range(times)
    ]


def test_forty_wrong_tries_from_outside_keep_no_owner_out(quick_hashes, anna):
    own = Client()
    assert is_in(log_in(own))
    own.post("/logga-ut/")
    answers = guess(40)
    assert not any(is_in(one) for one in answers)
    assert sum(seconds_told(one) > 0 for one in answers) > 10, "a stranger is told how long to wait"
    assert is_in(log_in(own)), "the device has a count of its own"


def test_who_comes_from_a_strange_device_waits_and_is_let_in(quick_hashes, anna):
    answer = guess(40)[-1]
    wait = seconds_told(answer)
    assert 0 < wait <= 10
    assert re.search(r"tidigast kl\. \d\d:\d\d:\d\d", answer.text)
    assert not is_in(log_in(Client())), "the right password does not pass a wait"
    with time_machine.travel(time.time() + wait + 1, tick=True):
        assert is_in(log_in(Client()))


def test_nobody_else_waits_because_somebody_shares_their_address(quick_hashes, anna):
    other = person(party("skane"), Role.SIGNATORY, "orjan")
    other.set_password(PASSWORD)
    other.save()
    for number in range(60):
        log_in(Client(), password=f"fel-{number}")
    assert is_in(log_in(Client(), "orjan@prov.example"))


def test_an_address_that_nobody_has_is_slowed_alike(quick_hashes, anna):
    known, unknown = guess(30), guess(30, "ingen@prov.example")
    assert [bool(seconds_told(one)) for one in known] == [bool(seconds_told(one)) for one in unknown]


def test_the_devices_own_wrong_tries_are_slowed_too(quick_hashes, anna):
    own = Client()
    log_in(own)
    own.post("/logga-ut/")
    answers = [log_in(own, password=f"fel-{number}") for number in range(FREE + 2)]
    assert [bool(seconds_told(one)) for one in answers] == [False] * (FREE + 1) + [True]
    assert is_in(log_in(Client())), "and are no stranger's"


def test_a_device_is_bound_to_the_account_and_signed(quick_hashes, anna):
    other = person(party("skane"), Role.SIGNATORY, "orjan")
    other.set_password(PASSWORD)
    other.save()
    theirs = Client()
    log_in(theirs, "orjan@prov.example")
    theirs.post("/logga-ut/")
    cookie = theirs.cookies[devices.COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert int(cookie["max-age"]) > 300 * 24 * 3600
    guess(40)
    assert seconds_told(log_in(theirs)), "of another account it is a stranger's"
    forged = Client()
    forged.cookies[devices.COOKIE] = cookie.value[:-2] + "xx"
    assert seconds_told(log_in(forged))


def test_who_chose_a_password_by_a_link_has_a_device(quick_hashes, anna):
    """The way in for an owner who has no device, while somebody never stops guessing."""
    guess(40)
    client = Client()
    page = client.get(links.hand_over(anna).split("8000", 1)[1], follow=True)
    new = "en-annan-losenmening-2019"
    client.post(page.redirect_chain[-1][0], {"password1": new, "password2": new})
    assert is_in(log_in(client, password=new))


def test_one_address_that_never_stops_takes_no_strangers_every_turn(quick_hashes, anna):
    """It tries twice a second. Her owner, on a strange device, does as she is told."""
    guess(40)
    now, attacker, owner = time.time(), Client(), Client()
    tried = entered = None
    for second in range(240):
        for half in (0, 0.5):
            with time_machine.travel(now + second + half, tick=False):
                log_in(attacker, password=f"fel-{second}", address="203.0.113.9")
        if second >= 120 and (tried is None or now + second > tried):
            with time_machine.travel(now + second + 0.6, tick=False):
                answer = log_in(owner)
            if is_in(answer):
                entered = second
                break
            tried = now + second + seconds_told(answer)
    assert entered is not None
    assert entered <= 150


def test_an_address_is_what_our_own_proxy_wrote(quick_hashes, anna, settings):
    """Whoever guesses writes what they like before it; what cannot be read is one address too."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for told in ("10.9.8.{}, 203.0.113.9", "inte en adress {}"):
        answers = [
            Client(headers={"X-Forwarded-For": told.format(number)}).post(
                "/logga-in/", {"login": "anna@prov.example", "password": "fel"}
            )
            for number in range(8)
        ]
        assert [one.status_code for one in answers] == [200] * 8
        assert seconds_told(answers[-1])


def test_strangers_try_an_account_ten_thousand_times_a_day_at_most():
    """They try as fast as they are let, from as many addresses as they like, the whole day."""
    began = now = time.time()
    let_in = number = 0
    while now < began + tries.DAY - 1:
        count, number = tries.Count(f"tries:test:{number % 500}", *devices.FROM_AN_ADDRESS), number + 1
        with time_machine.travel(now, tick=False):
            wait = tries.admit(count, tries.Count("tries:test", *devices.OF_STRANGERS))
        let_in += not wait
        now += min(wait, 10) or 0.001
    assert 6_000 < let_in <= 10_000
