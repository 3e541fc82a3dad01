"""Keeps an installation as one file: its database, papers and all, its media, and what was counted in them."""

from __future__ import annotations

import datetime
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection

from digikoord.lib.verdict import Refused
from digikoord.stage import on_stage

from . import archive, facts, postgresql, sqlite

if TYPE_CHECKING:
    import pyrage


FORMAT = 1


def keep(target: Path, recipients: list[pyrage.x25519.Recipient]) -> archive.Manifest:
    """Write the file, encrypted to the recipients where there are any. Returns its manifest."""
    if target.exists():
        raise Refused(f"{target} finns redan. Ange en fil som inte finns.")
    if not target.parent.is_dir():
        raise Refused(f"Mappen {target.parent} finns inte.")
    with on_stage():
        facts.require_up_to_date()
        with tempfile.TemporaryDirectory(prefix=".digikoord-", dir=target.parent) as folder:
            parts = Path(folder, "parts")
            parts.mkdir()
            manifest: archive.Manifest = {
                "format": FORMAT,
                "engine": connection.vendor,
                "server": ENGINES[connection.vendor].server(),
                "made_at": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
                "facts": KEPT[connection.vendor](parts / archive.DATABASE),
            }
            # After the database: a file is there before the row that tells of it.
            if Path(settings.MEDIA_ROOT).is_dir():
                shutil.copytree(settings.MEDIA_ROOT, parts / archive.MEDIA)
            archive.write(target, parts, manifest, recipients)
    return manifest


def _postgresql(target: Path) -> facts.Facts:
    postgresql.require_reader()
    postgresql.program("pg_dump")
    with postgresql.one_moment() as snapshot:
        postgresql.dump(target, snapshot)
        return facts.gathered()


def _sqlite(target: Path) -> facts.Facts:
    sqlite.copy(target)
    with sqlite.looking_at(target):
        return facts.gathered()


ENGINES = {"postgresql": postgresql, "sqlite": sqlite}
KEPT = {"postgresql": _postgresql, "sqlite": _sqlite}
