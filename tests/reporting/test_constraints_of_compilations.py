"""What is established never changes and no version is deleted, whatever code is written: on both engines."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction

from digikoord.lib.clock import standing_at
from grants.models import ProgrammeYear
from reporting.actions import compilations, renderings
from reporting.models import CompilationVersion, Purpose
from tests.factories.compilation_doors import not_laid_out

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("here")]


@pytest.fixture
def version(municipalities):
    year = ProgrammeYear.objects.get(programme=municipalities.programme, year=2022)
    return compilations.begin(year, by=municipalities.compiler())


@pytest.fixture
def established(municipalities, version):
    rendering = renderings.request(version, by=municipalities.compiler(), purpose=Purpose.FINAL)
    renderings.render(rendering, not_laid_out)
    version.refresh_from_db()
    return compilations.establish(version, by=municipalities.head(), sha256=version.sha256)


def refused(sql, *values):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
    return True


@pytest.mark.parametrize(
    ("column", "value"),
    [("data", "{}"), ("pdf", b"%PDF"), ("sha256", "0"), ("texts", "{}"), ("picked", "[]"), ("number", 7)],
)
def test_nothing_of_an_established_version_changes(established, column, value):
    assert refused(
        f"UPDATE reporting_compilationversion SET {column} = %s WHERE id = %s",
        '{"summary": "x"}' if column == "texts" else value,
        established.pk,
    )


def test_it_can_still_be_delivered(established):
    with standing_at(datetime.date(2023, 3, 2)):
        rows = CompilationVersion.objects.filter(pk=established.pk)
        assert rows.update(recipient="Provdepartementet") == 1


@pytest.mark.parametrize("state", ["version", "established"])
def test_no_version_is_deleted(state, request):
    row = request.getfixturevalue(state)
    assert refused("DELETE FROM reporting_compilationversion WHERE id = %s", row.pk)


def test_a_draft_is_written_on(version):
    assert CompilationVersion.objects.filter(pk=version.pk).update(texts={"summary": "Ny"}) == 1
