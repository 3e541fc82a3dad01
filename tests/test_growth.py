"""A list costs the same questions with few rows and with many."""

import datetime

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from digikoord.lib.clock import standing_at
from tests import loans
from tests.factories import walk as walks

FEW, MANY = 2, 60  # more than a page of a list shows
BEGINS, PAID, REPORTED = datetime.date(2022, 2, 1), datetime.date(2022, 5, 2), datetime.date(2023, 1, 20)
PROGRAMME = (
    "overview:board",
    "overview:ledger",
    "overview:trail",
    "overview:exception_list",
    "reporting:activity_report_list",
    "reporting:compilation_list",
    "overview:staffing",
    "grants:decision_list",
    "grants:coordinator_list",
    "grants:requisition_list",
    "grants:requisition_approve_many",
    "grants:payment_list",
    "grants:payment_release_many",
    "grants:repayment_claim_list",
    "grants:succession_list",
    "overview:registration_list",
)
YEAR = (
    "grants:year_detail",
    "grants:tranche_prepare_many",
    "grants:tranche_grant_many",
    "grants:tranche_close_many",
    "reporting:compilation_detail",
    "reporting:activity_report_approve_many",
)


def programme_file(folder, count):
    """The second programme with as many municipalities as asked for."""
    text = walks.SECOND.read_text()
    head, rest = text.split('[[actors]]\ncode = "bjorkdala-kommun"')
    years = rest[rest.index("[[years]]") :]
    actors = "".join(
        f'[[actors]]\ncode = "kommun-{at}"\nkind = "municipality"\nlegal_name = "Prov {at} kommun"\n'
        f'display_name = "Prov {at} kommun"\norg_nr = ""\n'
        for at in range(count)
    )
    places = "".join(
        f'[[places]]\ncode = "plats-{at:03}"\nname = "Prov {at} kommun"\ncounty = "20"\npart = "recipient"\n'
        f'decision = "offer"\n[[places.holders]]\nactor = "kommun-{at}"\ninstrument = "offer"\n'
        "from = 2022-02-01\n"
        for at in range(count)
    )
    file = folder / f"{count}.toml"
    file.write_text(head + actors + places + years)
    return file


def walked(file):
    walk = walks.begin(file, BEGINS)
    walks.pay(walk, 2022, PAID)
    with standing_at(REPORTED):
        for tranche in walk.tranches(2022):
            walks.report(walk, tranche, used=tranche.ceiling - 1000, until="reviewed")
    return walk


def costs(file):
    walk = walked(file)
    code = walk.programme.code
    found = {}
    for role, user in {
        "official": walk.official(),
        "decider": walk.decider(),
        "payer": walk.payer(2),
    }.items():
        client = Client()
        client.force_login(user)
        urls = [reverse(where, args=[code]) for where in PROGRAMME]
        urls += [reverse(where, args=[code, 2022]) for where in YEAR]
        urls += [reverse("overview:todo"), reverse("duties:notices")]
        with standing_at(REPORTED):
            for url in urls:
                with CaptureQueriesContext(connection) as asked:
                    status = client.get(url).status_code
                found[role, url] = (status, len(asked.captured_queries))
    return found


def test_a_list_costs_the_same_with_few_rows_and_with_many(db, tmp_path):
    with loans.lent():
        few = costs(programme_file(tmp_path, FEW))
    with loans.lent():
        many = costs(programme_file(tmp_path, MANY))
    assert {status for (role, _), (status, _) in many.items() if role == "official"} <= {200, 403}
    assert sum(status == 200 for status, _ in many.values()) > 40, "an empty comparison proves nothing"
    grown = {page: (few[page][1], many[page][1]) for page in few if few[page][1] != many[page][1]}
    assert not grown
