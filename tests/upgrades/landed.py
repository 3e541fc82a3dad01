"""Played databases of each version that has landed, kept as they were: the rehearsal at 2019-03-20, and one file of the
bank's with a deposit that fits no claim. `landed-<day>.sql.xz` is PostgreSQL's (pg_dump --no-owner --no-acl), `.sqlite3.xz`
SQLite's own file. A version that lands adds its own here: `bin/landed` makes them.
"""

import lzma
import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from digikoord.database import roles
from tests import databases

FOLDER, ROOT = Path(__file__).parent, Path(__file__).parents[2]
# The day a version landed, and what an upgrade from it says where it is refused.
LANDED = {"2026-11-24": "äldre version", "2026-11-26": "", "2026-12-01": ""}
LATEST = max(LANDED)


def unpacked(day: str, kind: str) -> bytes:
    """The database as it was kept; `kind` is sql or sqlite3."""
    return lzma.decompress((FOLDER / f"landed-{day}.{kind}.xz").read_bytes())


def manage(*arguments, **environment):
    """manage.py of this version, in an installation of its own."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=kept | environment, capture_output=True, text=True, timeout=300
    )


@contextmanager
def laid_up(day, var):
    """An installation of the version, as it stood, on the engine of the tests. Gives manage.py as who upgrades it."""
    if connection.vendor == "postgresql":
        with databases.blank() as name:
            _restored(name, unpacked(day, "sql"))
            url = databases.login(roles.OWNER, name)
            with databases.working_in(name):
                yield lambda *arguments: manage(*arguments, DATABASE_URL=url, DIGIKOORD_VAR=str(var))
        return
    (var / "digikoord.sqlite3").write_bytes(unpacked(day, "sqlite3"))
    with _connected_to(var / "digikoord.sqlite3"):
        yield lambda *arguments: manage(*arguments, DIGIKOORD_VAR=str(var))


def _restored(name, dump):
    """By the server's superuser, whose everything was then; and its roles, as the new version's first step."""
    superuser = databases.login_of_superuser(name)
    command = ["psql", "--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", "--output=/dev/null", superuser]
    done = subprocess.run(command, input=dump, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
    with databases.working_in(name), databases.as_superuser():
        databases.lay_up_roles()


@contextmanager
def _connected_to(file):
    """Django's connection is to the file; the tests' own, which lives in memory as long as it is open, is put aside."""
    aside, name, options = (
        connection.connection,
        connection.settings_dict["NAME"],
        connection.settings_dict["OPTIONS"],
    )
    connection.connection, connection.settings_dict["NAME"] = None, str(file)
    connection.settings_dict["OPTIONS"] = options | {"timeout": 20, "transaction_mode": "IMMEDIATE"}
    try:
        yield
    finally:
        connection.close()
        connection.connection, connection.settings_dict["NAME"] = aside, name
        connection.settings_dict["OPTIONS"] = options
