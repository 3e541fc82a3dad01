"""A rehearsal stays one: no row that is deleted or changed makes invented payments real."""

import datetime

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection, transaction

from digikoord.checks import no_rehearsal_in_production
from digikoord.models import RehearsalMark, Stage
from digikoord.stage import on_stage
from tests import databases

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]
REFUSED = (
    "DELETE FROM digikoord_stage",
    "UPDATE digikoord_stage SET rehearsal = false, today = NULL",
    "UPDATE digikoord_stage SET id = 2",
    "DELETE FROM digikoord_rehearsalmark",
    "UPDATE digikoord_rehearsalmark SET about = 'x'",
)


@pytest.fixture
def rehearsed():
    Stage.objects.create(pk=1, rehearsal=True, today=datetime.date(2019, 3, 20))
    RehearsalMark.put("databasen", "program rdk-2018")


@pytest.mark.parametrize("statement", REFUSED)
def test_the_database_keeps_each_mark(rehearsed, statement):
    """Whoever writes it: the owner meets the guards too."""
    said = pytest.raises(DatabaseError, match="a rehearsal stays a rehearsal")
    with databases.as_superuser(), said, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_stage_still_moves(rehearsed):
    Stage.objects.update(today=datetime.date(2019, 3, 21))
    assert Stage.current().today == datetime.date(2019, 3, 21)


def test_marks_are_put_once(rehearsed):
    RehearsalMark.put("databasen")
    assert RehearsalMark.objects.count() == 2


@pytest.mark.parametrize("lost", [Stage, RehearsalMark])
def test_either_mark_is_enough(rehearsed, lost, settings, client):
    _lose(lost)
    settings.PRODUCTION = True
    (error,) = no_rehearsal_in_production(databases=["default"])
    assert error.id == "digikoord.E001"
    with pytest.raises(ImproperlyConfigured, match="övning"), on_stage():
        pass
    settings.PRODUCTION = False
    assert "ÖVNING – PÅHITTADE UPPGIFTER" in client.get("/kontakt/").content.decode()


def _lose(model):
    """As somebody with the server's own hands could."""
    if connection.vendor == "postgresql":
        with databases.without_guards():
            model.objects.all().delete()
        return
    table = model._meta.db_table
    names = ("stays", "kept") if model is Stage else ("no_UPDATE", "no_DELETE")
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"DROP TRIGGER {table}_{name}")
    model.objects.all().delete()


def test_real_operation_is_not_marked():
    assert not Stage.current().rehearsal
    Stage.objects.create(pk=1)
    assert not Stage.current().rehearsal
