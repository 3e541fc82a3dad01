"""kill -9 of the web and of PostgreSQL in the middle of exports and imports: each thing asked for is done once.

Two people keep on while the machine dies and comes back. Whoever got no answer asks again for the very same thing:
it is either done now, or refused because it was done the first time.
"""

import http.client
import itertools
import os
import random
import re
import sys
import threading
import time
from collections import Counter

import pytest
from django.db import connection

from digikoord.rehearsal.people import address

from .cluster import Browser, Cluster, Web, patiently

KILLS = 30 if os.environ.get("DIGIKOORD_SOAK") else 3
# What each kill hits in its turn, the web's as well as PostgreSQL's: what leaves for the bank, and what comes from it
AIMS = ("export", "answer", "deposit")
LAY_IN = "import pathlib; from tests.factories import played; played.lay_in(pathlib.Path({!r}))"
PROGRAMME, RK = "/program/rdk-2018", "regeringskansliet"
VERBS = {
    "release": "payment.released",
    "export": "batch.created",
    "answer": "bank_file.answer_taken_in",
    "correct": "payment.corrected",
    "deposit": "bank_file.deposits_taken_in",
}
MOVING = """
    SELECT p.id, p.status, p.batch_id FROM grants_payment p JOIN grants_requisition r ON r.id = p.requisition_id
    JOIN grants_tranche t ON t.id = r.tranche_id JOIN grants_assignment a ON a.id = t.assignment_id
    JOIN grants_paymentaccount k ON k.actor_id = a.holder_id AND k.status = 'verified'
    WHERE p.status NOT IN ('paid', 'cancelled') ORDER BY p.id LIMIT 1
"""
TWICE = """
    SELECT key, count(*) FROM actors_event WHERE verb = 'payment.confirmed' GROUP BY key HAVING count(*) > 1
"""


@pytest.fixture
def cluster(db, tmp_path):
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")
    cluster = Cluster()
    cluster.start()
    yield cluster
    cluster.end()


@pytest.fixture
def web(cluster, played_file, tmp_path):
    web = Web(cluster, tmp_path)
    for arguments in (["migrate", "-v0"], ["shell", "-v0", "-c", LAY_IN.format(str(played_file))]):
        done = web.manage(*arguments)
        assert done.returncode == 0, done.stderr
    web.start()
    yield web
    web.kill()


class Work(threading.Thread):
    """One who keeps on until told to stop; `done` counts what was asked for and answered in the end."""

    def __init__(self, web, cluster):
        super().__init__(daemon=True)
        self.web, self.cluster = web, cluster
        self.done, self.again, self.stopping, self.fault = Counter(), Counter(), False, None
        self.doing, self.took = (
            None,
            {},
        )  # the kind that waits for its answer, and the seconds each kind takes
        self.people = {name: Browser(web.port, address(*who)) for name, who in self.WHO.items()}

    def run(self):
        try:
            while not self.stopping:
                self.step()
        except Exception as fault:
            self.fault = fault
            raise

    def get(self, who, path):
        """A page, from a machine that may be dead for a while."""

        def attempt():
            status, _, content = self.people[who].ask("GET", path)
            if status >= 500:
                raise ConnectionError(status)
            assert status == 200, (path, status)
            return content

        return patiently(attempt, path)

    def do(self, kind, who, path, *content):
        """Ask; and ask again for the same until there is an answer."""
        for attempt in itertools.count():
            assert attempt < 400, f"no answer: {kind}"
            began, self.doing = time.monotonic(), kind
            try:
                status, to, page = self.people[who].post(path, *content)
            except (OSError, http.client.HTTPException):
                status = 599
            self.doing = None
            if status < 500:
                break
            time.sleep(0.1)
        refused = attempt and status in (403, 422)  # it was done the first time
        assert refused or (status == 302 and "logga-in" not in to), (kind, path, status, page[-3000:])
        if not attempt:
            self.took[kind] = time.monotonic() - began
        self.done[kind] += 1
        self.again[kind] += bool(attempt)


