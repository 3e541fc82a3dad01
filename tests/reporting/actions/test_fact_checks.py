"""Fact check: from a page that is sent out to an answer that is considered."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction

from digikoord.lib.plain import sha256_of, shaped
from digikoord.lib.verdict import Refused
from digikoord.rehearsal import compilation_scenes
from duties.models import Obligation
from records.models import Event
from reporting.actions import compilations, fact_checks, renderings
from reporting.lifecycle.fact_check import Status
from reporting.models import CompilationVersion, FactCheck, Purpose
from reporting.selectors.compiled import Seat
from tests.factories.compilation_doors import not_laid_out

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(cast):
    """The one that nobody has answered on 20 March."""
    return FactCheck.objects.get(status=Status.ASKED)


def duty(kind, check):
    return Obligation.objects.open().filter(kind=kind, key=check.subject().key)


def test_what_was_sent_is_kept_with_its_fingerprint(asked):
    seat = shaped(Seat, asked.data)
    assert seat.code == asked.place.code
    assert seat.content, "the actor reads what it reported"
    assert asked.sha256 == sha256_of(asked.data)


def test_confirming_ends_the_duty(cast, asked):
    assert duty("check_facts", asked).get().act_by == datetime.date(2019, 3, 22)
    fact_checks.confirm(asked, by=cast.signatory(asked.holder))
    assert not duty("check_facts", asked).exists()
    assert Event.objects.filter(verb="fact_check.confirmed", key=asked.subject().key).exists()


def test_an_objection_is_a_duty_of_those_who_compile(cast, asked):
    with pytest.raises(Refused):
        fact_checks.object_(asked, by=cast.case_officer(), answer="Fel.")
    fact_checks.object_(asked, by=cast.writer(asked.holder), answer="Beloppet är fel.")
    owed = duty("handle_objection", asked).get()
    assert owed.debtor == cast.programme.secretariat
    fact_checks.handle(asked, by=cast.case_officer(), handling="Rättat i redovisningen.")
    assert not duty("handle_objection", asked).exists()
    with pytest.raises(Refused):
        fact_checks.confirm(asked, by=cast.writer(asked.holder))


def test_the_page_of_a_report_that_is_not_approved_is_not_sent(cast):
    version = CompilationVersion.objects.get()
    with pytest.raises(Refused, match="inte godkänd"):
        fact_checks.ask_many(
            version,
            by=cast.case_officer(),
            tranches=[cast.tranche("19", 2018)],
            due=datetime.date(2019, 3, 25),
        )


def test_a_day_that_has_passed_is_refused(cast):
    version = CompilationVersion.objects.get()
    with pytest.raises(Refused, match="efter idag"):
        fact_checks.ask_many(version, by=cast.case_officer(), tranches=[], due=datetime.date(2019, 3, 20))


def test_a_withdrawn_page_can_be_sent_again(cast, asked):
    fact_checks.withdraw(asked, by=cast.case_officer(), reason="Sidan är ändrad.")
    assert not duty("check_facts", asked).exists()
    due = datetime.date(2019, 3, 25)
    again = fact_checks.ask_many(
        asked.version, by=cast.case_officer(), tranches=[cast.tranche(asked.place.code, 2018)], due=due
    )
    assert duty("check_facts", again[0]).get().due == due


def test_silence_blocks_nothing_and_is_over_when_the_version_is_established(cast, asked):
    rendering = renderings.request(asked.version, by=cast.case_officer(), purpose=Purpose.FINAL)
    renderings.render(rendering, not_laid_out)
    compilation_scenes.establish(cast, 2018)
    asked.refresh_from_db()
    assert asked.status == Status.WITHDRAWN
    assert not duty("check_facts", asked).exists()


@pytest.mark.parametrize("change", ["data = '{}'", "sha256 = 'x'"])
def test_the_database_keeps_what_was_sent(asked, change):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE reporting_factcheck SET {change} WHERE id = {asked.pk}")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM reporting_factcheck WHERE id = {asked.pk}")


def test_those_who_wrote_the_same_chapter_are_told(cast):
    version = CompilationVersion.objects.get()
    with pytest.raises(Refused, match="Någon annan sparade"):
        compilations.write(version, by=cast.case_officer(), chapter="summary", text="Ny", edition=0)
