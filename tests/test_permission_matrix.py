"""Every route of the project, opened by every role, against one table: permission_matrix.txt. No page asks the database
more than twelve questions, whoever opens it, and none takes a name for markup.
"""

from collections import Counter
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.urls import get_resolver, reverse

from actors.models import Actor, User
from digikoord.headers import HEADERS
from digikoord.rehearsal.people import person
from tests import loans
from tests.factories.compilation_doors import DOORS

TABLE = Path(__file__).with_name("permission_matrix.txt")
MOST = 12  # questions of a page
NAME = "<script>alert(1)</script>"  # of every actor and person
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
)


def read_table():
    """{route: {role: answer}}"""
    lines = [line.split("#")[0].rstrip() for line in TABLE.read_text().splitlines()]
    head, *rows = [line for line in lines if line.strip()]
    roles = head.split()[1:]
    table = {}
    for row in rows:
        route, *answers = row.rsplit(maxsplit=len(roles))
        assert route not in table, f"{route} stands twice"
        table[route] = dict(zip(roles, answers, strict=True))
    return table


MATRIX = read_table()


def routes(resolver, prefix=""):
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from routes(pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)
        else:
            yield prefix + (pattern.name or str(pattern.pattern))


def name_of(line):
    return line.split(" | ")[0]


def test_every_route_has_its_line_and_every_line_a_route():
    assert {name_of(line) for line in MATRIX} == set(routes(get_resolver()))
    assert set(MATRIX) == set(DOORS)


def people(cast, holder):
    """{role: user}. `another` writes for an actor that the matter does not concern."""
    holder = holder or cast.assignment("14").holder
    another = cast.assignment("12").holder
    ministry, secretariat = cast.programme.ministry.code, cast.programme.secretariat.code
    return {
        "anonymous": None,
        "system": User.objects.system(),
        "official": cast.official(),
        "decider": cast.decider(),
        "payer": cast.payer(),
        "writer": cast.writer(holder),
        "signatory": cast.signatory(holder),
        "another": cast.writer(another),
        "officer": cast.case_officer(),
        "head": cast.head(),
        "auditor": person("revisor", ministry),
        "auditor2": person("revisor", secretariat),
        "admin": person("administrator", ministry),
    }


class Looking:
    """Whoever only looks changes nothing; what is asked meanwhile is kept."""

    def __init__(self):
        self.asked = []

    def __call__(self, execute, sql, params, many, context):
        if sql.split(maxsplit=1)[0].upper() in ("INSERT", "UPDATE", "DELETE"):
            pytest.fail(f"A page that was only looked at wrote: {sql[:120]}")
        self.asked.append(sql)
        return execute(sql, params, many, context)

    def repeated(self):
        """The questions asked more than once, shortened."""
        counted = Counter(sql.split(" WHERE ")[0][-90:] for sql in self.asked)
        return {sql: count for sql, count in counted.items() if count > 1}


def answer(response):
    """What came back, in the words of the table."""
    match response.status_code:
        case 200:
            return "yes"
        case 403:
            assert str(response.context["exception"]), "a refusal says why"
            return "no"
        case 404:
            return "-"
        case 302:
            return "login" if response["Location"].startswith(reverse("account_login")) else "on"
        case other:
            return str(other)


def logged_in(user):
    client = Client()
    if user:
        client.force_login(user)
    return client


@pytest.fixture(autouse=True)
def sessions_in_cookies(settings):
    """So that not even the session is a row to write."""
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"


@pytest.fixture(autouse=True)
def no_queue(settings):
    """Nobody listens here."""
    settings.CELERY_BROKER_URL = "files://localhost"


@pytest.mark.parametrize("line", MATRIX)
def test_who_may_open_it(line, cast):
    Actor.objects.update(display_name=NAME, legal_name=NAME)
    User.objects.update(name=NAME, title=NAME)
    door = DOORS[line](cast)
    url = reverse(name_of(line), kwargs=door.kwargs)
    clients = {role: logged_in(user) for role, user in people(cast, door.holder).items()}
    most = None if any(word in line for word in OTHERS) else MOST
    met = {role: one_answer(client, url, door, most) for role, client in clients.items()}
    assert met == {"system": MATRIX[line]["anonymous"], **MATRIX[line]}
    for shut in ("no", "-"):
        for role in [role for role in met if met[role] == shut][:1]:
            with connection.execute_wrapper(Looking()):
                assert answer(clients[role].post(url, {})) == shut, "what may not be seen may not be done"


def guarded(response):
    """What every answer tells the browser, refusals and files too."""
    assert {name: response.headers.get(name) for name in HEADERS} == HEADERS
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"


def one_answer(client, url, door, most):
    looking = Looking()
    with connection.execute_wrapper(looking):
        looked = client.get(url)
    if most and looked.status_code == 200:
        assert len(looking.asked) <= most, (len(looking.asked), looking.repeated())
    if looked.get("Content-Type", "").startswith("text/html"):
        assert NAME not in looked.content.decode()
    guarded(looked)
    if door.post is None:
        return answer(looked)
    assert looked.status_code in (302, 405), "only a POST does anything"
    with loans.lent():
        return answer(client.post(url, door.post))
