"""Every version that has landed is upgraded, on both engines, as an installation is; or refused in a sentence, untouched.

What was played in it goes on: every page opens, the story's people act on, and random histories of the money are begun in it.
"""

import datetime
import random
from collections import Counter
from dataclasses import dataclass

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.urls import reverse

from access.actions import memberships
from digikoord import daily
from digikoord.backups import facts
from digikoord.database import known
from digikoord.lib.clock import standing_at
from digikoord.lib.verdict import Refused
from digikoord.rehearsal import player
from digikoord.rehearsal.people import person
from duties.models import Obligation
from grants.actions import bank_details, bank_lines
from grants.models import BankFileLine, Handled
from overview.selectors import proof
from programmes.models import Programme
from records.happened import KNOWN
from records.models import Event
from tests import databases, loans
from tests.factories import money_world, played
from tests.factories.compilation_doors import DOORS
from tests.factories.money_bank import DRAWN, SELDOM
from tests.factories.walk import Walk
from tests.test_money_machine import at_the_end_of_a_transaction
from tests.test_permission_matrix import MATRIX, name_of, people

from . import landed, pressing

pytestmark = pytest.mark.both_engines
UPGRADED = [day for day, refused in landed.LANDED.items() if not refused]
SPRING = datetime.date(2019, 5, 6)
STEPS = 150
TOLD = set()  # the kinds of acts that were done in the upgraded database
# What asks for more than a page's own values: a file, a programme loaded, another day, or a matter in another state.
UNTOLD = {
    "assignment.concluded",
    "assignment.given",
    "assignment.offered",
    "assignment.transferred",
    "bank_file.deposit_handled",
    "bank_file.line_set_aside",
    "calendar_address.revoked",
    "claim.adjusted",
    "claim.credited",
    "claim.deferred",
    "compilation.begun",
    "extension.asked",
    "extension.lapsed",
    "fact_check.asked",
    "programme.loaded",
    "report.registered",
    "requisition.fell_away",
    "requisition.registered",
    "tranche.ceiling_changed",
    "tranche.reserved",
    "year.day_changed",
    "membership.offer_withdrawn",
    "programme.ended",
    "tranche.charged",
    "tranche.released",
}
COLUMNS = """
    SELECT table_name || '.' || column_name, data_type, is_nullable = 'YES' OR column_default IS NOT NULL OR is_identity = 'YES'
    FROM information_schema.columns WHERE table_schema = 'public'
"""


@dataclass(frozen=True)
class Before:
    """What the version's database held, and which guards one has that this version made from nothing."""

    rows: dict
    columns: dict
    guards: dict


def columns():
    """{table.column: (type, whether a row may be written without it)}"""
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS)
        return {name: rest for name, *rest in cursor.fetchall()}


@pytest.fixture(scope="module", params=UPGRADED)
def upgraded(request, django_db_setup, django_db_blocker, tmp_path_factory):
    """The version's database, brought up to date by `prepare`. Gives what was in it before, and what a new one has."""
    with django_db_blocker.unblock():
        of_a_new_one = facts.guards()
        with landed.laid_up(request.param, tmp_path_factory.mktemp("var")) as manage:
            with databases.as_superuser():
                before = Before(
                    facts.rows(), columns() if connection.vendor == "postgresql" else {}, of_a_new_one
                )
            connection.close()
            done = manage("prepare")
            assert done.returncode == 0, done.stderr
            yield before


@pytest.fixture(scope="module")
def operated(upgraded):
    """What people do first after the upgrade: the authority's organisation number is asked for since."""
    with standing_at(played.MID_STORY):
        cast = played.cast()
        row = bank_details.of(cast.programme)
        known = {"debit_giro": row.debit_giro, "debit_number": row.debit_number, "bic": row.bic}
        bank_details.enter(cast.programme, by=cast.payer(), org_nr="202100-3831", **known)
        bank_details.confirm(bank_details.of(cast.programme), by=cast.other_payer())


def told_since(last):
    """The verbs of what was done since the event of that key."""
    return set(Event.objects.filter(pk__gt=last).values_list("verb", flat=True))


def differences():
    return [str(row) for programme in Programme.objects.all() for row in proof.prove(programme).differences]


def test_nothing_is_lost_and_the_books_balance(upgraded):
    now = facts.rows()
    machine = {"django_migrations", "django_content_type", "auth_permission"}
    assert {
        name: count for name, count in upgraded.rows.items() if now[name] != count and name not in machine
    } == {}
    assert facts.guards() == upgraded.guards
    assert known.fault(connection) == ""
    assert differences() == []


