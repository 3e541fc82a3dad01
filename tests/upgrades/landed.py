"""Played databases of each version that has landed, kept as they were: the rehearsal at 2019-03-20, and one file of the
bank's with a deposit that fits no claim. `landed-<day>.sql.xz` is PostgreSQL's (pg_dump --no-owner --no-acl), `.sqlite3.xz`
SQLite's own file. A version that lands adds its own here: docs/operations.md tells how they are made.
"""

import lzma
from pathlib import Path

FOLDER = Path(__file__).parent
# The day a version landed, and what an upgrade from it says where it is refused.
LANDED = {"2026-11-24": "äldre version", "2026-11-26": ""}
LATEST = max(LANDED)


def unpacked(day: str, kind: str) -> bytes:
    """The database as it was kept; `kind` is sql or sqlite3."""
    return lzma.decompress((FOLDER / f"landed-{day}.{kind}.xz").read_bytes())
