"""The two roles of a PostgreSQL database: the one that owns it, and the one the application logs in as.

`digikoord_owner` migrates, backs up and restores. `digikoord_app` runs web, worker and beat: it reads and adds everywhere, and
changes or deletes only where an act does (`rights.py`). It owns nothing, so it can neither empty a table nor switch a guard off.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from psycopg2 import sql

from .rights import DELETES, READ_ONLY, UPDATES

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper


OWNER, APPLICATION = "digikoord_owner", "digikoord_app"
OBJECTS = """
    SELECT format('ALTER %s %s OWNER TO {owner}', kind, name) FROM (
        SELECT CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'TABLE' END AS kind,
               oid::regclass::text AS name, relowner AS held_by, oid, 'pg_class'::regclass AS catalog
        FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')
        UNION ALL
        SELECT 'SEQUENCE', c.oid::regclass::text, c.relowner, c.oid, 'pg_class'::regclass FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'S' AND NOT EXISTS (
            SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype IN ('a', 'i'))
        UNION ALL
        SELECT 'FUNCTION', oid::regprocedure::text, proowner, oid, 'pg_proc'::regclass
        FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prokind = 'f'
    ) AS objects
    WHERE held_by <> '{owner}'::regrole
      AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = oid AND d.classid = catalog AND d.deptype = 'e')
"""
FAULTS = """
    SELECT rolsuper, rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls,
        EXISTS (SELECT 1 FROM pg_auth_members WHERE member = pg_roles.oid),
        EXISTS (SELECT 1 FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'S', 'v')
            AND pg_has_role(session_user, relowner, 'MEMBER')),
        EXISTS (SELECT 1 FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
            AND has_table_privilege(session_user, oid, 'TRUNCATE, TRIGGER')),
        has_schema_privilege(session_user, 'public', 'CREATE')
            OR has_database_privilege(session_user, current_database(), 'CREATE, TEMPORARY')
    FROM pg_roles WHERE rolname = session_user
"""
SENTENCES = (
    "är superanvändare",
    "får skapa roller eller databaser, eller gå förbi skydd",
    "ingår i en annan roll och kan byta till den (SET ROLE)",
    "äger tabeller eller ingår i rollen som äger dem",
    "får tömma tabeller eller lägga till och stänga av utlösare",
    "får skapa egna tabeller eller scheman",
)


def lay_up(cursor: CursorWrapper, *, owner_password: str, application_password: str) -> None:
    """Make both roles, give the database with all in it to the owner, and the rights to the application. Safe to run again.

    Run by a superuser. A landed installation, whose one role owned everything, is taken over object by object: PostgreSQL
    does not REASSIGN what its first superuser owns, and that is what the role of such an installation is.
    """
    for role, password in ((OWNER, owner_password), (APPLICATION, application_password)):
        _role(cursor, role, password)
    cursor.execute("SELECT current_database()")
    (database,) = cursor.fetchone()
    names = {"database": sql.Identifier(database), "owner": sql.Identifier(OWNER)}
    cursor.execute(sql.SQL("ALTER DATABASE {database} OWNER TO {owner}").format(**names))
    cursor.execute(sql.SQL("REVOKE TEMPORARY, CREATE ON DATABASE {database} FROM PUBLIC").format(**names))
    cursor.execute(sql.SQL("ALTER SCHEMA public OWNER TO {owner}").format(**names))
    cursor.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    cursor.execute(OBJECTS.format(owner=OWNER))
    for (statement,) in cursor.fetchall():
        cursor.execute(statement)
    grant(cursor)


def _role(cursor: CursorWrapper, role: str, password: str) -> None:
    cursor.execute("SELECT pg_advisory_xact_lock(5003)")  # roles are the whole server's: one at a time
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
    verb = "ALTER" if cursor.fetchone() else "CREATE"
    plain = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD"
    statement = sql.SQL("{verb} ROLE {role} {plain} {password}").format(
        verb=sql.SQL(verb), role=sql.Identifier(role), plain=sql.SQL(plain), password=sql.Literal(password)
    )
    cursor.execute(statement)


def grant(cursor: CursorWrapper) -> None:
    """Give the application what its acts need, and take what they do not. Run by the owner, after each migration."""
    if not exists(cursor):
        return
    application = sql.Identifier(APPLICATION)
    for statement in (
        "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {application}",
        "GRANT USAGE ON SCHEMA public TO {application}",
        "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {application}",
        "GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA public TO {application}",
    ):
        cursor.execute(sql.SQL(statement).format(application=application))
    there = tables(cursor)
    for right, named in (("UPDATE", UPDATES), ("DELETE", DELETES)):
        for table in sorted(there & named):
            _on(cursor, f"GRANT {right} ON {{table}} TO {{application}}", table)
    for table in sorted(there & READ_ONLY):
        _on(cursor, "REVOKE INSERT ON {table} FROM {application}", table)


def _on(cursor: CursorWrapper, statement: str, table: str) -> None:
    names = {"table": sql.Identifier(table), "application": sql.Identifier(APPLICATION)}
    cursor.execute(sql.SQL(statement).format(**names))


def tables(cursor: CursorWrapper) -> set[str]:
    """The names of the database's own tables."""
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    return {name for (name,) in cursor.fetchall()}


def exists(cursor: CursorWrapper) -> bool:
    """Whether the server has the application's role; a developer's own database need not."""
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APPLICATION])
    return cursor.fetchone() is not None


def faults(cursor: CursorWrapper) -> list[str]:
    """What the role that has logged in could do and must not, as the ends of sentences."""
    cursor.execute(FAULTS)
    return [sentence for sentence, held in zip(SENTENCES, cursor.fetchone(), strict=True) if held]


def require_weak() -> None:
    """Refuse to start in production as a role that could switch the database's guards off."""
    if not settings.PRODUCTION:
        return
    with connection.cursor() as cursor:
        found = faults(cursor)
    connection.close()  # gunicorn and Celery fork after this
    if found:
        raise ImproperlyConfigured(
            f"DATABASE_URL loggar in som en roll som {'; '.join(found)}. Webben, arbetaren och schemat ska logga in som "
            f"{APPLICATION}, som manage.py database_roles lägger upp."
        )
