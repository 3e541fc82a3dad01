"""The one file of a backup: a line that says what it is and the SHA-256 of all that follows, then a tar of the parts.

The first part is the manifest, which names every other part with its SHA-256: so one changed byte anywhere is seen before
anything is touched. Encrypted (age), the whole file is inside: only the holder of the key, who is elsewhere, opens it.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, BinaryIO, NotRequired, Protocol, Self, TypedDict, TypeVar, cast

import pyrage

from digikoord.lib.verdict import Refused

if TYPE_CHECKING:
    from .facts import Facts


HEAD = b"digikoord-sakerhetskopia 1 sha256:"
SEALED = b"age-encryption.org/v1"
MANIFEST, DATABASE, MEDIA = "manifest.json", "database", "media"
CHANGED = "Filen är ändrad eller avbruten och läggs inte in. Ingenting har ändrats."
CHUNK = 1 << 20


class Key(Protocol):
    """Of either kind: read from its own text."""

    @classmethod
    def from_str(cls, text: str, /) -> Self: ...


K = TypeVar("K", bound=Key)


class Part(TypedDict):
    name: str
    size: int
    sha256: str


class Manifest(TypedDict):
    """What the file says of itself; its parts when it has been written."""

    format: int
    engine: str
    server: str
    made_at: str
    facts: Facts
    parts: NotRequired[list[Part]]


@dataclass(frozen=True)
class Opened:
    """A backup whose every hash has been checked: its manifest, and its parts as files."""

    manifest: Manifest
    folder: Path

    @property
    def database(self) -> Path:
        return self.folder / DATABASE

    @property
    def media(self) -> Path:
        return self.folder / MEDIA


def write(
    target: Path, folder: Path, manifest: Manifest, recipients: Sequence[pyrage.x25519.Recipient]
) -> None:
    """Make the file of the parts that lie in `folder`: whole or not at all, and readable by its owner alone."""
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    parts: list[Part] = [
        {"name": name, "size": (folder / name).stat().st_size, "sha256": _sha256_of(folder / name)}
        for name in names
    ]
    with _draft(target) as draft:
        with draft.open("wb") as file:
            _write_tar(file, folder, manifest | {"parts": parts})
            file.flush()
            os.fsync(file.fileno())
        if recipients:
            sealed = draft.with_name("sealed")
            with draft.open("rb") as plain, _private(sealed) as file:
                pyrage.encrypt_io(plain, file, recipients)
                file.flush()
                os.fsync(file.fileno())
            draft = sealed
        os.replace(draft, target)


def _write_tar(file: IO[bytes], folder: Path, manifest: Manifest) -> None:
    start = len(HEAD) + 64 + 1
    file.write(b"\0" * start)
    with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
        told = folder.parent / MANIFEST
        told.write_text(json.dumps(manifest, ensure_ascii=False, indent=1))
        tar.add(told, MANIFEST, filter=_plain)
        for part in manifest["parts"]:
            tar.add(folder / part["name"], part["name"], filter=_plain)
    file.flush()
    with Path(file.name).open("rb") as written:
        written.seek(start)
        digest = _digest(written)
    file.seek(0)
    file.write(HEAD + digest.encode() + b"\n")


def _plain(info: tarfile.TarInfo) -> tarfile.TarInfo:
    """Neither who nor when: the manifest says that."""
    info.uid = info.gid = info.mtime = 0
    info.uname = info.gname = ""
    info.mode = 0o600
    return info


@contextmanager
def _draft(target: Path) -> Iterator[Path]:
    """A file to write in, beside the target so that it is put in place in one step."""
    try:
        with tempfile.TemporaryDirectory(prefix=".digikoord-", dir=target.parent) as folder:
            draft = Path(folder, "plain")
            with _private(draft):
                yield draft
    except OSError as error:
        raise Refused(f"{target} gick inte att skriva: {error.strerror or error}.") from error


def _private(path: Path) -> BinaryIO:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


@contextmanager
def opened(source: Path, keys: Sequence[pyrage.x25519.Identity], where: Path) -> Iterator[Opened]:
    """Check every hash of the file and lay its parts in a folder of their own under `where`; gives an Opened."""
    with tempfile.TemporaryDirectory(prefix=".digikoord-", dir=where) as folder:
        try:
            plain = _unsealed(source, keys, Path(folder, "plain"))
            with plain.open("rb") as file:
                _require_whole(file)
                parts = Path(folder, "parts")
                _unpack(file, parts)
            found = Opened(json.loads((parts / MANIFEST).read_text()), parts)
            _require_parts(found)
        except (tarfile.TarError, ValueError, KeyError, TypeError) as error:
            raise Refused(CHANGED) from error
        except OSError as error:
            raise Refused(f"{source} gick inte att läsa: {error.strerror or error}.") from error
        yield found


def _unsealed(source: Path, keys: Sequence[pyrage.x25519.Identity], plain: Path) -> Path:
    """The file itself, or what an encrypted one holds."""
    with source.open("rb") as file:
        if file.read(len(SEALED)) != SEALED:
            return source
        if not keys:
            raise Refused("Filen är krypterad. Ange filen med dess hemliga nyckel: --key NYCKELFIL.")
        file.seek(0)
        with _private(plain) as opened_file:
            try:
                pyrage.decrypt_io(file, opened_file, keys)
            except (pyrage.DecryptError, OSError) as error:
                raise Refused(
                    "Filen går inte att öppna: nyckeln är en annan, eller filen är ändrad eller avbruten. "
                    "Ingenting har ändrats."
                ) from error
    return plain


def _require_whole(file: BinaryIO) -> None:
    head = file.readline(len(HEAD) + 65)
    if not head.startswith(HEAD):
        raise Refused(f"Filen är ingen säkerhetskopia, eller ändrad. {CHANGED}")
    start = file.tell()
    if head != HEAD + _digest(file).encode() + b"\n":
        raise Refused(CHANGED)
    file.seek(start)


def _unpack(file: BinaryIO, parts: Path) -> None:
    """Plain files, inside the folder: nothing else is written by us."""
    with tarfile.open(fileobj=file, mode="r:") as tar:
        for member in tar:
            name = PurePosixPath(member.name)
            if not member.isreg() or name.is_absolute() or ".." in name.parts:
                raise Refused(CHANGED)
            target = parts / name
            target.parent.mkdir(parents=True, exist_ok=True)
            with cast("IO[bytes]", tar.extractfile(member)) as given, _private(target) as written:
                shutil.copyfileobj(given, written, CHUNK)


def _require_parts(found: Opened) -> None:
    """Just the parts that the manifest names, and each as it names it."""
    there = {path.relative_to(found.folder).as_posix() for path in found.folder.rglob("*") if path.is_file()}
    named = {part["name"]: part for part in found.manifest["parts"]}
    if there != {MANIFEST, *named} or DATABASE not in named:
        raise Refused(CHANGED)
    for name, part in named.items():
        if _sha256_of(found.folder / name) != part["sha256"]:
            raise Refused(CHANGED)


def _sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return _digest(file)


def _digest(file: BinaryIO) -> str:
    digest = hashlib.sha256()
    while chunk := file.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def recipients(given: list[str]) -> list[pyrage.x25519.Recipient]:
    """The public keys: each is written out (age1…), or is a file with one a line."""
    return [_key(text, pyrage.x25519.Recipient) for text in _lines(given)]


def keys(given: list[str]) -> list[pyrage.x25519.Identity]:
    """The secret keys in the files."""
    return [_key(text, pyrage.x25519.Identity) for text in _lines(given)]


def _lines(given: Iterable[str]) -> Iterator[str]:
    for text in given:
        lines = Path(text).read_text().splitlines() if Path(text).is_file() else [text]
        yield from (line.strip() for line in lines if line.strip() and not line.startswith("#"))


def _key(text: str, kind: type[K]) -> K:
    try:
        return kind.from_str(text)
    except (pyrage.RecipientError, pyrage.IdentityError) as error:
        what = "den offentliga nyckeln" if kind is pyrage.x25519.Recipient else "den hemliga nyckeln"
        raise Refused(f"Det gick inte att läsa {what}: ange en nyckel av slaget age (X25519).") from error
