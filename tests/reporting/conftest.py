"""Programmes walked once for a file of tests; each test's own changes are undone."""

import datetime

import pytest
from django.test import Client

from digikoord.lib.clock import standing_at
from grants.models import ProgrammeYear
from reporting.documents import compilation
from reporting.models import Compilation, CompilationVersion
from tests.factories import walk as walks


@pytest.fixture(scope="module")
def municipalities(lasting):
    """The made-up second programme: 2022 paid; five of eight approved, one in review, one returned, one missing."""
    walk = walks.begin(walks.SECOND, datetime.date(2022, 2, 1))
    walks.pay(walk, 2022, datetime.date(2022, 5, 2))
    states = ["approved"] * 5 + ["submitted", "returned"]
    with standing_at(datetime.date(2023, 2, 1)):
        for at, (row, until) in enumerate(zip(walk.tranches(2022), states, strict=False)):
            walks.report(walk, row, used=row.ceiling - 1000 * at, until=until)
    return walk


@pytest.fixture(scope="module")
def made(municipalities):
    """The second programme's final document, laid out once for the file."""
    year = ProgrammeYear.objects.select_related("programme").get(
        programme=municipalities.programme, year=2022
    )
    texts = {"summary": "Förord med [länk](https://exempel.se/a).", "conclusions": "# Till sist\n\nSlut."}
    with standing_at(datetime.date(2023, 3, 1)):
        version = CompilationVersion(
            compilation=Compilation(year=year), number=1, opened_on=datetime.date(2023, 3, 1), texts=texts
        )
        return compilation.document(version, True, lambda percent: None)


@pytest.fixture
def here():
    """The day the tests of the second programme stand at."""
    with standing_at(datetime.date(2023, 3, 1)):
        yield


@pytest.fixture
def browse():
    """A client logged in as the person."""

    def browser(person):
        client = Client()
        client.force_login(person)
        return client

    return browser
