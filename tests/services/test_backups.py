"""An installation kept as one file and laid in elsewhere, on both engines, by the commands as an operator runs them."""

import datetime
import json
import os
import re
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from digikoord.backups import archive, facts, postgresql
from digikoord.database import roles
from digikoord.lib.clock import standing_at
from digikoord.lib.verdict import Refused
from grants.actions import assignments
from records.models import Event
from tests import databases
from tests.upgrades import landed

ROOT = Path(__file__).parents[2]


def manage(var, *arguments, url=None, **more):
    """manage.py in an installation of its own: its folder, and its PostgreSQL where it has one."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    own = {"DIGIKOORD_VAR": str(var)} | ({"DATABASE_URL": url} if url else {}) | more
    command = [sys.executable, "manage.py", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, env=kept | own, capture_output=True, text=True, timeout=240)


def done(process):
    assert process.returncode == 0, process.stderr
    return process.stdout


def refused(process, said):
    assert process.returncode == 1, process.stdout
    assert re.search(said, process.stderr), process.stderr
    assert "Traceback" not in process.stderr


def rewritten(file, folder, **changes):
    """The same backup with other facts in its manifest, and every hash right: as a fault of ours would make it."""
    with archive.opened(file, [], folder) as found:
        manifest = found.manifest
        (found.folder / archive.MANIFEST).unlink()
        manifest["facts"] |= changes
        target = folder / f"rewritten-{len(list(folder.iterdir()))}"
        archive.write(target, found.folder, manifest, [])
    return target


def one_byte_changed(file, folder):
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    target = folder / "changed"
    target.write_bytes(content)
    return target


# --- SQLite


@pytest.fixture(scope="module")
def embedded(tmp_path_factory):
    """An installation of `make run` in the middle of the story, with a file among its media."""
    var = tmp_path_factory.mktemp("embedded")
    (var / "digikoord.sqlite3").write_bytes(landed.unpacked(landed.LATEST, "sqlite3"))
    done(manage(var, "prepare"))
    (var / "media").mkdir()
    (var / "media/brev.txt").write_text("Hej")
    return var


@pytest.fixture(scope="module")
def embedded_file(embedded):
    """A backup of it, made while somebody writes; what stands in the write-ahead log is in it too."""
    with closing(sqlite3.connect(embedded / "digikoord.sqlite3", timeout=20)) as writer:
        writer.execute("PRAGMA wal_autocheckpoint = 0")
        before = _noted(writer, 1)
        going = threading.Event()
        thread = threading.Thread(target=_notes, args=(embedded, going))
        thread.start()
        try:
            done(manage(embedded, "backup", embedded / "kopia"))
        finally:
            going.set()
            thread.join()
        after = _noted(writer, 2)
    with archive.opened(embedded / "kopia", [], embedded) as found:
        kept = found.manifest["facts"]["rows"]["digikoord_jobrun"]
    assert before <= kept < after
    return embedded / "kopia"


def _noted(database, number):
    database.execute(
        "INSERT INTO digikoord_jobrun (day, job, started_at, count, attempts, error) VALUES ('2019-03-20', ?, '2019-03-20', 0, 1, '')",
        [f"prov-{number}"],
    )
    database.commit()
    return database.execute("SELECT count(*) FROM digikoord_jobrun").fetchone()[0]


def _notes(embedded, ended):
    with closing(sqlite3.connect(embedded / "digikoord.sqlite3", timeout=20)) as writer:
        number = 100
        while not ended.wait(0.05):
            number += 1
            _noted(writer, number)


def rows_of(var):
    with closing(sqlite3.connect(var / "digikoord.sqlite3")) as opened:
        return list(opened.iterdump())


def test_an_embedded_one_is_laid_in_elsewhere_and_goes_on(embedded, embedded_file, tmp_path):
    told = done(manage(tmp_path, "restore", embedded_file))
    assert "böckerna stämmer" in told
    assert (tmp_path / "media/brev.txt").read_text() == "Hej"
    done(manage(tmp_path, "ledger", "--check"))
    with (
        archive.opened(embedded_file, [], tmp_path) as found,
        closing(sqlite3.connect(found.database)) as kept,
    ):
        assert rows_of(tmp_path) == list(kept.iterdump())
    refused(manage(tmp_path, "restore", embedded_file), "inte tom")
    done(manage(tmp_path, "restore", embedded_file, "--replace"))


@pytest.mark.parametrize(
    "spoil",
    [one_byte_changed, lambda file, folder: rewritten(file, folder, rows={"actors_event": 1})],
    ids=["a changed byte", "another count"],
)
def test_what_is_not_what_was_kept_changes_nothing(embedded_file, tmp_path, spoil):
    (tmp_path / "spoilt").mkdir()
    file, var = spoil(embedded_file, tmp_path / "spoilt"), tmp_path / "var"
    refused(manage(var, "restore", file), "Ingenting har ändrats")
    assert not facts_of(var)
    done(manage(var, "restore", embedded_file))
    before = rows_of(var)
    refused(manage(var, "restore", file, "--replace"), "Ingenting har ändrats")
    assert rows_of(var) == before
    assert (var / "media/brev.txt").exists()


def facts_of(var):
    """Tables with anything in them."""
    with closing(sqlite3.connect(var / "digikoord.sqlite3")) as opened:
        return opened.execute("SELECT name FROM sqlite_master").fetchall()


def test_production_and_another_version_refuse_it(embedded_file, tmp_path):
    older = rewritten(embedded_file, tmp_path, migrations=["grants.0001_tables"])
    refused(manage(tmp_path / "var", "restore", older), "annan version")
    refused(manage(tmp_path / "var", "restore", tmp_path / "ingen"), "gick inte att läsa")


# --- PostgreSQL


@pytest.fixture
def owned(postgresql, committed_cast, tmp_path):
    """manage.py as the owner of the tests' database: owned(arguments, in_database=name)."""

    def run(*arguments, name=None, role=roles.OWNER, **more):
        return manage(tmp_path, *arguments, url=databases.login(role, name), **more)

    return run


