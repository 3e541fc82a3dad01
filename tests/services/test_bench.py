"""What `make bench` measures can be measured: the same steps on few rows."""

import pytest

from digikoord.bench import grants, ladders
from tests import databases


@pytest.fixture
def owned(postgresql):
    """The bench has a server of its own, and empties what it has measured."""
    databases.work_as_the_superuser()
    yield
    databases.work_as_the_application()


def test_the_daily_scan_is_measured(owned, monkeypatch):
    for name, value in (("DUE", 10), ("FEW", 20), ("MANY", 50), ("TIMES", 1)):
        monkeypatch.setattr(ladders, name, value)
    found = ladders.climbing_costs_what_is_due()
    assert found.few > 0
    assert found.many > 0


def test_no_page_fetches_the_programme_file(owned, monkeypatch):
    """A count, so it is held here as well as in `make bench`."""
    for name, value in (("FEW", 5), ("LONG", 2_000)):
        monkeypatch.setattr(grants, name, value)
    found = grants.pages_fetch_no_programme_file()
    assert found.few > 1
    assert found.holds, found
