"""What production cannot start without."""

from collections.abc import Mapping

from django.core.exceptions import ImproperlyConfigured

from . import contact
from .lib import scanner

REQUIRED = {
    "DATABASE_URL": "PostgreSQL",
    "REDIS_URL": "Celerys kö, och räkningen av inloggningsförsök",
    "SECRET_KEY": "en egen hemlig nyckel, minst 50 tecken",
    "ALLOWED_HOSTS": "värdnamnen, åtskilda med komma",
    "EMAIL_URL": "e-postservern",
    "DEFAULT_FROM_EMAIL": "avsändarens adress",
    "DIGIKOORD_CLAMD": "virusskannern, värd:port eller unix:/sökväg; none avsäger sig den",
    **contact.WANTED,
}
# "collecting" is for the making of an image: static files, and nothing that is secret.
MODES = ("embedded", "production", "collecting")
KEY_LENGTH, KEY_CHARACTERS = 50, 10  # characters, and how many of them differ


def mode(name: str) -> str:
    """The mode's name; one that is misspelt must not start an installation as something else."""
    if (name or MODES[0]) not in MODES:
        raise ImproperlyConfigured(f"DIGIKOORD_MODE={name} finns inte. Välj {', '.join(MODES)}.")
    return name or MODES[0]


def require(environ: Mapping[str, str]) -> None:
    """Name everything that is missing at once, so that it is mended in one go; then what is there and will not do."""
    missing = [
        f"{name} ({purpose})" for name, purpose in REQUIRED.items() if not environ.get(name, "").strip()
    ]
    if missing:
        raise ImproperlyConfigured(f"DIGIKOORD_MODE=production kräver också {', '.join(missing)}.")
    found = [
        *_wrong_address(environ["DATABASE_URL"]),
        *_weak(environ["SECRET_KEY"]),
        *_no_scanner(environ["DIGIKOORD_CLAMD"]),
        *contact.faults(environ),
    ]
    if found:
        raise ImproperlyConfigured(f"DIGIKOORD_MODE=production startar inte: {'; '.join(found)}.")


def _wrong_address(url: str) -> list[str]:
    ours = url.startswith(("postgres://", "postgresql://"))
    return [] if ours else ["DATABASE_URL pekar inte på PostgreSQL"]


def _no_scanner(name: str) -> list[str]:
    try:
        scanner.port(name)
    except ValueError:
        return ["DIGIKOORD_CLAMD är varken värd:port, unix:/sökväg eller none"]
    return []


def _weak(key: str) -> list[str]:
    """A key that can be guessed lets anybody make a session."""
    if len(key) < KEY_LENGTH:
        return [f"SECRET_KEY har {len(key)} tecken och ska ha minst {KEY_LENGTH}"]
    if len(set(key)) < KEY_CHARACTERS or key.startswith("django-insecure"):
        return ["SECRET_KEY är lätt att gissa"]
    return []
