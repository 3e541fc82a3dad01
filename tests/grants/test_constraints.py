"""The database says each row rule again: raw SQL past the acts is refused, on both engines."""

from importlib import import_module

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from grants.lifecycle.payment import Status as PaymentStatus
from grants.lifecycle.requisition import Status as RequisitionStatus
from grants.lifecycle.tranche import Status as TrancheStatus
from records.models import Event
from tests import databases
from tests.factories import at

pytestmark = pytest.mark.django_db


def refused(sql, *parameters):
    with (
        databases.as_superuser(),
        pytest.raises(IntegrityError) as caught,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql, parameters)
    return str(caught.value)


@pytest.mark.parametrize(
    "change",
    [
        "amount = ceiling + 0.01",
        "amount = 0",
        "amount = -1",
        "granted_by_id = prepared_by_id, granted_on = prepared_on",
        "granted_by_id = NULL",
        "granted_on = NULL",
        "prepared_by_id = NULL",
        "status = 'open'",
        "status = 'made-up'",
        "ceiling = -1",
        "used = 100",
    ],
)
def test_a_granted_tranche(change):
    _, row = at.tranche_at(TrancheStatus.GRANTED)
    refused(f"UPDATE grants_tranche SET {change} WHERE id = %s", row.pk)


def test_two_tranches_for_a_place_and_year():
    _, row = at.tranche_at(TrancheStatus.OPEN)
    refused(
        "INSERT INTO grants_tranche (place_id, year_id, assignment_id, ceiling, status, used_reason) "
        "VALUES (%s, %s, %s, 1, 'open', '')",
        row.place_id,
        row.year_id,
        row.assignment_id,
    )


@pytest.mark.parametrize(
    "change",
    ["amount = 0", "approved_by_id = submitted_by_id", "approved_by_id = NULL", "submitted_by_id = NULL"],
)
def test_an_approved_requisition(change):
    _, row = at.requisition_at(RequisitionStatus.APPROVED)
    refused(f"UPDATE grants_requisition SET {change} WHERE id = %s", row.pk)


@pytest.mark.parametrize(
    "change",
    [
        "amount = -5",
        "released_by_id = prepared_by_id",
        "released_by_id = NULL",
        "account_id = NULL",
        "confirmed_by_id = released_by_id",
        "value_date = NULL",
        "batch_id = NULL",
    ],
)
def test_a_paid_payment(change):
    _, row = at.payment_at(PaymentStatus.PAID)
    refused(f"UPDATE grants_payment SET {change} WHERE id = %s", row.pk)


def test_two_payments_of_one_requisition():
    _, row = at.payment_at(PaymentStatus.PREPARED)
    refused(
        "INSERT INTO grants_payment (requisition_id, amount, end_to_end, status, prepared_by_id, "
        "prepared_on, evidence, failed_reason) VALUES (%s, 1, 'another', 'prepared', %s, %s, '', '')",
        row.requisition_id,
        row.prepared_by_id,
        "2018-11-01",
    )


def test_an_account_verified_by_the_one_who_entered_it():
    _, row = at.payment_at(PaymentStatus.RELEASED)
    refused("UPDATE grants_paymentaccount SET verified_by_id = entered_by_id WHERE id = %s", row.account_id)


def test_an_offer_in_force_without_an_answer():
    _, row = at.assignment_at("in_force")
    refused("UPDATE grants_assignment SET answered_on = NULL, answered_by_id = NULL WHERE id = %s", row.pk)


def test_a_second_holder_of_a_place():
    _, row = at.assignment_at("offered")
    refused(
        "INSERT INTO grants_assignment (place_id, holder_id, decision_id, instrument, starts, status, "
        "answered_late, answered_sha256, reason) VALUES (%s, %s, %s, 'offer', '2018-07-12', 'offered', "
        "%s, '', '')",
        row.place_id,
        row.holder_id,
        row.decision_id,
        False,
    )


def test_no_guard_was_lost_when_a_table_was_made_anew():
    """SQLite changes a table by copying it, and forgets its triggers."""
    names = {
        "postgresql": "SELECT tgname FROM pg_trigger",
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    }
    with connection.cursor() as cursor:
        cursor.execute(names[connection.vendor])
        found = {name for (name,) in cursor.fetchall()}
    kept = {f"grants_{table}_kept" for table in import_module("grants.migrations.0002_rows_kept").KEPT}
    stay = {f"reporting_{table}_stays" for table, *_ in import_module("reporting.migrations.0002_kept").STAYS}
    assert len(kept) == 16
    assert kept | stay | {"grants_paymentbatch_bytes", "grants_bankfile_bytes"} <= found
    only = {
        f"{table}_{mark}"
        for table in (
            "actors_event",
            "grants_registration",
            "reporting_ledgercheck",
            "reporting_reportversion",
        )
        for mark in (("append_only",) if connection.vendor == "postgresql" else ("no_UPDATE", "no_DELETE"))
    }
    assert only <= found


@pytest.mark.parametrize(
    "table", ["tranche", "requisition", "payment", "paymentbatch", "paymentbatchline", "paymentaccount"]
)
def test_money_rows_are_never_deleted(table):
    at.payment_at(PaymentStatus.PAID)
    assert "never deleted" in refused(f"DELETE FROM grants_{table}")


@pytest.mark.parametrize("statement", ["UPDATE actors_event SET verb = 'x'", "DELETE FROM actors_event"])
def test_the_trail_is_append_only(statement):
    at.assignment_at("in_force")
    before = Event.objects.count()
    assert "append-only" in refused(statement)
    assert Event.objects.count() == before


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="PostgreSQL's own guard")
@pytest.mark.parametrize(
    ("at_status", "sql"),
    [
        (
            "requisition",
            "UPDATE grants_requisition SET amount = amount + 1",
        ),
        ("payment", "UPDATE grants_payment SET amount = amount + 1"),
    ],
)
def test_postgresql_guards_what_spans_rows(at_status, sql):
    if at_status == "requisition":
        at.requisition_at(RequisitionStatus.SUBMITTED)
    else:
        at.payment_at(PaymentStatus.EXPORTED)
    refused(sql)


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="PostgreSQL's own guard")
def test_appointments_never_overlap():
    walk, row = at.assignment_at("in_force")
    insert = (
        "INSERT INTO grants_coordinator (assignment_id, name, email, phone, phone_public, share, function, "
        "starts, ends, appointed_by_id) VALUES (%s, 'A', 'a@b.example', '', %s, 100, 'ordinary', %s, %s, %s)"
    )
    person = walk.signatory(row.holder).pk
    with connection.cursor() as cursor:
        cursor.execute(insert, (row.pk, False, "2018-08-01", "2018-08-31", person))
    refused(insert, row.pk, False, "2018-08-31", "2018-09-30", person)


def test_a_database_error_is_what_is_caught():
    """The helper above would be worthless if any statement passed it."""
    with pytest.raises(pytest.fail.Exception):
        refused("SELECT 1")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT nothing FROM nowhere")
