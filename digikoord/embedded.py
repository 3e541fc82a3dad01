"""What the product brings with it when nothing is configured: everything lives in one folder."""

import contextlib
import os
import secrets
from pathlib import Path


def secret_key(folder: Path) -> str:
    """The installation's own key, made once; two processes starting together agree on the first one written."""
    path = folder / "secret-key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / f"secret-key.{os.getpid()}"
        draft.write_text(secrets.token_urlsafe(60))
        draft.chmod(0o600)
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(draft)
        draft.unlink()
    return path.read_text()


def database(folder: Path) -> dict[str, object]:
    """SQLite that readers and one writer share. IMMEDIATE takes the write lock first, so an act never fails half-way."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": folder / "digikoord.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;",
        },
    }


def cache(folder: Path) -> dict[str, object]:
    """Counts, in files that the processes share."""
    return {
        "BACKEND": "digikoord.cache.Files",
        "LOCATION": str(folder / "cache"),
        "TIMEOUT": 24 * 60 * 60,  # a day; what is counted anew is kept as long again
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }


def broker(folder: Path) -> dict[str, object]:
    """Celery's transport through files. It may lose everything: whatever must not be lost is a row first."""
    inbox, control = folder / "broker" / "queue", folder / "broker" / "control"
    for path in (inbox, control):
        path.mkdir(parents=True, exist_ok=True)
    return {
        "data_folder_in": str(inbox),
        "data_folder_out": str(inbox),
        "control_folder": str(control),
        "polling_interval": 0.2,  # seconds; a person waits for the answer
    }
