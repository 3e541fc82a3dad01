"""A SQLite database copied and laid in by its own backup interface: the file alone lacks what is still in its log."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection

from digikoord.lib.verdict import Refused


def server() -> str:
    """The version of the library that is the server."""
    return sqlite3.sqlite_version


def path() -> Path:
    """The file of the database."""
    return Path(connection.settings_dict["NAME"])


def copy(target: Path) -> None:
    """The whole of it as of one moment, in one step, whoever writes meanwhile; packed to one file."""
    with closing(_open(path(), "ro")) as source, closing(sqlite3.connect(target)) as copied:
        source.backup(copied)
        copied.execute("PRAGMA journal_mode = DELETE")
        copied.execute("VACUUM")


@contextmanager
def looking_at(database: Path) -> Iterator[None]:
    """Django's connection is to this file while it lasts."""
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = database
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual


def require_sound(database: Path) -> None:
    """SQLite's own check, and that every row points at one that is there."""
    try:
        with closing(_open(database, "ro")) as opened:
            (told,) = opened.execute("PRAGMA integrity_check").fetchone()
            astray = opened.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError as error:
        raise Refused(f"Säkerhetskopians databas går inte att läsa: {error}") from error
    if told != "ok" or astray:
        raise Refused(f"Säkerhetskopians databas är skadad: {told if told != 'ok' else astray}.")


def lay_in(source: Path) -> None:
    """Put it in the place of the database: one transaction of SQLite's own, so a machine that dies leaves what was there."""
    path().parent.mkdir(parents=True, exist_ok=True)
    try:
        with closing(_open(source, "ro")) as given, closing(sqlite3.connect(path(), timeout=20)) as target:
            target.execute("PRAGMA journal_mode = WAL")
            target.execute(
                "BEGIN IMMEDIATE"
            )  # refused where somebody writes; the interface itself would wait for ever
            target.rollback()
            given.backup(target)
    except sqlite3.OperationalError as error:
        raise Refused(f"Databasen är upptagen: stoppa make run och försök igen ({error}).") from error


def _open(database: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{Path(database).absolute().as_uri()}?mode={mode}", uri=True, timeout=20)
