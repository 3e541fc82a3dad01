"""No address breaks, whatever stands in it: every route of the project, each part of its path and each of its parameters,
with what an attacker, a broken link or a strange browser writes. What a page reads is seen when it is read.

`make test` tries some of the values on each address, others on the next one; `make soak` all of them on all.
"""

import contextlib
import os
import zlib
from urllib.parse import quote, quote_from_bytes, unquote

import lxml.html
import pytest
from django.apps import apps
from django.db import transaction
from django.http import QueryDict
from django.test import Client
from django.urls import NoReverseMatch, Resolver404, resolve, reverse

from digikoord.rooms import ROOMS
from tests import loans
from tests.factories.compilation_doors import DOORS
from tests.test_permission_matrix import MATRIX, name_of, people

WHOLE = bool(os.environ.get("DIGIKOORD_SOAK"))
# No page reads an address that holds these, so they are tried one at a time
CONTROL = (b"\x00", b"a\x00b", b"\x1b[2J", b"\xc2\x85", b"\r\n\x0b")
NASTY = (
    b"\xed\xa0\x80",
    b"\xff",
    b"\xf0\x28",
    b"\r\n",
    "",
    " ",
    "-1",
    "2018",
    "2018.0",
    "1e9",
    "NaN",
    "٣",
    "²",
    "1_000",
    str(2**31),
    str(2**63),
    str(-(2**63) - 1),
    "9" * 5000,
    "9999-12-31",
    "0001-01-01",
    "2018-02-30",
    "9999-12",
    "0001-01",
    "2018-W01-1",
    "10000-01-01",
    "'; DROP TABLE actors_user; --",
    "%s%(x)d{0}",
    "../../etc/passwd",
    "<script>alert(1)</script>",
    '{"a": [1, null]}',
    "a,b;c",
    "👩‍🚀",
    "\u202eabc\u202c",
    "e\u0301",
    "x" * 200_000,
)
POSTED = (
    "a\x00b",
    "\x01\x1b",
    "\u202e",
    str(2**63),
    "-1",
    "٣",
    "9999-12-31",
    "0001-01-01",
    '{"a": [1, null]}',
    "x" * 60_000,
)


def some(values, line, most):
    """As many as `most` of the values, evenly spread and from a place of the line's own; all of them where all are asked for."""
    values = list(values)
    if WHOLE or len(values) <= most:
        return values
    first, step = zlib.crc32(line.encode()) % len(values), len(values) // most
    return [values[(first + step * at) % len(values)] for at in range(most)]


def written(value):
    return quote_from_bytes(value, safe="") if isinstance(value, bytes) else quote(value, safe="")


NASTY_WRITTEN = [written(value) for value in NASTY]


class Seen(QueryDict):
    """Notes what is asked for."""

    asked = set()

    def get(self, key, default=None):
        Seen.asked.add(key)
        return super().get(key, default)

    def getlist(self, key, default=None):
        Seen.asked.add(key)
        return super().getlist(key, default)

    def __getitem__(self, key):
        Seen.asked.add(key)
        return super().__getitem__(key)

    def __contains__(self, key):
        Seen.asked.add(key)
        return super().__contains__(key)


@pytest.fixture(autouse=True)
def as_a_browser_meets_it(settings):
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
    settings.CELERY_BROKER_URL = "files://localhost"


@pytest.fixture
def opened(cast, monkeypatch):
    """opened(line): (client, address, parts of the path), as somebody who may see it."""

    def enter(line):
        door = DOORS[line](cast)
        may = [role for role, told in MATRIX[line].items() if told == "yes"] or ["anonymous"]
        user = people(cast, door.holder)[may[-1]]
        client = Client(raise_request_exception=False)
        if user:
            client.force_login(user)
        return client, reverse(name_of(line), kwargs=door.kwargs), door.kwargs

    return enter


def answered(client, address, method="get", **sent):
    """The status, and nothing left of what it did."""
    with transaction.atomic(), loans.lent():
        status = getattr(client, method)(address, **sent).status_code
        transaction.set_rollback(True)
    return status


