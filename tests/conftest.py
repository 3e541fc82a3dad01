"""The hostile world every test lives in: no network, no queue, no undefined template variable, and a stopped calendar."""

import datetime
import os
import sys

import celery
import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.template import engines
from django.test.utils import setup_databases, teardown_databases
from xdist.scheduler import LoadScopeScheduling

from digikoord.lib import locks
from tests import databases, leftovers, loans
from tests.factories import played

MORNING = datetime.datetime(2019, 3, 20, 8, 0, tzinfo=datetime.UTC)
LOCALHOST = ["127.0.0.1", "::1", "localhost"]
DEMANDING = ("services", "browser", "operation")
# What takes minutes begins first, so that no core waits for the other's last file.
LONGEST = (
    "/browser/",
    "test_player",
    "/services/",
    "/operation/",
    "test_year_2018",
    "test_money_machine",
    "test_permission_matrix",
    "test_growth",
    "test_second_programme",
    "test_nasty_values",
)


def pytest_collection_modifyitems(items):
    for item in items:
        name = item.path.name
        kinds = [kind for kind in DEMANDING if item.get_closest_marker(kind) or item.path.parent.name == kind]
        for kind in kinds:
            item.add_marker(getattr(pytest.mark, kind))
            item.add_marker(pytest.mark.allow_hosts(LOCALHOST))
        if "journeys" in item.path.parts or name.startswith("test_constraints"):
            item.add_marker(pytest.mark.both_engines)
    items.sort(key=_turn)


def _turn(item):
    return next((turn for turn, long in enumerate(LONGEST) if long in str(item.path)), len(LONGEST))


class OneCoreEach(LoadScopeScheduling):
    """A file stays on one core; so do all who share the one Redis, and all who share the browser."""

    def _split_scope(self, nodeid):
        file = nodeid.split("::")[0]
        return next((kind for kind in DEMANDING if f"/{kind}/" in file), file)


def pytest_xdist_make_scheduler(config, log):
    return OneCoreEach(config, log)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item):
    """A service test that is skipped where services were promised has failed."""
    outcome = yield
    report = outcome.get_result()
    demanded = any(item.get_closest_marker(kind) for kind in DEMANDING)
    if report.skipped and demanded and os.environ.get("DIGIKOORD_SERVICES") == "required":
        report.outcome, report.longrepr = (
            "failed",
            f"Skipped, though its services are required: {report.longrepr}",
        )


@pytest.fixture(scope="session")
def django_db_setup(request, django_test_environment, django_db_modify_db_settings, django_db_blocker):
    """pytest-django's, for tests too that have a database of their own: its markers do not know those."""
    asked = any(
        "django_db_setup" in item.fixturenames or item.get_closest_marker("django_db")
        for item in request.session.items
    )
    with django_db_blocker.unblock():
        made = setup_databases(
            verbosity=0, interactive=False, aliases={"default"} if asked else set(), serialized_aliases=set()
        )
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture(scope="session", autouse=True)
def nobody_stays(django_db_setup, django_db_blocker):
    """The database is worked in as production's role. The last thing before it is dropped: nobody is in it, nor comes back."""
    with django_db_blocker.unblock():
        if has_a_database():
            databases.settle()
    yield
    with django_db_blocker.unblock():
        if has_a_database():
            databases.work_as_the_superuser()
            databases.drop_the_template()
            leftovers.lock_out()


def has_a_database():
    """Whether the tests have a PostgreSQL of their own."""
    return connection.vendor == "postgresql" and connection.settings_dict["NAME"].startswith("test_")


@pytest.fixture(autouse=True)
def calendar_stands(request):
    """It is the morning of 2019-03-20, the day the rehearsal stands at; the hands of the clock still move.

    `clock.standing_at(day)` moves a test to another day. A browser's cookies need the real time, and an
    installation has a clock of its own.
    """
    if request.node.get_closest_marker("browser") or request.node.get_closest_marker("operation"):
        yield
        return
    with time_machine.travel(MORNING, tick=True):
        yield


@pytest.fixture(autouse=True)
def nothing_is_lent(monkeypatch):
    """Our code finds no transaction open that production would not have opened."""
    monkeypatch.setattr(locks, "in_act", lambda: connection.in_atomic_block and not loans.is_lent())
    with loans.refused(monkeypatch):
        yield


@pytest.fixture(autouse=True)
def queued(request, monkeypatch):
    """What was put in the queue, as (name, args); nothing runs. Service and browser tests have the real queue."""
    tasks = []
    if not any(request.node.get_closest_marker(kind) for kind in DEMANDING):
        monkeypatch.setattr(
            celery.Celery,
            "send_task",
            lambda _app, name, args=None, kwargs=None, **_options: tasks.append((name, tuple(args or ()))),
        )
    return tasks


@pytest.fixture(autouse=True)
def own_counts(request, settings):
    """What a test counts is its own. Service tests count where production does."""
    if not any(request.node.get_closest_marker(kind) for kind in DEMANDING):
        name = request.node.nodeid
        settings.CACHES = {
            "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name}
        }


class Undefined(str):
    """Fails a test where a template of ours names what is not there; other people's templates may.

    Django asks whether `string_if_invalid` is true before it uses it, in the frame that holds the context.
    """

    def __bool__(self):
        frame = sys._getframe(1).f_locals
        expression, context = frame.get("self"), frame.get("context")
        template = getattr(getattr(context, "render_context", None), "template", None)
        asked_by_django = "string_if_invalid" in frame
        if not asked_by_django or template is None or not ours(template) or forgiven(expression):
            return False
        pytest.fail(f"{template.name} uses {expression.token}, which is not defined", pytrace=False)


def ours(template):
    return str(template.origin).startswith(str(settings.BASE_DIR / "templates"))


def forgiven(expression):
    """`{{ note|default:"" }}` says that it may be missing."""
    names = [function.__name__ for function, _arguments in getattr(expression, "filters", ())]
    return any(name in ("default", "default_if_none") for name in names)


@pytest.fixture(autouse=True)
def undefined_variables_fail(monkeypatch):
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", Undefined())


@pytest.fixture(autouse=True)
def own_files(request, settings, tmp_path):
    """What a test writes to disk is its own. Only a browser asks for static files: to list them all takes time."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.WHITENOISE_USE_FINDERS = bool(request.node.get_closest_marker("browser"))


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    """A database of the test's own, in autocommit as production is: nothing is wrapped, and it is gone afterwards.
    On SQLite, which has no roles and no copies, what is done is undone."""
    with django_db_blocker.unblock(), databases.copy() if has_a_database() else loans.lent():
        yield connection


@pytest.fixture
def committed_cast(committed, played_file):
    """The people and rows of the story at 2019-03-20, committed."""
    played.lay_in(played_file)
    return played.cast()


@pytest.fixture(scope="session")
def played_file(django_db_setup, django_db_blocker):
    """The rehearsal, played to 2019-03-20 by its own player and kept as a file."""
    with django_db_blocker.unblock():
        return played.played_file()


@pytest.fixture(scope="module")
def lasting(django_db_setup, django_db_blocker):
    """A transaction around all tests of a file: what is made in it stays for them, and is gone with the last."""
    with django_db_blocker.unblock(), loans.lent():
        yield


@pytest.fixture(scope="module")
def played_database(lasting, played_file):
    """A database in the middle of the story, for all tests of a file: none of them begins with an empty one."""
    played.lay_in(played_file)


@pytest.fixture
def cast(played_database, db):
    """The people and rows of the story at 2019-03-20; what the test does to them is undone."""
    return played.cast()
