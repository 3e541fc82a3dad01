"""No page asks the database more than twelve questions."""

from collections import Counter

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.doors import DOORS
from tests.test_permission_matrix import MATRIX, name_of, people

MOST = 12
# Documents and files, and pages that are not ours.
OTHERS = (
    "_pdf",
    "_csv",
    "compilation_data",
    "compilation_economy",
    "_hand_out",
    "account_",
    "rehearsal_login",
    "rehearsal_bank",
    "read_notices",
    "notice_open",
    "autosave",
)
LINES = [line for line in MATRIX if not any(word in line for word in OTHERS)]


def queries(client, url):
    """What the page asks the database."""
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return asked.captured_queries


@pytest.mark.parametrize("line", LINES)
def test_no_page_costs_more_than_twelve_queries(line, cast):
    door = DOORS[line](cast)
    url = reverse(name_of(line), kwargs=door.kwargs)
    costly = {}
    for role, user in people(cast, door.holder).items():
        if MATRIX[line].get(role) == "yes" and user:
            client = Client()
            client.force_login(user)
            asked = queries(client, url)
            if len(asked) > MOST:
                costly[role] = (len(asked), repeated(asked))
    assert not costly


def repeated(asked):
    """The questions asked more than once, shortened."""
    counted = Counter(row["sql"].split(" WHERE ")[0][-90:] for row in asked)
    return {sql: count for sql, count in counted.items() if count > 1}
