"""PostgreSQL holds the two sides of a payment, the way back and the stopped account: raw SQL is refused."""

import itertools

import pytest
from django.db import IntegrityError, connection, transaction

from digikoord.lib.clock import standing_at
from grants import four_eyes
from grants.actions import payment_returns, payments
from grants.four_eyes import SIDES, Step
from grants.lifecycle.payment import Status
from grants.models import AccountStop, AccountVerification, Payment, PaymentStep
from tests.factories import at

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="PostgreSQL's own guard"),
]
NOW = "SET CONSTRAINTS ALL IMMEDIATE"
STEP = (
    'INSERT INTO grants_paymentstep (requisition_id, payment_id, end_to_end, step, side, person_id, "on") '
    "VALUES (%s, %s, %s, %s, %s, %s, '2018-11-01')"
)


def run(*statements):
    with transaction.atomic(), connection.cursor() as cursor:
        for sql, *parameters in statements:
            cursor.execute(sql, parameters)
        cursor.execute(NOW)
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def refused(said, *statements):
    with pytest.raises(IntegrityError, match=said):
        run(*statements)


def step(row, one, person, attempt="FÖRSÖK-1"):
    return (STEP, row.requisition_id, row.pk, attempt, str(one), str(SIDES[one]), person.pk)


@pytest.mark.parametrize(("one", "other"), list(itertools.product(Step, Step)))
def test_the_database_holds_exactly_the_table(one, other):
    """Every pair of steps of one person, in two attempts: refused where the table says so, and only there."""
    walk, row = at.payment_at(Status.PREPARED)
    stranger = walk.payer(9)
    both = [step(row, one, stranger), step(row, other, stranger, "FÖRSÖK-2")]
    if {one, other} == four_eyes.ON_ONE_SIDE:  # that pair is a constraint of the requisition's own row
        run(*both)
        refused("requisition_four_eyes", ("UPDATE grants_requisition SET submitted_by_id = approved_by_id",))
    elif four_eyes.apart(one, other):
        refused("payment_step_one_side", *both)
    else:
        run(*both)


def test_a_step_stands_on_its_own_side_of_its_own_payment():
    walk, row = at.payment_at(Status.PREPARED)
    wrong = (STEP, row.requisition_id, row.pk, "X", "released", "preparing", walk.payer(9).pk)
    refused("payment_step_on_its_side", wrong)
    refused("append-only", ("UPDATE grants_paymentstep SET person_id = %s", walk.payer(9).pk))
    refused("append-only", ("DELETE FROM grants_paymentstep",))


def as_released(row, person):
    return (
        "UPDATE grants_payment SET status = 'released', released_by_id = %s, released_on = '2018-11-01', "
        "account_id = (SELECT max(id) FROM grants_paymentaccount) WHERE id = %s",
        person.pk,
        row.pk,
    )


def test_an_approver_is_no_releaser():
    walk, row = at.payment_at(Status.PREPARED)
    drop = ("ALTER TABLE grants_payment DROP CONSTRAINT payment_four_eyes",)
    with connection.cursor() as cursor:
        cursor.execute(NOW)
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    run(drop)
    refused("both sides", as_released(row, walk.official(2)))
    refused("who approved", ("UPDATE grants_requisition SET approved_by_id = %s", walk.payer(9).pk))


def test_nor_is_who_entered_the_account_nor_who_corrected_an_earlier_attempt():
    walk, row = at.payment_at(Status.EXPORTED)
    with standing_at(at.PAYING):
        payments.fail(row, by=walk.payer(3), reason="Avvisad.")
        payments.correct(Payment.objects.get(), by=walk.official(), reason="Nytt försök.")
    row = Payment.objects.get()
    refused("both sides", as_released(row, walk.signatory(row.tranche.holder)))
    refused("both sides", as_released(row, walk.official(2)))
    prepared = ("UPDATE grants_payment SET prepared_by_id = %s", walk.payer(2).pk)
    refused("both sides", prepared)


def test_a_release_is_told_in_the_chain():
    walk, row = at.payment_at(Status.PREPARED)
    refused("chain of people is not told", as_released(row, walk.payer(9)))
    refused(
        "chain of people is not told", ("UPDATE grants_payment SET prepared_by_id = %s", walk.payer(9).pk)
    )


def test_whoever_released_confirms_and_answers_nothing():
    walk, row = at.payment_at(Status.EXPORTED)
    confirmed = "UPDATE grants_payment SET status = 'paid', value_date = '2018-11-01', confirmed_by_id = %s"
    with connection.cursor() as cursor:
        cursor.execute(NOW)
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    run(("ALTER TABLE grants_payment DROP CONSTRAINT payment_confirmed_by_another",))
    refused("confirmed by who released", (confirmed, walk.payer(2).pk))
    file = (
        "INSERT INTO grants_bankfile (programme_id, kind, batch_id, message_id, name, content, sha256, bank, "
        "imported_by_id, imported_on) VALUES (%s, 'answer', %s, 'M', 'n', 'x', 'y', '', %s, '2018-11-01')"
    )
    refused("answered by who released", (file, walk.programme.pk, row.batch_id, walk.payer(2).pk))
    run((file, walk.programme.pk, row.batch_id, walk.payer(3).pk))


