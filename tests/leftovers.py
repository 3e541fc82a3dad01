"""Sessions left in the test database, which would keep it from being emptied or dropped.

A stopped server's threads live as long as a browser's connection; and Django keeps one connection for code inside
Playwright's event loop and another for code outside it, so that one may be forgotten.
"""

from django.db import connection

OTHERS = "FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"


def hang_up():
    """End every session but our own."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT pg_terminate_backend(pid) {OTHERS}", [_database()])


def lock_out():
    """Let nobody in again, ourselves included: the database is about to be dropped. Where no test asked for a database
    there is none of the tests' own."""
    if connection.vendor == "postgresql" and _database().startswith("test_"):
        connection.close()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'ALTER DATABASE "{_database()}" ALLOW_CONNECTIONS false')
            cursor.execute(f"SELECT pg_terminate_backend(pid) {OTHERS}", [_database()])


def _database():
    return connection.settings_dict["NAME"]