class Paying(Work):
    """Released, put on a list, refused by the bank, corrected, and so on without end."""

    WHO = {"payer": ("ekonom", RK), "other": ("ekonom2", RK), "official": ("handlaggare", RK)}

    def step(self):
        [(pk, status, batch)] = patiently(lambda: self.cluster.ask(MOVING), "PostgreSQL answers")
        match status:
            case "prepared":
                self.do("release", "payer", f"/utbetalning/{pk}/utanordna/")
            case "released":
                self.do("export", "payer", f"{PROGRAMME}/utbetalningar/betalningslista/", {"rows": [pk]})
            case "exported":  # whoever released says nothing of what the bank did
                self.hand_out(batch)
                answer = self.get("other", f"/ovning/bankens-svar/{batch}.xml").replace(b"ACSC", b"RJCT")
                self.do("answer", "other", f"/betalningslista/{batch}/bankens-svar/", {}, answer)
            case "failed":
                self.do("correct", "official", f"/utbetalning/{pk}/ratta/", {"reason": "Nytt försök."})

    def hand_out(self, batch):
        """The file for the bank; asked for again it is the same."""

        def attempt():
            status, _, content = self.people["other"].post(f"/betalningslista/{batch}/betalningsfil.xml")
            if status >= 500:
                raise ConnectionError(status)
            assert status == 200, (batch, status)
            return content

        patiently(attempt, "the file is handed out")


class Receiving(Work):
    """A krona at a time on every claim that is open."""

    WHO = {"payer": ("ekonom2", RK)}

    def step(self):
        content = self.get("payer", "/ovning/inbetalningar/rdk-2018.xml")
        krona = re.sub(rb'(<Amt Ccy="SEK">)[0-9.]+', rb"\g<1>1.00", content)
        self.do("deposit", "payer", f"{PROGRAMME}/bankfiler/inbetalningar/", {}, krona)


def told(cluster):
    rows = dict(cluster.ask("SELECT verb, count(*) FROM actors_event GROUP BY verb"))
    return Counter({kind: rows.get(verb, 0) for kind, verb in VERBS.items()})


def test_the_books_balance_whatever_dies_and_nothing_is_paid_twice_or_lost(web, cluster):
    dice, before, hits = random.Random(11), told(cluster), Counter()
    works = [Paying(web, cluster), Receiving(web, cluster)]
    for work in works:
        work.start()
    for number in range(KILLS):
        aim, victim = AIMS[number // 2 % len(AIMS)], (web, cluster)[number % 2]
        worker = in_the_middle_of(aim, works, dice)
        hits[aim] += worker.doing == aim
        victim.kill()
        victim.start()
    for work in works:
        work.stopping = True
    for work in works:
        work.join(60)
        assert not work.is_alive()
        assert work.fault is None, work.fault
    done, again = (sum(counts, Counter()) for counts in zip(*((w.done, w.again) for w in works), strict=True))
    sys.stdout.write(f"\n{KILLS} kills in {dict(hits)}; done: {dict(done)}; asked for again: {dict(again)}\n")
    assert told(cluster) - before == done
    assert cluster.ask(TWICE) == []
    assert again.total() >= KILLS // 3, "kills that hit nothing prove nothing"
    assert all(again[aim] >= KILLS // 10 for aim in AIMS), "each kind of request lost its answer"
    checked = web.manage("ledger", "--check")
    assert checked.returncode == 0, checked.stderr


def in_the_middle_of(kind, works, dice):
    """Wait until somebody is some way into a request of the kind; returns who."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        for work in works:
            assert work.fault is None, work.fault
            if work.doing == kind and kind in work.took:
                time.sleep(work.took[kind] * dice.uniform(0, 0.9))
                return work
        time.sleep(0.001)
    raise AssertionError(f"nobody came to {kind}")