def test_the_web_of_the_version_before_goes_on_reading_and_writing(upgraded):
    """No column of its has gone or changed, and a row without the new ones is a row."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one process")
    before, now = upgraded.columns, columns()
    assert {name: now.get(name) for name, kind in before.items() if now.get(name, [None])[0] != kind[0]} == {}
    tables = {name.split(".")[0] for name in before}
    new = {name for name in now if name not in before and name.split(".")[0] in tables}
    assert {name for name in new if not now[name][1]} == set()
    assert {name for name in before if before[name][1] and not now[name][1]} == set()


def test_every_page_opens_after_the_acts_that_lead_to_it(operated, settings, subtests):
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
    settings.CELERY_BROKER_URL = "files://localhost"
    last = Event.objects.latest("pk").pk
    with standing_at(played.MID_STORY):
        for line, answers in MATRIX.items():
            with subtests.test(line), loans.lent():
                cast = played.cast()
                door = DOORS[line](cast)
                role = next((role for role in answers if answers[role] == "yes"), None)
                if role is None or door.post is not None:
                    continue
                client = Client()
                user = people(cast, door.holder)[role]
                if user:
                    client.force_login(user)
                url = reverse(name_of(line), kwargs=door.kwargs)
                shown = client.get(url)
                assert shown.status_code == 200
                form = pressing.filled_in(shown)
                if form is not None:
                    assert client.post(*form).status_code in (200, 302, 403, 422)
                    at_the_end_of_a_transaction()
                TOLD.update(told_since(last))


def test_the_story_goes_on_from_where_it_stood(operated):
    last = Event.objects.latest("pk").pk
    with loans.lent():
        player.play_on(SPRING)
        at_the_end_of_a_transaction()
        assert differences() == []
        told = told_since(last)
    TOLD.update(told)
    assert told >= {
        "assignment.accepted",
        "account.entered",
        "account.verified",
        "coordinator.appointed",
        "tranche.prepared",
        "tranche.granted",
        "requisition.approved",
        "payment.released",
        "payment.exported",
        "payment.confirmed",
        "bank_file.answer_taken_in",
        "report.submitted",
        "report.approved",
        "tranche.account_accepted",
        "tranche.closed",
        "tranche.settled",
        "claim.received",
        "extension.refused",
        "compilation.established",
        "compilation.delivered",
        "compilation.acknowledged",
    }


def test_a_line_of_the_bank_that_waited_is_somebodys_duty_and_is_settled(operated):
    with loans.lent(), standing_at(played.MID_STORY + datetime.timedelta(days=1)):
        duties = Obligation.objects.open().filter(kind="settle_bank_lines")
        assert duties.count() <= 1, "a version since the duty was there has it already"
        daily.run(strict=True)
        assert duties.count() == 1
        (line,) = BankFileLine.objects.waiting()
        payer = person("ekonom2", played.cast().programme.disburser.code)
        bank_lines.say(line, by=payer, how=Handled.SENT_BACK, note="Återsänt", evidence="Kontoutdrag 7")
        assert not duties.exists()
        assert differences() == []


def test_random_acts_on_its_money_keep_the_books(operated):
    """What is allowed is done, what is not is refused, and the rows that were there take it."""
    done, chance, last = Counter(), random.Random(11), Event.objects.latest("pk").pk
    with loans.lent():
        programme = played.cast().programme
        with standing_at(played.MID_STORY):
            for role in money_world.STATE_ROLES:
                memberships.invite(
                    programme.ministry, email="allt@departement.example", name="Alla Roller", role=role
                )
        world = money_world.World(Walk(programme, played.MID_STORY))
        world.day, world.choose = played.MID_STORY, lambda most: chance.randint(0, most)
        for _step in range(STEPS):
            name = world.likely(chance.choice(DRAWN + SELDOM * 4))
            try:
                with transaction.atomic():
                    done[name] += bool(world.act(name))
                    at_the_end_of_a_transaction()
            except (Refused, ValidationError):
                done["refused"] += 1
        assert differences() == []
        TOLD.update(told_since(last))
    assert sum(done.values()) - done["refused"] > STEPS / 6, done


def test_nearly_every_kind_of_act_was_done(operated):
    """By those above, in a database of the version. What is told of at loading and by its own tests is left."""
    kinds = set(KNOWN)
    assert kinds - TOLD <= UNTOLD, " ".join(sorted(kinds - TOLD - UNTOLD))


# --- What no version of ours left


@pytest.mark.parametrize("day", [day for day, refused in landed.LANDED.items() if refused])
def test_a_version_that_cannot_be_upgraded_is_left_as_it_is(
    day, django_db_setup, django_db_blocker, tmp_path
):
    with django_db_blocker.unblock(), landed.laid_up(day, tmp_path) as manage, databases.as_superuser():
        before = facts.rows(), facts.guards()
        connection.close()
        for command in ("prepare", "migrate"):
            done = manage(command)
            assert done.returncode == 1
            assert landed.LANDED[day] in done.stderr
            assert "Ingenting har ändrats" in done.stderr
            assert "Traceback" not in done.stderr
        assert (facts.rows(), facts.guards()) == before
    connection.close()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (("grants", "9999_later"), "senare eller okänd version.*grants.9999_later"),
        (("another_product", "0001_initial"), "senare eller okänd version"),
    ],
)
def test_a_migration_that_is_not_ours_is_refused(upgraded, spoil, said):
    with loans.lent(), databases.as_superuser():
        MigrationRecorder(connection).record_applied(*spoil)
        with pytest.raises(Exception, match=said):
            known.require(connection)


def test_so_is_a_part_of_what_was_retold_and_a_hole(upgraded):
    recorder = MigrationRecorder(connection)
    for gone, said in (
        (("actors", "0010_duties_given"), "äldre version"),
        (("grants", "0020_bank_lines"), "bygger på"),
    ):
        with loans.lent(), databases.as_superuser():
            recorder.record_unapplied(*gone)
            with pytest.raises(Exception, match=said):
                known.require(connection)


def test_and_tables_that_are_lost_or_have_no_version(upgraded):
    with loans.lent(), databases.as_superuser(), connection.cursor() as cursor:
        cursor.execute(
            "DROP TABLE actors_apponly" + (" CASCADE" if connection.vendor == "postgresql" else "")
        )
        assert "saknar tabeller som den borde ha (actors_apponly)" in known.fault(connection)
    with loans.lent(), databases.as_superuser():
        MigrationRecorder.Migration.objects.all().delete()
        assert "inte vilken version" in known.fault(connection)
