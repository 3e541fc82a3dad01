"""Secrets are files, which no list of processes or containers shows: `NAME_FILE` names where `NAME` is read.

An address may stand without its password, which is then put in it: `DATABASE_PASSWORD`, `REDIS_PASSWORD`.
"""

from collections.abc import MutableMapping
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

from django.core.exceptions import ImproperlyConfigured

SECRETS = (
    "SECRET_KEY",
    "EMAIL_URL",
    "DATABASE_URL",
    "DATABASE_PASSWORD",
    "REDIS_URL",
    "REDIS_PASSWORD",
    "DIGIKOORD_OWNER_PASSWORD",
    "DIGIKOORD_APP_PASSWORD",
)
PASSWORDS = {"DATABASE_URL": "DATABASE_PASSWORD", "REDIS_URL": "REDIS_PASSWORD"}


def fill(environ: MutableMapping[str, str]) -> None:
    """Read what is named into `environ`. Raises ImproperlyConfigured where a file is not there, or two things are said."""
    for name in SECRETS:
        path = environ.get(f"{name}_FILE", "")
        if not path:
            continue
        if environ.get(name):
            raise ImproperlyConfigured(f"Både {name} och {name}_FILE är satta. Välj en.")
        environ[name] = _read(name, path)
    for address, password in PASSWORDS.items():
        if environ.get(address) and environ.get(password):
            environ[address] = _with(environ[address], environ[password])


def _read(name: str, path: str) -> str:
    try:
        text = Path(path).read_text(encoding="utf-8").strip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(f"{name}_FILE={path} går inte att läsa.") from error
    if not text:
        raise ImproperlyConfigured(f"{name}_FILE={path} är tom.")
    return text


def _with(address: str, password: str) -> str:
    """The address with its password: it may hold any sign."""
    parts = urlsplit(address)
    user, _, host = parts.netloc.rpartition("@")
    return urlunsplit(parts._replace(netloc=f"{user.partition(':')[0]}:{quote(password, safe='')}@{host}"))
