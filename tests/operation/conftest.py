"""One installation as production has it, and the tests' own eyes in its database: those of the application's role."""

import pytest
from django.conf import settings
from django.db import connection, connections

from .machine import Installation


@pytest.fixture
def installation(django_db_setup, django_db_blocker, tmp_path):
    if connection.vendor != "postgresql" or not settings.CELERY_BROKER_URL.startswith("redis:"):
        pytest.skip("needs PostgreSQL and Redis")
    (tmp_path / "var").mkdir()
    there = Installation(tmp_path)
    try:
        with django_db_blocker.unblock():
            yield there
    finally:
        there.end()


@pytest.fixture
def inside(installation):
    """inside(): from now on the test's rows are the installation's."""
    before = dict(connection.settings_dict)

    def enter():
        connection.close()
        user, _, rest = installation.environment["DATABASE_URL"].removeprefix("postgres://").partition(":")
        password, _, where = rest.partition("@")
        host, _, port = where.split("/")[0].partition(":")
        there = {"USER": user, "PASSWORD": password, "HOST": host, "PORT": port, "NAME": "digikoord"}
        connections["default"].settings_dict.update(there | {"OPTIONS": {}})

    yield enter
    connection.close()
    connections["default"].settings_dict.update(before)
