"""One day holds for one duty, wherever it is told: Sunday 31 March 2019 is repaid by Monday 1 April, on every page, letter, feed,
export and line of the trail. The decided day may follow in words, never alone."""

import datetime
import re

import pytest
from django.test import Client
from django.urls import reverse

from digikoord.lib.clock import standing_at
from duties.models import Obligation
from grants.models import RepaymentClaim
from overview.selectors.exceptions import sentence
from records.models import Event, Registration
from tests.factories.played import MID_STORY

pytestmark = pytest.mark.django_db
DECIDED = re.compile(r"2019-03-31|31 mars 2019")
# What may stand before the decided day: the day that holds, or a heading that says whose day it is
BEFORE = re.compile(r"(flyttad från|Flyttad från|nästa vardag|infaller på|enligt|Enligt)", re.IGNORECASE)


def alone(text):
    """Where the decided day is told without the one that holds."""
    text = " ".join(re.sub(r"<[^>]+>", " ", text).split())
    for found in DECIDED.finditer(text):
        around = text[max(0, found.start() - 70) : found.end() + 70]
        if not BEFORE.search(around) and not re.search(r"2019-04-01|1 april 2019", around):
            yield around


def pages(cast, claim):
    tranche, code = claim.tranche, cast.programme.code
    duty = Obligation.objects.open().get(kind="repay", key=f"claim:{claim.pk}")
    named = {
        "claim": claim.get_absolute_url(),
        "tranche": tranche.get_absolute_url(),
        "settlement": reverse("grants:tranche_settlement", args=[tranche.pk]),
        "duty": reverse("duties:duty_detail", args=[duty.pk]),
        "claims": reverse("grants:repayment_claim_list", args=[code]),
        "todo": reverse("overview:todo"),
        "calendar": reverse("overview:calendar", args=[code]) + "?manad=2019-04",
        "march": reverse("overview:calendar", args=[code]) + "?manad=2019-03",
        "year": reverse("grants:year_detail", args=[code, 2018]),
        "decisions": reverse("grants:decision_list", args=[code]),
        "board": reverse("overview:board", args=[code]) + "?ar=2018",
        "place": tranche.place.get_absolute_url(),
        "ledger": reverse("overview:ledger_lines", args=[code, "att-aterbetala"]),
        "trail": reverse("overview:trail", args=[code]) + f"?plats={tranche.place.code}",
        "offer": reverse("grants:assignment_letter", args=[tranche.assignment_id]),
    }
    letters = Registration.objects.filter(key=claim.subject().key)
    return named | {f"letter {row.pk}": row.get_absolute_url() for row in letters}


def test_the_day_that_holds_is_told_everywhere(cast):
    claim = RepaymentClaim.objects.filter(due=datetime.date(2019, 3, 31), status="open").first()
    assert claim
    told = 0
    for person in (cast.signatory(claim.tranche.holder), cast.official(), cast.payer()):
        client = Client()
        client.force_login(person)
        for name, url in pages(cast, claim).items():
            answer = client.get(url)
            if answer.status_code in (403, 404):
                continue
            text = answer.content.decode()
            told += "2019-04-01" in text or "1 april 2019" in text
            assert not list(alone(text)), f"{name}: {list(alone(text))}"
    assert told > 12, "the day was looked for where it is told"


def test_the_feed_and_the_exports_tell_it_too(cast):
    client = Client()
    client.force_login(cast.payer())
    url = reverse("grants:repayment_claim_list", args=[cast.programme.code])
    content = client.get(url + "?format=csv").content.decode("utf-8-sig")
    heading = next(line for line in content.splitlines() if "Sista dag" in line)
    assert heading.index("Sista dag") < heading.index("Dag enligt kravet")
    row = next(line for line in content.splitlines() if "2019-03-31" in line)
    assert row.index("2019-04-01") < row.index("2019-03-31")


def test_the_trail_tells_it_in_words(cast):
    with standing_at(MID_STORY):
        told = Event.objects.filter(verb="claim.opened", facts__due="2019-03-31")
        assert told
        for event in told:
            assert "2019-03-31 (nästa vardag 2019-04-01)" in sentence(event)