def parameters(client, address, monkeypatch):
    """What the page reads of its address, in order."""
    Seen.asked = set()
    with monkeypatch.context() as patch:
        patch.setattr("django.core.handlers.wsgi.QueryDict", Seen)
        answered(client, address)
    return sorted(Seen.asked)


def addresses(line, address, names, kwargs):
    """Each parameter with each value, all of them at a time; and each part of the path with those its route takes."""
    for value in some(CONTROL, line, 1) if names else ():
        yield address + "?" + "&".join(f"{name}={written(value)}" for name in names[-1:])
    if names:
        for turn in some(range(len(NASTY_WRITTEN)), line, 8):
            values = [NASTY_WRITTEN[(turn + 7 * at) % len(NASTY_WRITTEN)] for at in range(len(names))]
            yield address + "?" + "&".join(map("=".join, zip(names, values, strict=True)))
    for part in kwargs.values():
        for value in some([written(value) for value in (*CONTROL, *NASTY) if value], line, 8):
            changed = f"/{value}".join(address.rsplit(f"/{part}", 1))
            if taken(changed):
                yield changed


def taken(address):
    """Whether a route takes it; what none takes is one page."""
    try:
        resolve(unquote(address))
    except Resolver404:
        return False
    return True


@pytest.mark.parametrize("line", [line for line in MATRIX if " | " not in line])
def test_no_address_breaks(line, opened, monkeypatch):
    client, address, kwargs = opened(line)
    names = parameters(client, address, monkeypatch)
    met = [(url[:160], answered(client, url)) for url in addresses(line, address, names, kwargs)]
    assert not [(url, status) for url, status in met if status >= 500]
    fields = posts(client, address)
    for value in some(POSTED, line, 2) if fields else ():
        asked = dict.fromkeys(fields, value)
        assert answered(client, address, "post", data=asked) < 500, value[:40]


def posts(client, address):
    """The names of the page's fields: those of its form, and those that stand beside it."""
    with transaction.atomic(), loans.lent():
        page = client.get(address)
        transaction.set_rollback(True)
    if page.status_code != 200 or not page.get("Content-Type", "").startswith("text/html"):
        return []
    found = lxml.html.fromstring(page.content).xpath("//main//*[@name]/@name")
    return sorted(set(found) - {"csrfmiddlewaretoken"})


def models_of(line):
    """Whose rows the route may be about, by its name: `reporting:compilation_deliver` is about a CompilationVersion."""
    app, _, name = name_of(line).partition(":")
    words = name.split("_")
    for count in range(len(words) - 1, 0, -1):
        begins = "".join(words[:count])
        named = [model for model in apps.get_models() if model._meta.model_name.startswith(begins)]
        # The room's own; else those of the rooms below, whose rows its pages are about
        found = [model for model in named if model._meta.app_label == app]
        found = found or [model for model in named if model._meta.app_label in ROOMS]
        if found:
            return found
    return []


def keys(model):
    """One row of each status there is, or a few."""
    lives = [field.name for field in model._meta.fields if field.name == "status"]
    rows = model.objects.order_by(*lives, "pk")
    return list((rows.distinct(*lives) if lives else rows[:2]).values_list("pk", flat=True))


@pytest.mark.parametrize("line", [line for line in MATRIX if " | " not in line and ":" in line])
def test_no_act_breaks_on_a_row_in_another_state(line, cast):
    """Whoever may do it to one row opens its page, and presses, for others as they stand in the story: refused, or not there."""
    may = [role for role, told in MATRIX[line].items() if told == "yes"]
    client = Client(raise_request_exception=False)
    client.force_login(people(cast, None)[may[-1] if may else "official"])
    for key in some(sorted({key for model in models_of(line) for key in keys(model)}), line, 3):
        with contextlib.suppress(NoReverseMatch):
            address = reverse(name_of(line), kwargs={"pk": key})
            assert answered(client, address) < 500, address
            assert answered(client, address, "post") < 500, address