def test_it_is_of_one_moment_while_people_act(owned, committed_cast, tmp_path):
    """Laid in elsewhere it proves itself, belongs to its owner, and the application may what it may."""
    acts, ended = [], threading.Event()

    def act():
        day = datetime.date(2019, 4, 1)
        while not ended.is_set():
            day += datetime.timedelta(days=1)
            with standing_at(datetime.date(2019, 3, 20)):
                row = committed_cast.assignment("01")
                acts.append(assignments.set_answer_day(row, by=committed_cast.official(), answer_due=day))
        connection.close()

    thread = threading.Thread(target=act)
    thread.start()
    try:
        done(owned("backup", tmp_path / "kopia"))
    finally:
        ended.set()
        thread.join()
    with archive.opened(tmp_path / "kopia", [], tmp_path) as found:
        kept = found.manifest["facts"]["rows"]["actors_event"]
    assert Event.objects.count() > kept, "somebody acted after it"
    assert len(acts) > Event.objects.count() - kept, "and before"
    with databases.blank() as name:
        done(owned("restore", tmp_path / "kopia", name=name))
        done(owned("ledger", "--check", name=name, role=roles.APPLICATION))
        done(owned("prepare", name=name))
        with databases.working_in(name), connection.cursor() as cursor:
            assert Event.objects.count() == kept
            cursor.execute(
                "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' "
                "AND relowner <> 'digikoord_owner'::regrole"
            )
            assert cursor.fetchone() == (0,)
            cursor.execute(
                "SELECT has_table_privilege('grants_payment', 'UPDATE'), has_table_privilege('actors_event', 'UPDATE')"
            )
            assert cursor.fetchone() == (True, False)


def test_all_or_nothing_and_never_over_what_somebody_uses(owned, tmp_path):
    done(owned("backup", tmp_path / "kopia"))
    facts_before = facts.gathered()
    spoilt = rewritten(tmp_path / "kopia", tmp_path, guards=facts_before["guards"] | {"funktioner": 1})
    with databases.blank() as name:
        refused(
            owned("restore", one_byte_changed(tmp_path / "kopia", tmp_path), name=name),
            "Ingenting har ändrats",
        )
        refused(owned("restore", spoilt, name=name), "databasens skydd.*funktioner")
        with databases.working_in(name), databases.as_superuser():
            assert facts.rows() == {}
    refused(owned("restore", tmp_path / "kopia"), "inte tom")
    connection.ensure_connection()
    refused(owned("restore", tmp_path / "kopia", "--replace"), "andra är inloggade")
    connection.close()
    refused(owned("restore", spoilt, "--replace"), "databasens skydd")
    assert facts.gathered() == facts_before
    connection.close()
    done(owned("restore", tmp_path / "kopia", "--replace"))
    assert facts.gathered() == facts_before


def test_only_the_owner_keeps_and_lays_in(owned, tmp_path):
    refused(owned("backup", tmp_path / "kopia", role=roles.APPLICATION), "digikoord_owner")
    done(owned("backup", tmp_path / "kopia"))
    refused(owned("backup", tmp_path / "kopia"), "finns redan")
    with databases.blank() as name:
        refused(owned("restore", tmp_path / "kopia", name=name, role=roles.APPLICATION), "digikoord_owner")
    refused(manage(tmp_path / "var", "restore", tmp_path / "kopia"), "i PostgreSQL, men här är SQLite")


def test_programs_of_another_major_version_are_refused(postgresql_server, monkeypatch):
    monkeypatch.setattr(postgresql, "major", lambda: 14)
    with pytest.raises(Refused, match=r"pg_dump är av version \d+ men servern är PostgreSQL 14"):
        postgresql.program("pg_dump")
    monkeypatch.setattr("shutil.which", lambda name: None)
    with pytest.raises(Refused, match="Installera postgresql-client-14"):
        postgresql.program("pg_restore")


@pytest.fixture
def postgresql_server(request):
    return request.getfixturevalue("postgresql")


def test_the_manifest_says_what_it_is_of(owned, tmp_path):
    done(owned("backup", tmp_path / "kopia"))
    with archive.opened(tmp_path / "kopia", [], tmp_path) as found:
        manifest = json.loads((found.folder / archive.MANIFEST).read_text())
    assert manifest["engine"] == "postgresql"
    assert int(manifest["server"].split(".")[0]) == postgresql.major()
    (books,) = manifest["facts"]["books"].values()
    assert books["differences"] == []
    assert float(books["sums"]["paid"]) > 0
    assert manifest["facts"]["guards"]["utlösare grants_payment"] > 3
    assert "grants.0050_guards" in manifest["facts"]["migrations"]
