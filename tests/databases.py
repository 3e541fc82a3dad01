"""Databases as production has them: owned by one role and worked in as another; and copies for tests that commit.

The owner makes and drops a copy of a template. Nothing is emptied: the application's role may not.
"""

import fcntl
import itertools
import tempfile
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from django.db import connection

from digikoord.database import roles

PASSWORD = "prov"
_numbers = itertools.count(1)
_superuser = ContextVar("superuser", default=False)


def settle():
    """Give the tests' own database its owner and its application's role, keep a template of it, and work as the application."""
    lay_up_roles()
    connection.close()
    _server(f'CREATE DATABASE "{_template()}" TEMPLATE "{_name()}"')
    work_as_the_application()


def lay_up_roles():
    """As `manage.py database_roles`. Every core lays up the same roles of one server, each from its own database."""
    lock = Path(tempfile.gettempdir(), f"digikoord-roles-{connection.settings_dict['PORT']}")
    with lock.open("w") as turn, connection.cursor() as cursor:
        fcntl.flock(turn, fcntl.LOCK_EX)
        roles.lay_up(cursor, owner_password=PASSWORD, application_password=PASSWORD)


def work_as_the_application():
    connection.close()
    connection.settings_dict["OPTIONS"]["assume_role"] = roles.APPLICATION


def work_as_the_superuser():
    connection.close()
    connection.settings_dict["OPTIONS"].pop("assume_role", None)


def drop_the_template():
    _server(f'DROP DATABASE IF EXISTS "{_template()}" WITH (FORCE)')


@contextmanager
def copy():
    """A database of one's own, empty and migrated, while it lasts."""
    whole = _name()
    mine = f"{whole}_{next(_numbers)}"
    connection.close()
    _server(f'CREATE DATABASE "{mine}" TEMPLATE "{_template()}" OWNER {roles.OWNER}')
    _server(f'REVOKE TEMPORARY, CREATE ON DATABASE "{mine}" FROM PUBLIC')  # not a part of what is copied
    connection.settings_dict["NAME"] = mine
    try:
        yield mine
    finally:
        connection.close()
        connection.settings_dict["NAME"] = whole
        _server(f'DROP DATABASE "{mine}" WITH (FORCE)')


@contextmanager
def blank():
    """Another database, with nothing in it, while it lasts. Gives its name; it is not worked in."""
    mine = f"{_name()}_blank_{next(_numbers)}"
    _server(f'CREATE DATABASE "{mine}" OWNER {roles.OWNER}')
    _server(f'REVOKE TEMPORARY, CREATE ON DATABASE "{mine}" FROM PUBLIC')
    try:
        yield mine
    finally:
        _server(f'DROP DATABASE "{mine}" WITH (FORCE)')


@contextmanager
def working_in(name):
    """The tests' connection works in another database, as the application's role, while it lasts."""
    whole = _name()
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = whole


def is_application():
    """Whether the tests' connection works as the application's role now."""
    return "assume_role" in connection.settings_dict["OPTIONS"] and not _superuser.get()


@contextmanager
def as_superuser():
    """What only the machine's own hands may do, in the same transaction. Nothing on SQLite, which has no roles."""
    if not is_application():
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    token = _superuser.set(True)
    try:
        yield
    finally:
        _superuser.reset(token)
        with connection.cursor() as cursor:
            cursor.execute(f"SET ROLE {roles.APPLICATION}")


@contextmanager
def without_guards():
    """As it could have been: a test writes what no act would. SQLite has no such guards."""
    if connection.vendor != "postgresql":
        yield
        return
    with as_superuser(), connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        yield
        cursor.execute("SET session_replication_role = origin")


def login(role=roles.APPLICATION, name=None):
    """The address of the database that is worked in, or of a named one, for a process or a connection of its own."""
    where = connection.settings_dict
    return f"postgres://{role}:{PASSWORD}@{where['HOST']}:{where['PORT']}/{name or where['NAME']}"


def login_of_superuser(name):
    """The same of the server's own superuser, whom the tests began as."""
    where = connection.settings_dict
    return f"postgres://{where['USER']}:{where['PASSWORD']}@{where['HOST']}:{where['PORT']}/{name}"


def _name():
    return connection.settings_dict["NAME"]


def _template():
    return f"{_name()}_template"


def _server(statement):
    """Done outside every database, by the superuser."""
    role = connection.settings_dict["OPTIONS"].pop("assume_role", None)
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)
    if role:
        connection.settings_dict["OPTIONS"]["assume_role"] = role