def test_an_answer_to_a_file_that_was_not_handed_out():
    walk, row = at.payment_at(Status.RELEASED)
    with standing_at(at.PAYING):
        at.bank_details(walk)
        batch = payments.export(walk.programme, by=walk.payer(2), payments=[row])
    file = (
        "INSERT INTO grants_bankfile (programme_id, kind, batch_id, message_id, name, content, sha256, bank, "
        "imported_by_id, imported_on) VALUES (%s, 'answer', %s, 'M', 'n', 'x', 'y', '', %s, '2018-11-01')"
    )
    refused("never handed out", (file, walk.programme.pk, batch.pk, walk.payer(3).pk))


# The way back


def test_paid_goes_back_only_with_who_when_and_why():
    _, row = at.payment_at(Status.PAID)
    refused("who, when and why", ("UPDATE grants_payment SET status = 'returned'",))
    refused("cannot go from paid", ("UPDATE grants_payment SET status = 'prepared', end_to_end = 'X'",))
    refused("cannot go from paid", ("UPDATE grants_payment SET status = 'cancelled'",))
    assert Payment.objects.get(pk=row.pk).status == Status.PAID


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("status = 'paid'", "cannot go from returned"),
        ("status = 'exported'", "cannot go from returned"),
        ("status = 'prepared'", "new identity"),
        ("value_date = '2018-12-01'", "paid, once"),
        ("status = 'cancelled', end_to_end = 'X'", "paid, once"),
    ],
)
def test_what_came_back_is_corrected_or_cancelled(change, said):
    walk, row = at.payment_at(Status.PAID)
    with standing_at(at.PAYING):
        payment_returns.bring_back(row, by=walk.payer(3), on=at.PAYING, reason="Åter.")
    refused(said, (f"UPDATE grants_payment SET {change}",))
    refused("append-only", ("UPDATE grants_paymentreturn SET reason = 'annat'",))


@pytest.mark.parametrize("status", [Status.PREPARED, Status.EXPORTED])
def test_nothing_else_is_a_return(status):
    at.payment_at(status)
    changed = "UPDATE grants_payment SET status = 'returned', value_date = '2018-11-01', confirmed_by_id = 1"
    refused(f"cannot go from {status}", (changed,))


# Stopped accounts


def stop(walk, row):
    return AccountStop.objects.create(
        account=row.account,
        payment=row,
        code="AC04",
        cause="Avslutat.",
        stopped_on=at.PAYING,
        stopped_by=walk.payer(3),
    )


def test_nothing_is_exported_or_released_to_a_stopped_account():
    walk, row = at.payment_at(Status.RELEASED)
    stop(walk, row)
    refused("a stopped account", ("UPDATE grants_payment SET status = 'exported', batch_id = NULL",))
    with standing_at(at.PAYING):
        payments.hold(row, by=walk.payer(3), reason="Spärrat.")
    refused("a stopped account", as_released(row, walk.payer(2)))


def test_a_stop_is_lifted_once_by_a_new_verification_and_never_changed_or_deleted():
    walk, row = at.payment_at(Status.RELEASED)
    held = stop(walk, row)
    refused("only lifted, once", ("UPDATE grants_accountstop SET cause = 'annat'",))
    refused("never deleted", ("DELETE FROM grants_accountstop",))
    told = (
        "INSERT INTO grants_accountverification (account_id, verified_by_id, verified_on, evidence_kind, evidence) "
        "VALUES (%s, %s, '2018-11-01', 'register', 'Registret igen')"
    )
    for same in (walk.payer(2), walk.signatory(row.tranche.holder)):
        refused("by the same person", (told, row.account_id, same.pk))
    run((told, row.account_id, walk.payer(3).pk))
    anew = AccountVerification.objects.get()
    run(("UPDATE grants_accountstop SET lifted_id = %s WHERE id = %s", anew.pk, held.pk))
    refused("only lifted, once", ("UPDATE grants_accountstop SET lifted_id = NULL",))


@pytest.mark.parametrize(
    "change", ["number = '5050-1055'", "giro = 'plusgiro'", "entered_by_id = 1", "verified_by_id = 1"]
)
def test_an_accounts_number_and_who_verified_it_are_never_changed(change):
    at.payment_at(Status.RELEASED)
    refused("never changed", (f"UPDATE grants_paymentaccount SET {change}",))


def test_the_steps_of_every_attempt_stay():
    walk, row = at.payment_at(Status.EXPORTED)
    with standing_at(at.PAYING):
        payments.fail(row, by=walk.payer(3), reason="Avvisad.")
        payments.correct(Payment.objects.get(), by=walk.official(), reason="Nytt försök.")
    told = list(PaymentStep.objects.order_by("pk").values_list("step", flat=True))
    sent = ["submitted", "approved", "prepared", "entered_account", "verified_account", "released"]
    assert told == [*sent, "corrected"]
