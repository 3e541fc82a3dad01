"""The one file of a backup: whole or refused, whichever byte is changed; and closed to all but whoever holds the key."""

import stat
from pathlib import Path

import pyrage
import pytest

from digikoord.backups import archive
from digikoord.lib.verdict import Refused


@pytest.fixture
def parts(tmp_path):
    folder = tmp_path / "work/parts"
    (folder / "media/brev").mkdir(parents=True)
    (folder / "database").write_bytes(bytes(range(256)) * 8)
    (folder / "media/brev/å ä ö.txt").write_text("Hej")
    return folder


@pytest.fixture
def made(parts, tmp_path):
    """made(*recipients): the file."""

    def make(*recipients):
        target = tmp_path / f"kopia-{len(recipients)}"
        archive.write(target, parts, {"format": 1}, list(recipients))
        return target

    return make


def read(file, folder, keys=()):
    with archive.opened(file, list(keys), folder) as found:
        return found.manifest, found.database.read_bytes(), (found.media / "brev/å ä ö.txt").read_text()


def test_what_was_kept_is_given_back(made, tmp_path):
    file = made()
    manifest, database, letter = read(file, tmp_path)
    assert (manifest["format"], database, letter) == (1, bytes(range(256)) * 8, "Hej")
    assert [part["name"] for part in manifest["parts"]] == ["database", "media/brev/å ä ö.txt"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600, "it holds everything"
    assert {path.name for path in tmp_path.iterdir()} == {"work", file.name}, "nothing is left beside it"


@pytest.mark.parametrize("sealed", [False, True])
def test_whichever_byte_is_changed_it_is_refused(made, tmp_path, sealed):
    key = pyrage.x25519.Identity.generate()
    file = made(key.to_public()) if sealed else made()
    whole = file.read_bytes()
    damaged = tmp_path / "damaged"
    for at in sorted({*range(0, 200, 3), *range(0, len(whole), 211), len(whole) - 1}):
        damaged.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(Refused, match=r"Ingenting har ändrats|ingen säkerhetskopia"):
            read(damaged, tmp_path, [key])


@pytest.mark.parametrize("cut", [1, 511, 5000])
def test_a_part_of_it_is_refused_and_so_is_more(made, tmp_path, cut):
    whole = made().read_bytes()
    for content in (whole[:-cut], whole + b"\0" * cut):
        (tmp_path / "damaged").write_bytes(content)
        with pytest.raises(Refused, match="Ingenting har ändrats"):
            read(tmp_path / "damaged", tmp_path)


def test_only_who_holds_the_key_opens_it(made, tmp_path):
    key, other = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    file = made(key.to_public())
    assert b"Hej" not in file.read_bytes()
    with pytest.raises(Refused, match="--key"):
        read(file, tmp_path)
    with pytest.raises(Refused, match="nyckeln är en annan"):
        read(file, tmp_path, [other])
    secret = tmp_path / "nyckel.txt"
    secret.write_text(f"# på papper i kassaskåpet\n{key}\n")
    assert read(file, tmp_path, archive.keys([str(secret)]))[2] == "Hej"


def test_keys_are_written_out_or_lie_in_files(tmp_path):
    key = pyrage.x25519.Identity.generate().to_public()
    file = tmp_path / "mottagare"
    file.write_text(f"{key}\n\n{key}\n")
    assert [str(one) for one in archive.recipients([str(key), str(file)])] == [str(key)] * 3
    with pytest.raises(Refused, match="offentliga nyckeln"):
        archive.recipients(["age1nonsens"])
    with pytest.raises(Refused, match="hemliga nyckeln"):
        archive.keys([str(tmp_path / "saknas")])


def test_a_file_that_is_something_else_says_so(tmp_path):
    (tmp_path / "annat").write_text("hej")
    with pytest.raises(Refused, match="ingen säkerhetskopia"):
        read(tmp_path / "annat", tmp_path)
    with pytest.raises(Refused, match="gick inte att läsa"):
        read(Path(tmp_path, "saknas"), tmp_path)
