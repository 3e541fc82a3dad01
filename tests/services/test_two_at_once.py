"""Two connections past the acts, each right alone and wrong together: PostgreSQL lets one of them through."""

import contextlib
import threading

import psycopg2
import pytest
from django.db import connection

from grants.lifecycle.payment import Status as PaymentStatus
from grants.lifecycle.tranche import Status as TrancheStatus
from grants.models import ClaimEntry, Payment, PaymentBatch, PaymentStep, RepaymentClaim, Requisition
from tests.factories import at


@pytest.fixture
def two(postgresql):
    """two(first, second): both begun before either is committed. Gives what stopped each, or None."""
    settings = connection.settings_dict
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}

    def opened():
        return contextlib.closing(psycopg2.connect(**{name: settings[key] for name, key in names.items()}))

    def run(database, sql, parameters, met):
        try:
            with database.cursor() as cursor:
                cursor.execute(sql, parameters)
                met.wait(timeout=1)
            database.commit()
        except threading.BrokenBarrierError:  # the other one waits for our lock, so we go on
            with contextlib.suppress(psycopg2.Error):
                database.commit()
        except psycopg2.Error as error:
            return str(error)
        return None

    def together(first, second):
        met, stopped = threading.Barrier(2), [None, None]

        def one(number, database, statement):
            stopped[number] = run(database, *statement, met)

        with opened() as a, opened() as b:
            threads = [
                threading.Thread(target=one, args=(number, database, statement))
                for number, (database, statement) in enumerate([(a, first), (b, second)])
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(timeout=20)
        return stopped

    return together


def one_through(stopped, said):
    [refusal] = [row for row in stopped if row]
    assert said in refusal


def test_two_requisitions_of_the_same_money(two):
    walk, row = at.tranche_at(TrancheStatus.GRANTED)
    person = walk.signatory(row.holder).pk
    insert = (
        "INSERT INTO grants_requisition (tranche_id, amount, reference, status, written_by_id, submitted_by_id, "
        "submitted_on, received_late, returned_reason) VALUES (%s, 300000, '', 'submitted', %s, %s, "
        "'2018-11-01', false, '')",
        (row.pk, person, person),
    )
    one_through(two(insert, insert), "requisitioned more than granted")
    assert Requisition.objects.count() == 1


def test_two_receipts_of_the_same_debt(two):
    walk, payment = at.payment_at(PaymentStatus.PAID)
    person = walk.payer().pk
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE grants_tranche SET used = 400000, used_by_id = %s, used_on = '2019-02-01', status = 'closed' "
            "WHERE id = %s",
            (person, payment.tranche.pk),
        )
    claims = [
        RepaymentClaim.objects.create(
            tranche=payment.tranche,
            kind=kind,
            amount=100_000,
            due="2019-03-31",
            reference=kind,
            opened_by_id=person,
            opened_on="2019-02-01",
        )
        for kind in ("unspent", "recovery")
    ]
    inserts = [
        (
            'INSERT INTO grants_claimentry (claim_id, kind, amount, "on", legal_basis, note, registered_by_id, '
            "registered_on) VALUES (%s, 'receipt', 60000, '2019-03-01', '', '', %s, '2019-03-01')",
            (claim.pk, person),
        )
        for claim in claims
    ]
    one_through(two(*inserts), "repaid and waived more than was paid and not used")
    assert ClaimEntry.objects.count() == 1


@pytest.mark.parametrize(
    "second",
    [
        "UPDATE grants_paymentaccount SET status = 'replaced' WHERE status = 'verified' AND pg_sleep(0.2) IS NOT NULL",
        "UPDATE grants_requisition SET status = 'cancelled' WHERE status = 'approved' AND pg_sleep(0.2) IS NOT NULL",
        "SELECT 1",
    ],
)
def test_a_release_while_what_it_rests_on_is_taken_away(two, second):
    """Whoever comes first: no released payment rests on an account or a requisition that is gone."""
    walk, row = at.payment_at(PaymentStatus.PREPARED)
    account = row.live_account.pk
    told = (
        "WITH told AS (INSERT INTO grants_paymentstep (requisition_id, payment_id, end_to_end, step, side, person_id, "
        'account_id, "on") SELECT p.requisition_id, p.id, p.end_to_end, t.step, t.side, t.person, t.account, '
        "'2018-11-01' FROM grants_payment p, (SELECT 'entered_account' AS step, 'preparing' AS side, entered_by_id AS "
        "person, id AS account FROM grants_paymentaccount UNION ALL SELECT 'verified_account', 'releasing', "
        f"verified_by_id, id FROM grants_paymentaccount UNION ALL SELECT 'released', 'releasing', {walk.payer(3).pk}, "
        "NULL) t) "
    )
    release = (
        f"{told}UPDATE grants_payment SET status = 'released', released_by_id = %s, released_on = '2018-11-01', "
        "account_id = %s WHERE id = %s",
        (walk.payer(3).pk, account, row.pk),
    )
    two(release, (second, ()))
    row = Payment.objects.select_related("requisition", "account").get(pk=row.pk)
    assert second != "SELECT 1" or row.status == PaymentStatus.RELEASED, "alone it goes through"
    if row.status == PaymentStatus.RELEASED:
        assert row.requisition.status == "approved"
    else:
        assert row.status == PaymentStatus.PREPARED
        assert row.account is None


def test_one_person_takes_a_step_on_either_side(two):
    """In two transactions that do not see each other: a preparing step in one, a releasing step in the other."""
    walk, row = at.payment_at(PaymentStatus.PREPARED)
    insert = (
        'INSERT INTO grants_paymentstep (requisition_id, payment_id, end_to_end, step, side, person_id, "on") '
        "VALUES (%s, %s, 'FÖRSÖK', %s, %s, %s, '2018-11-01')"
    )
    who = (row.requisition_id, row.pk)
    stranger = walk.payer(9).pk
    first = (insert, (*who, "corrected", "preparing", stranger))
    second = (insert, (*who, "released", "releasing", stranger))
    one_through(two(first, second), "payment_step_one_side")
    assert PaymentStep.objects.filter(person=stranger).count() == 1


def test_a_release_while_its_account_is_stopped(two):
    """Whoever comes first: nothing is released to an account that was stopped before it."""
    walk, row = at.payment_at(PaymentStatus.RELEASED)
    exported = (
        "UPDATE grants_payment SET status = 'exported', batch_id = %s WHERE id = %s",
        (batch(walk).pk, row.pk),
    )
    stopped = (
        "INSERT INTO grants_accountstop (account_id, payment_id, code, cause, stopped_on, stopped_by_id) "
        "VALUES (%s, %s, 'AC04', 'Avslutat.', '2018-11-01', %s)",
        (row.account_id, row.pk, walk.payer(3).pk),
    )
    faults = two(stopped, exported)
    assert faults[0] is None
    assert "a stopped account" in faults[1] or "on no payment list" in faults[1]


def batch(walk):
    return PaymentBatch.objects.create(
        programme=walk.programme, number=9, created_by=walk.payer(2), created_on=at.PAYING
    )
