"""A PostgreSQL database as a file of pg_dump's own format, of one moment; and laid in again, in one transaction.

pg_restore writes what it would do, and it is done here, in the transaction of the proof that follows: so a restored database
that proves wrong, or a machine that dies half-way, leaves what was there. The owner's role does it: guards are laid up after
the rows, as the dump has them, and nobody switches one off.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from django.db import OperationalError, connection, transaction
from psycopg2.extensions import make_dsn

from digikoord.database import roles
from digikoord.lib.verdict import Refused

if TYPE_CHECKING:
    from django.db.backends.postgresql.base import DatabaseWrapper
    from django.db.backends.utils import CursorWrapper


SECTIONS = ("pre-data", "data", "post-data")
COPIED = re.compile(rb"COPY .* FROM stdin;\n")
ENDED = b"\\.\n"
# What tells pg_dump where the database is; the password is in its environment, where no list of processes shows it.
REACHED_BY = ("dbname", "user", "host", "port", "service", "sslmode", "sslrootcert", "sslcert", "sslkey")
WAIT = "10s"  # for whoever holds a table that is to be replaced
# What stands in the database, the tables first: what hangs on them goes with them. Nothing that an extension brought.
STANDING = """
    SELECT format('DROP %s IF EXISTS %s CASCADE', kind, name) FROM (
        SELECT 1 AS turn, CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE'
            ELSE 'TABLE' END AS kind, oid::regclass::text AS name, oid, 'pg_class'::regclass AS catalog
        FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'S')
        UNION ALL
        SELECT 2, 'ROUTINE', oid::regprocedure::text, oid, 'pg_proc'::regclass
        FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    ) AS objects
    WHERE NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = oid AND d.classid = catalog AND d.deptype = 'e')
    ORDER BY turn, kind DESC
"""
# The owner is told no more of others than that they are there; the server's own workers log in as nobody.
OTHERS = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND usesysid IS NOT NULL
"""


def server() -> str:
    """The server's version, as it says it."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        version: str = cursor.fetchone()[0]
        return version


def major() -> int:
    """The server's major version: the dump's and the tools' must be the same."""
    connection.ensure_connection()
    return cast("DatabaseWrapper", connection).pg_version // 10_000


def program(name: str) -> str:
    """The client program of the server's major version. Debian keeps several beside each other."""
    wanted = major()
    beside = Path(f"/usr/lib/postgresql/{wanted}/bin/{name}")
    found = str(beside) if beside.exists() else shutil.which(name)
    if not found:
        raise Refused(
            f"{name} saknas. Installera postgresql-client-{wanted}: servern är PostgreSQL {wanted}."
        )
    told = subprocess.run([found, "--version"], capture_output=True, text=True).stdout  # noqa: S603 - PostgreSQL's
    version = re.search(r"\(PostgreSQL\) (\d+)", told)
    if not version or int(version[1]) != wanted:
        raise Refused(
            f"{name} är av version {version[1] if version else 'okänd'} men servern är PostgreSQL {wanted}. "
            f"Installera postgresql-client-{wanted}."
        )
    return found


def require_reader() -> None:
    """The application's role reads rows, but a backup is the owner's: guards and all."""
    if _role() == roles.APPLICATION:
        raise Refused(f"Säkerhetskopiera som {roles.OWNER}: ange den rollen i DATABASE_URL.")


def require_owner() -> None:
    """What is laid in belongs to whoever lays it in."""
    if _role() != roles.OWNER:
        raise Refused(
            f"Återställ som {roles.OWNER}: ange den rollen i DATABASE_URL (manage.py database_roles lägger upp den)."
        )


def _role() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_user")
        role: str = cursor.fetchone()[0]
        return role


@contextmanager
def one_moment() -> Iterator[str]:
    """All that is read inside is of one moment, however many write meanwhile. Gives the snapshot's name for pg_dump."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        yield snapshot


def dump(target: Path, snapshot: str) -> None:
    """Write the database as of the snapshot."""
    given = connection.get_connection_params()
    where = make_dsn(**{name: given[name] for name in REACHED_BY if given.get(name)})
    command = [program("pg_dump"), "--format=custom", "--no-owner", "--no-privileges", "--no-comments"]
    command += [f"--snapshot={snapshot}", f"--file={target}", f"--dbname={where}"]
    _run(command, PGPASSWORD=given.get("password") or "")


def _run(command: Sequence[str], **secrets: str) -> None:
    done = subprocess.run(command, env=os.environ | secrets, capture_output=True, text=True)  # noqa: S603 - PostgreSQL's
    if done.returncode:
        raise Refused(f"{Path(command[0]).name} misslyckades: {done.stderr.strip()[-500:]}")


def scripts(dump_file: Path, folder: Path) -> list[Path]:
    """What laying it in would do, in order: tables, rows, then guards."""
    whole = [folder / f"{section}.sql" for section in SECTIONS]
    tool = program("pg_restore")
    for section, script in zip(SECTIONS, whole, strict=True):
        command = [tool, f"--section={section}", "--no-owner", "--no-privileges", "--no-comments"]
        _run([*command, f"--file={script}", str(dump_file)])
    return whole


def clear(cursor: CursorWrapper) -> None:
    """Take away all that stands in the database. Whoever else is logged in would see it go, and is waited for no longer."""
    cursor.execute("SELECT pg_try_advisory_xact_lock(5004)")
    (alone,) = cursor.fetchone()
    cursor.execute(OTHERS)
    (others,) = cursor.fetchone()
    if others or not alone:
        raise Refused(
            f"{others} andra är inloggade i databasen. Stoppa web, worker och beat, och försök igen."
        )
    cursor.execute(f"SET LOCAL lock_timeout = '{WAIT}'")
    cursor.execute(STANDING)
    for (statement,) in cursor.fetchall():
        cursor.execute(statement)


def lay_in(cursor: CursorWrapper, whole: list[Path]) -> None:
    """Do what the scripts say, inside the caller's transaction."""
    try:
        for script in whole:
            with script.open("rb") as file:
                _perform(cursor, file)
    except OperationalError as error:
        raise Refused(f"Databasen tog inte emot säkerhetskopian: {error}") from error
    finally:
        if not connection.needs_rollback:
            cursor.execute("RESET search_path")


def _perform(cursor: CursorWrapper, file: BinaryIO) -> None:
    """Statements as they come, and rows through COPY. Lines with a backslash are psql's own and not the server's."""
    statements: list[bytes] = []
    for line in file:
        if COPIED.fullmatch(line) and file.name.endswith("/data.sql"):
            _execute(cursor, statements)
            statements = []
            cursor.copy_expert(line.decode(), _Rows(file))
        elif not line.startswith((b"\\restrict ", b"\\unrestrict ")):
            statements.append(line)
    _execute(cursor, statements)


def _execute(cursor: CursorWrapper, statements: Sequence[bytes]) -> None:
    if any(line.strip() and not line.startswith(b"--") for line in statements):
        cursor.execute(b"".join(statements).decode())


class _Rows:
    """The lines of one COPY, up to the one that ends it."""

    def __init__(self, file: BinaryIO) -> None:
        self.file, self.ended, self.rest = file, False, b""

    def read(self, size: int = -1) -> bytes:
        """As many bytes as asked for, or what is left."""
        while not self.ended and len(self.rest) < size:
            line = self.file.readline()
            self.ended = line in (ENDED, b"")
            self.rest += b"" if self.ended else line
        given, self.rest = self.rest[:size], self.rest[size:]
        return given

    def readline(self) -> bytes:
        """psycopg asks for it by name; COPY reads by size."""
        return self.read(8192)
