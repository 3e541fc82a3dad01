"""Lays a backup in: all of it or nothing, and not until it has proved that it is what was kept."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import DatabaseError, connection, transaction

from digikoord.database import known, roles
from digikoord.lib.verdict import Refused
from digikoord.models import Stage
from digikoord.stage import on_stage

from . import archive, facts, keeping, postgresql, sqlite

if TYPE_CHECKING:
    import pyrage


NAMES = {"postgresql": "PostgreSQL", "sqlite": "SQLite"}


def restore(source: Path, keys: list[pyrage.x25519.Identity], *, replace: bool) -> archive.Manifest:
    """Check every hash, lay in, and prove. Returns the manifest.

    replace   what stands in the database and among the media is taken away, in the same step; else it must be empty
    """
    media = Path(settings.MEDIA_ROOT)
    media.parent.mkdir(parents=True, exist_ok=True)
    with archive.opened(source, keys, media.parent) as found:
        _require_fitting(found.manifest)
        _require_room(found.manifest, media, replace)
        LAID_IN[connection.vendor](found, media)
        return found.manifest


def _require_fitting(manifest: archive.Manifest) -> None:
    """It can be laid in here, and is not what production refuses."""
    if manifest["format"] != keeping.FORMAT:
        raise Refused("Säkerhetskopian är av ett slag som den här versionen inte läser.")
    if manifest["engine"] != connection.vendor:
        kept, here = NAMES.get(manifest["engine"], manifest["engine"]), NAMES[connection.vendor]
        raise Refused(f"Säkerhetskopian är av en databas i {kept}, men här är {here}.")
    if connection.vendor == "postgresql" and int(manifest["server"].split(".")[0]) > postgresql.major():
        raise Refused(
            f"Säkerhetskopian är av PostgreSQL {manifest['server']}, men här är {postgresql.major()}, som är äldre."
        )
    if settings.PRODUCTION and manifest["facts"]["rehearsal"]:
        raise Refused("Säkerhetskopian är av en övning och läggs inte in i skarp drift.")
    if manifest["facts"]["migrations"] != known.recorded_and_all(connection)[1]:
        raise Refused(
            "Säkerhetskopian är av en annan version. Återställ den med den versionen, och uppgradera sedan. "
            "Ingenting har ändrats."
        )


def _require_room(manifest: archive.Manifest, media: Path, replace: bool) -> None:
    """Nothing stands there; or it is said that it may go, and a rehearsal never takes the place of what is real."""
    empty = facts.is_empty()
    if empty and not (media.is_dir() and any(media.iterdir())):
        return
    if not replace:
        raise Refused(
            "Databasen eller mappen för filer är inte tom. Återställ i en tom, eller ange --replace om det som finns där "
            "ska tas bort."
        )
    if manifest["facts"]["rehearsal"] and not empty and not _is_rehearsal():
        raise Refused("Säkerhetskopian är av en övning, men databasen är inte det. Den ersätts inte.")


def _is_rehearsal() -> bool:
    try:
        return Stage.current().rehearsal
    except DatabaseError:  # of another version, or broken: that may be why it is to be replaced
        return False


def _postgresql(found: archive.Opened, media: Path) -> None:
    postgresql.require_owner()
    with tempfile.TemporaryDirectory(prefix=".digikoord-", dir=media.parent) as folder:
        whole = postgresql.scripts(found.database, Path(folder))
        with _kept_until_done(media) as swap, transaction.atomic(), connection.cursor() as cursor:
            postgresql.clear(cursor)
            postgresql.lay_in(cursor, whole)
            _prove(found.manifest)
            roles.grant(cursor)
            swap(found.media)  # the last thing before the transaction ends
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    connection.close()  # what the scripts set for their session ends with it


def _sqlite(found: archive.Opened, media: Path) -> None:
    sqlite.require_sound(found.database)
    with sqlite.looking_at(found.database):
        _prove(found.manifest)
    with _kept_until_done(media) as swap:
        swap(found.media)
        sqlite.lay_in(found.database)


LAID_IN = {"postgresql": _postgresql, "sqlite": _sqlite}


def _prove(manifest: archive.Manifest) -> None:
    with on_stage():
        facts.require_same(manifest["facts"], facts.gathered())


@contextmanager
def _kept_until_done(media: Path) -> Iterator[Callable[[Path], None]]:
    """Gives swap(folder), which puts the folder in the place of the media. Where the block is left by an error, they are back."""
    former = Path(tempfile.mkdtemp(prefix=".digikoord-", dir=media.parent)) / media.name
    swapped = []

    def swap(folder: Path) -> None:
        if media.exists():
            media.rename(former)
        if folder.is_dir():
            folder.rename(media)
        swapped.append(folder)

    try:
        yield swap
    except BaseException:
        if swapped:
            shutil.rmtree(media, ignore_errors=True)
        if former.exists():
            former.rename(media)
        raise
    finally:
        shutil.rmtree(former.parent, ignore_errors=True)
