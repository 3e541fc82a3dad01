"""What is counted in a database, so that a restored one can be compared with the one that was kept.

Rows by table, guards by table, the migrations, and the books: each programme's sums, its trail's fingerprint, and the
differences that the check of the books finds.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypedDict

from django.db import connection, transaction
from django.db.models import QuerySet

from digikoord.database import known, roles
from digikoord.lib.verdict import Refused
from digikoord.models import Stage
from grants.models.balance import AMOUNTS, total
from overview.selectors import proof
from overview.selectors.proof_sums import sums_by_sql
from programmes.models import Programme

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper


# What a migrated database has before anybody has done anything in it
LAID_UP = {"django_migrations", "django_content_type", "auth_permission", "sqlite_sequence"}
WORDS = {
    "migrations": "migreringarna",
    "rows": "antalet rader",
    "guards": "databasens skydd",
    "books": "böckerna",
    "rehearsal": "om den är en övning",
}
GUARDS = {
    "postgresql": """
        SELECT 'utlösare ' || c.relname, count(*) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
        WHERE NOT t.tgisinternal AND t.tgenabled = 'O' AND c.relnamespace = 'public'::regnamespace GROUP BY 1
        UNION ALL
        SELECT 'villkor ' || c.relname, count(*) FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
        WHERE k.convalidated AND c.relnamespace = 'public'::regnamespace AND k.contype <> 'n' GROUP BY 1
        UNION ALL
        SELECT 'index ' || tablename, count(*) FROM pg_indexes WHERE schemaname = 'public' GROUP BY 1
        UNION ALL
        SELECT 'funktioner', count(*) FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
          AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
    """,
    "sqlite": """
        SELECT type || ' ' || tbl_name, count(*) FROM sqlite_master WHERE type IN ('trigger', 'index') GROUP BY 1
        UNION ALL SELECT 'villkor ' || name, (length(sql) - length(replace(sql, 'CHECK', ''))) / 5 FROM sqlite_master
        WHERE type = 'table'
    """,
}


class Trail(TypedDict):
    count: int
    sha256: str


class Books(TypedDict):
    """A programme's books; the sums are kronor as text."""

    sums: dict[str, str]
    trail: Trail
    compared: int
    differences: list[str]


class Facts(TypedDict):
    """All that is counted: rows and guards by what they are of, books by the programme's code."""

    migrations: list[str]
    rows: dict[str, int]
    guards: dict[str, int]
    books: dict[str, Books]
    rehearsal: bool


def require_up_to_date() -> None:
    """The books can only be proved of a database that is of this code's version."""
    known.require(connection)
    has, whole = known.recorded_and_all(connection)
    if has != whole:
        raise Refused(
            "Databasen är inte av den här versionen. Säkerhetskopiera med den version som kör, och uppgradera sedan."
        )


@transaction.atomic
def gathered() -> Facts:
    """All of it. In one transaction, so that it is of one moment where the caller has not seen to that."""
    return {
        "migrations": known.recorded_and_all(connection)[0],
        "rows": rows(),
        "guards": guards(),
        "books": {programme.code: _books(programme) for programme in _programmes()},
        "rehearsal": Stage.current().rehearsal,
    }


def _programmes() -> QuerySet[Programme]:
    return Programme.objects.select_related("ministry", "disburser", "secretariat").order_by("code")


def rows() -> dict[str, int]:
    """{table: how many rows}"""
    with connection.cursor() as cursor:
        found = {}
        for table in sorted(tables(cursor)):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608 - its own tables
            found[table] = cursor.fetchone()[0]
        return found


def tables(cursor: CursorWrapper) -> set[str]:
    """The tables that are the database's own."""
    if connection.vendor == "postgresql":
        return roles.tables(cursor)
    return set(connection.introspection.table_names(cursor))


def is_empty() -> bool:
    """Whether nobody has done anything in the database; it may be migrated."""
    return not any(count for table, count in rows().items() if table not in LAID_UP)


def guards() -> dict[str, int]:
    """{kind and table: how many of the guards that stand there}"""
    with connection.cursor() as cursor:
        cursor.execute(GUARDS[connection.vendor])
        return dict(sorted(cursor.fetchall()))


def _books(programme: Programme) -> Books:
    """The programme's sums by plain SQL, its trail, and what its check finds. The check's lock on the trail is let go."""
    with transaction.atomic():
        found = proof.prove(programme)
        transaction.set_rollback(True)
    sums = total(sums_by_sql(programme).values())
    return {
        "sums": {name: f"{getattr(sums, name):.2f}" for name in AMOUNTS},
        "trail": {"count": found.trail.count, "sha256": found.trail.sha256},
        "compared": found.compared,
        "differences": [str(difference) for difference in found.differences],
    }


def require_same(told: Mapping[str, object], found: Mapping[str, object]) -> None:
    """Refuse a restored database that is not what was kept, naming what differs."""
    unlike = [
        f"{word} ({_first(told[key], found[key])})" for key, word in WORDS.items() if told[key] != found[key]
    ]
    if unlike:
        raise Refused(f"Det inlagda är inte det som kopierades: {'; '.join(unlike)}. Ingenting har ändrats.")


def _first(told: object, found: object) -> str:
    """Where they first differ."""
    if not isinstance(told, dict) or not isinstance(found, dict):
        return "skiljer sig"
    name = next(name for name in sorted(told.keys() | found.keys()) if told.get(name) != found.get(name))
    return f"{name}: {told.get(name, 'saknas')} blev {found.get(name, 'saknas')}"[:300]


def told_briefly(facts: Facts) -> str:
    """A sentence of it for the person at the terminal."""
    differences = sum(len(books["differences"]) for books in facts["books"].values())
    whole = f"{len(facts['rows'])} tabeller, {sum(facts['rows'].values())} rader, {sum(facts['guards'].values())} skydd"
    return f"{whole}; böckerna {'stämmer' if not differences else f'har {differences} avvikelser, som när den gjordes'}."
