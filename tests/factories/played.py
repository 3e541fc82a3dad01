"""The rehearsal played once, kept as a file, and laid into a database as often as tests need it."""

import datetime
import fcntl
import hashlib
from itertools import groupby
from pathlib import Path

from django.apps import apps
from django.core import serializers
from django.core.management.color import no_style
from django.db import connection, transaction

from digikoord.rehearsal import player
from digikoord.rehearsal.cast import Cast
from digikoord.rooms import OURS
from programmes.models import Programme
from tests import databases, loans

APPS = OURS
MID_STORY = datetime.date(2019, 3, 20)
ROOT = Path(__file__).resolve().parents[2]
KEPT, MOST_KEPT = ROOT / ".pytest_cache/digikoord", 6


def played_file(until=MID_STORY):
    """The file with every row of the story played `until`; whoever comes first plays it, on any core.

    It is kept until something changes that could change the story: both engines' tests, and the next run, lay in the same.
    """
    KEPT.mkdir(parents=True, exist_ok=True)
    file = KEPT / f"played-{until}-{_sources()}.json"
    with file.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not file.exists():
            with loans.lent():
                player.play(until)
                text = serializers.serialize("json", _rows())
            _forget_older()
            draft = file.with_suffix(".new")
            draft.write_text(text)
            draft.replace(file)
    return file


def _sources():
    """A digest of all that the story is made of."""
    digest = hashlib.sha256()
    kinds = [(app, kind) for app in APPS for kind in ("**/*.py", "**/*.toml")] + [("templates", "**/*.*")]
    for folder, kind in kinds:
        for path in sorted((ROOT / folder).glob(kind)):
            digest.update(path.name.encode() + path.read_bytes())
    digest.update((ROOT / "requirements.txt").read_bytes())
    return digest.hexdigest()[:20]


def _forget_older():
    """A few are kept: those of the branches one goes between."""
    found = sorted(KEPT.glob("played-*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in found[MOST_KEPT - 1 :]:
        path.unlink(missing_ok=True)
        path.with_suffix(".lock").unlink(missing_ok=True)


def _rows():
    for model in _models():
        yield from model._default_manager.order_by("pk").iterator()


def _models():
    """Every model of ours, after those it points at."""
    ordered = []
    for label in APPS:
        for model in apps.get_app_config(label).get_models():
            _place(model, ordered)
    return ordered


def _place(model, ordered):
    for field in model._meta.concrete_fields:
        if field.related_model not in (None, model):
            _place(field.related_model, ordered)
    if model not in ordered:
        ordered.append(model)


def lay_in(file):
    """Put the file's rows in an empty database."""
    rows = (row.object for row in serializers.deserialize("json", file.read_text()))
    with databases.as_superuser(), transaction.atomic():  # as one restores
        for model, objects in groupby(rows, type):
            model._default_manager.bulk_create(list(objects), batch_size=200)
    with databases.as_superuser(), connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), _models()):
            cursor.execute(sql)


def cast():
    """The people and rows of the story, by the names it uses."""
    return Cast(Programme.objects.select_related("ministry", "disburser", "secretariat").order_by("pk")[0])


def fingerprint():
    """Every row of ours, to see whether any has changed; when somebody last logged in does not count."""
    return [list(_rows_of(model)) for model in _models()]


def _rows_of(model):
    names = [field.attname for field in model._meta.concrete_fields if field.name != "last_login"]
    return model._default_manager.order_by("pk").values_list(*names)
