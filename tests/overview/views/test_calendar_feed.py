"""The calendar that a program subscribes to, read back by the library and by the raw rules of RFC 5545."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.db.transaction import atomic
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from access.actions import calendar_addresses
from access.models import CalendarAddress
from actors.models import Membership
from digikoord.lib.clock import today
from duties.actions import obligations
from duties.models import Obligation


def read(token):
    return Client().get(reverse("overview:calendar_feed", args=[token]))


def events(token):
    response = read(token)
    assert response["Content-Type"].startswith("text/calendar")
    return {str(row["uid"]): row for row in Calendar.from_ical(response.content).walk("VEVENT")}


@pytest.fixture
def duty(cast):
    return Obligation.objects.open().get(kind="repay")


@pytest.fixture
def token(cast, duty):
    return calendar_addresses.make(by=cast.signatory(duty.debtor))


def test_the_day_of_law_all_day_and_the_programmes_days(cast, duty, token):
    found = events(token)
    row = found[f"duty-{duty.pk}@digikoord"]
    assert row.decoded("dtstart") == datetime.date(2019, 4, 1), "31 March is a Sunday"
    assert row.decoded("dtend") == datetime.date(2019, 4, 2)
    assert "Flyttad från 2019-03-31" in row["description"]
    assert str(row["url"]).endswith(f"/skyldighet/{duty.pk}/")
    person = cast.signatory(duty.debtor)
    mine = [
        one
        for one in Obligation.objects.open().filter(act_by__isnull=False)
        if person.has(one.role, one.debtor_id)
    ]
    days = {f"duty-{one.pk}@digikoord": one.act_by for one in mine}
    assert {uid: one.decoded("dtstart") for uid, one in found.items() if uid.startswith("duty")} == days
    common = {str(one["summary"]).split(": ", 2)[-1]: one.decoded("dtstart") for one in found.values()}
    assert common["Sammanställning senast"] >= datetime.date(2019, 3, 26)
    assert not list(Calendar.from_ical(read(token).content).walk("VALARM"))


def test_a_moved_day_keeps_its_identity_and_counts_up(duty, token):
    before = events(token)[f"duty-{duty.pk}@digikoord"]
    with atomic():
        obligations.extend(duty, datetime.date(2019, 5, 2))
    after = events(token)[f"duty-{duty.pk}@digikoord"]
    assert after.decoded("dtstart") == datetime.date(2019, 5, 2)
    assert int(after["sequence"]) == int(before["sequence"]) + 1
    assert after.decoded("last-modified") > before.decoded("last-modified")


def test_what_is_met_disappears(duty, token):
    Obligation.objects.filter(pk=duty.pk).update(closed_on=today(), outcome="done")
    assert f"duty-{duty.pk}@digikoord" not in events(token)


@pytest.mark.parametrize("name", ["A, B; C", "<script>alert(1)</script>", "rad\nrad\\n", "å" * 110])
def test_the_raw_rules_hold_whatever_the_name(duty, token, name):
    Obligation.objects.filter(pk=duty.pk).update(place_label=name)
    raw = read(token).content
    assert raw.count(b"\n") == raw.count(b"\r\n"), "every line ends with CRLF"
    assert raw.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in raw.split(b"\r\n")), "octets, not characters"
    summary = str(events(token)[f"duty-{duty.pk}@digikoord"]["summary"])
    assert summary.endswith(f", {name}")
    assert b"BEGIN:VALARM" not in raw


def test_the_mark_of_the_rehearsal(cast, token):
    with_mark = Calendar.from_ical(read(token).content)
    assert "ÖVNING" in str(with_mark["x-wr-calname"])


def test_a_new_address_ends_the_old_and_revoking_ends_it(cast, duty, token):
    person = cast.signatory(duty.debtor)
    client = Client()
    client.force_login(person)
    page = client.post(reverse("overview:calendar_address_make"), follow=True).content.decode()
    assert "som bara visas nu" in page
    assert read(token).status_code == 404
    new = page.split("/kalender/")[1].split(".ics")[0] if ".ics" in page.split("/kalender/")[1] else None
    new = new or next(part.split(".ics")[0] for part in page.split("/kalender/") if ".ics" in part[:80])
    assert read(new).status_code == 200
    assert new not in str(list(CalendarAddress.objects.values())), "only its digest is kept"
    assert client.post(reverse("overview:calendar_address_revoke")).status_code == 302
    assert read(new).status_code == 404
    assert client.post(reverse("overview:calendar_address_revoke")).status_code == 422


def test_whoever_lost_the_memberships_has_an_empty_calendar(cast, duty, token):
    person = cast.signatory(duty.debtor)
    Membership.objects.filter(user=person).update(valid_to=today() - datetime.timedelta(days=1))
    assert events(token) == {}
    person.is_active = False
    person.save(update_fields=["is_active"])
    assert read(token).status_code == 404


def test_one_address_at_a_time(token):
    row = CalendarAddress.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarAddress.objects.create(person=row.person, sha256="0" * 64)
