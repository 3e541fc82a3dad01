"""Which states of a database this code can bring up to date. Any other is left alone: half a migration loses tables.

Known is: nothing at all; or recorded migrations that this code has, each with those it rests on, and whose tables are there.
Names that a retold migration replaces are recorded all, or none: a database that stopped among them is of a version whose
migrations are no longer here.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.apps import apps
from django.core.management.base import CommandError
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper


UNTOUCHED = "Ingenting har ändrats i databasen."
SHOWN = 4  # names in a sentence


def require(connection: BaseDatabaseWrapper) -> None:
    """Refuse, as a sentence and before anything is touched, a database that this code cannot bring up to date."""
    found = fault(connection)
    if found:
        raise CommandError(f"{found} {UNTOUCHED}")


def fault(connection: BaseDatabaseWrapper) -> str:
    """Why this code cannot bring the database up to date, as a sentence; nothing where it can."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
    recorded = set(MigrationRecorder(connection).applied_migrations())
    ours = {model._meta.db_table for model in apps.get_models() if model._meta.managed}
    if not recorded:
        found = tables & ours
        return (
            f"Databasen har tabeller men säger inte vilken version den är av ({_some(found)})."
            if found
            else ""
        )
    loader = MigrationLoader(None)
    return _unknown(recorded, loader) or _incomplete(recorded, loader) or _lost(recorded, loader, tables)


def recorded_and_all(connection: BaseDatabaseWrapper) -> tuple[list[str], list[str]]:
    """The migrations of the code that the database has, and all that the code has, as `app.name`, in order."""
    recorded = set(MigrationRecorder(connection).applied_migrations())
    whole = set(MigrationLoader(None).graph.nodes)
    return _names(recorded & whole), _names(whole)


def _unknown(recorded: set[tuple[str, str]], loader: MigrationLoader) -> str:
    """Names that this code has never had: the database is of a later version, or of another product."""
    old = {name for migration in loader.disk_migrations.values() for name in migration.replaces}
    found = recorded - set(loader.disk_migrations) - old
    if not found:
        return ""
    return (
        f"Databasen är av en senare eller okänd version: den har {_some(_names(found))}, som inte finns här."
    )


def _incomplete(recorded: set[tuple[str, str]], loader: MigrationLoader) -> str:
    """What was retold is there in part, or something is there without what it rests on."""
    had = set(recorded)
    for name, migration in loader.disk_migrations.items():
        missing = set(migration.replaces) - recorded
        if migration.replaces and missing and missing != set(migration.replaces):
            return (
                "Databasen är av en äldre version, som den här inte kan uppgradera från: "
                f"{_some(_names(missing))} saknas. Uppgradera den först till en version däremellan."
            )
        if migration.replaces and not missing:
            had.add(name)
    for name in sorted(had & set(loader.graph.nodes)):
        missing = {parent.key for parent in loader.graph.node_map[name].parents} - had
        if missing:
            return f"Databasen har {name[0]}.{name[1]} men inte {_some(_names(missing))}, som den bygger på."
    return ""


def _lost(recorded: set[tuple[str, str]], loader: MigrationLoader, tables: set[str]) -> str:
    """The tables that the recorded migrations made are there."""
    nodes = set(loader.graph.nodes)
    had = recorded | {
        name for name, row in loader.disk_migrations.items() if row.replaces and set(row.replaces) <= recorded
    }
    state = apps if nodes <= had else loader.project_state(sorted(nodes & had)).apps
    made = {model._meta.db_table for model in state.get_models() if model._meta.managed}
    found = made - tables
    return f"Databasen saknar tabeller som den borde ha ({_some(found)})." if found else ""


def _names(keys: Iterable[tuple[str, str]]) -> list[str]:
    return [f"{app}.{name}" for app, name in sorted(keys)]


def _some(names: Iterable[str]) -> str:
    names = sorted(names)
    more = f" och {len(names) - SHOWN} till" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more
