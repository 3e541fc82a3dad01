"""PostgreSQL holds every rule of the money itself: raw SQL is refused, alone and two at once."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction

from digikoord.lib.clock import standing_at
from digikoord.lib.verdict import Refused
from grants.actions import budget_decisions, payments, requisitions, tranches
from grants.lifecycle.payment import Status as PaymentStatus
from grants.lifecycle.requisition import Status as RequisitionStatus
from grants.lifecycle.tranche import Status as TrancheStatus
from grants.models import BudgetDecision, Payment, Tranche
from tests import databases
from tests.factories import at

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="PostgreSQL's own guard"),
]
NOW = "SET CONSTRAINTS ALL IMMEDIATE"


def refused(said, *statements):
    """Each statement in one transaction; what is checked at its end is checked too."""
    with (  # noqa: PT012
        databases.as_superuser(),
        pytest.raises(IntegrityError, match=said),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        for sql, *parameters in statements:
            cursor.execute(sql, parameters)
        cursor.execute(NOW)


@pytest.mark.parametrize(
    "change", ["amount = amount - 1", "ceiling = ceiling + 1", "granted_on = granted_on + 1"]
)
def test_a_decided_amount_is_never_changed(change):
    _, row = at.tranche_at(TrancheStatus.GRANTED)
    refused("a decided amount", (f"UPDATE grants_tranche SET {change} WHERE id = %s", row.pk))


def test_a_year_never_gives_more_than_its_decisions():
    """One decided above what its decision gives, with its own constraint out of the way."""
    walk, row = at.tranche_at(TrancheStatus.PREPARED)
    with databases.as_superuser(), connection.cursor() as cursor:
        cursor.execute(NOW)
        for rule in ("tranche_ceiling_at_most_decided", "tranche_granted_at_most_ceiling"):
            cursor.execute(f"ALTER TABLE grants_tranche DROP CONSTRAINT {rule}")
    refused(
        "more in a year than its decisions give",
        (
            "UPDATE grants_tranche SET status = 'granted', amount = 90000000, granted_by_id = %s, "
            "granted_on = '2018-11-01' WHERE id = %s",
            walk.decider().pk,
            row.pk,
        ),
    )


def test_a_requisition_outlives_no_grant_and_is_never_changed():
    _, row = at.requisition_at(RequisitionStatus.APPROVED)
    opened = (
        "UPDATE grants_tranche SET status = 'open', amount = NULL, prepared_by_id = NULL, prepared_on = NULL, "
        "granted_by_id = NULL, granted_on = NULL WHERE id = %s"
    )
    refused("requisitioned more than granted", (opened, row.tranche_id))
    for change in ("amount = amount - 1", "status = 'cancelled'"):
        refused("never changed", (f"UPDATE grants_requisition SET {change} WHERE id = %s", row.pk))


@pytest.mark.parametrize(
    ("status", "change", "said"),
    [
        (PaymentStatus.PREPARED, "amount = amount - 1", "never changed"),
        (PaymentStatus.EXPORTED, "end_to_end = 'DK-9'", "at the bank is never changed"),
        (PaymentStatus.PAID, "value_date = '2018-12-24'", "paid, once"),
        (PaymentStatus.PAID, "status = 'failed'", "cannot go from paid to failed"),
        (PaymentStatus.PAID, "status = 'exported'", "cannot go from paid to exported"),
        (
            PaymentStatus.RELEASED,
            "status = 'paid', batch_id = 1, confirmed_by_id = 1, value_date = '2018-11-02'",
            "cannot go from released to paid",
        ),
    ],
)
def test_a_payment_is_what_it_was(status, change, said):
    _, row = at.payment_at(status)
    refused(said, (f"UPDATE grants_payment SET {change} WHERE id = %s", row.pk))


def steps(row):
    """What the acts keep of who entered and verified the account, and who releases."""
    return (
        "INSERT INTO grants_paymentstep (requisition_id, payment_id, end_to_end, step, side, person_id, account_id, "
        "\"on\") SELECT p.requisition_id, p.id, p.end_to_end, t.step, t.side, t.person, t.account, '2018-11-01' "
        "FROM grants_payment p, (SELECT 'entered_account' AS step, 'preparing' AS side, entered_by_id AS person, "
        "id AS account FROM grants_paymentaccount UNION ALL SELECT 'verified_account', 'releasing', verified_by_id, id "
        "FROM grants_paymentaccount UNION ALL SELECT 'released', 'releasing', max(id), NULL FROM actors_user) t "
        "WHERE p.id = %s",
        row.pk,
    )


def released(row):
    return (
        "UPDATE grants_payment SET status = 'released', released_on = '2018-11-01', "
        "released_by_id = (SELECT max(id) FROM actors_user), "
        "account_id = (SELECT max(id) FROM grants_paymentaccount) WHERE id = %s",
        row.pk,
    )


def test_no_release_to_an_account_unverified_or_another_actors():
    _, row = at.payment_at(PaymentStatus.PREPARED)
    account = "UPDATE grants_paymentaccount SET {} WHERE id = (SELECT max(id) FROM grants_paymentaccount)"
    refused("unverified account", (account.format("status = 'replaced'"),), released(row))
    refused("from verified to unverified", (account.format("status = 'unverified'"),))
    stranger = "actor_id = (SELECT min(id) FROM actors_actor)"
    refused("actor_id of grants_paymentaccount is never changed", (account.format(stranger),))


def test_no_release_before_the_riksdag_nor_on_a_frame():
    _, row = at.payment_at(PaymentStatus.PREPARED)
    conditional = ("UPDATE grants_programmeyear SET conditional = true WHERE year = 2018",)
    refused("before the Riksdag", conditional, released(row))
    decision = (
        "INSERT INTO grants_budgetdecision (year_id, kind, outcome, proposition, expenditure_area, "
        "committee_report, riksdag_letter, decided_on, status, registered_by_id, registered_on, confirmed_by_id, "
        "confirmed_on, by_amount) SELECT %s, %s, %s, '', '', '', '', '2018-10-01', 'confirmed', min(id), "
        "'2018-10-01', max(id), '2018-10-01', false FROM actors_user"
    )
    year = row.year.pk
    refused("before the Riksdag", conditional, (decision, year, "frame", "as_proposed"), released(row))
    given = (decision, year, "appropriation", "as_proposed")
    refused("before the Riksdag", conditional, given, (decision, year, "amending", "rejected"), released(row))
    with databases.as_superuser(), transaction.atomic(), connection.cursor() as cursor:
        for sql, *parameters in (conditional, given, steps(row), released(row), (NOW,)):
            cursor.execute(sql, parameters)


def test_what_is_written_once_is_never_changed_or_deleted():
    at.payment_at(PaymentStatus.PAID)
    refused("never changed", ("UPDATE grants_paymentbatchline SET amount = 1",))
    refused("never deleted", ("DELETE FROM grants_paymentaccount",))


def test_the_acts_refuse_in_words_what_the_riksdag_has_not_given():
    """2019 is granted and requisitioned, and then the Riksdag says no: nothing leaves."""
    walk, tranche = at.tranche_at(TrancheStatus.CONDITIONAL, 2019)
    day = datetime.date(2019, 2, 1)
    with standing_at(day):
        confirm(walk, tranche.year, "as_proposed", datetime.date(2018, 12, 12))
        tranches.prepare(Tranche.objects.get(pk=tranche.pk), by=walk.official(), amount=tranche.ceiling)
        tranches.grant(Tranche.objects.get(pk=tranche.pk), by=walk.decider())
        signatory = walk.signatory(tranche.holder)
        row = requisitions.write(Tranche.objects.get(pk=tranche.pk), by=signatory, amount=tranche.ceiling)
        requisitions.approve(requisitions.submit(row, by=signatory), by=walk.official(2))
        at.verified_account(walk, tranche.holder)
        confirm(walk, tranche.year, "rejected", datetime.date(2019, 1, 15))
        with pytest.raises(Refused, match="Riksdagen har inte anvisat medlen för 2019"):
            payments.release(Payment.objects.get(), by=walk.payer(2))
    assert Payment.objects.get().status == PaymentStatus.PREPARED


def confirm(walk, year, outcome, decided_on):
    row = budget_decisions.register(
        year,
        by=walk.official(),
        kind="appropriation" if outcome != "rejected" else "amending",
        outcome=outcome,
        proposition="2018/19:1",
        expenditure_area="utg.omr. 22",
        committee_report="2018/19:TU1",
        riksdag_letter="2018/19:109",
        decided_on=decided_on,
    )
    return budget_decisions.confirm(BudgetDecision.objects.get(pk=row.pk), by=walk.decider())
