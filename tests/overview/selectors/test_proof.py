"""The check of the books: whatever is done past the acts, in rows or trail, is found and named."""

import datetime
import hashlib
import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from digikoord import daily
from digikoord.lib.clock import standing_at
from digikoord.models import JobRun
from duties.models import Notice
from grants.actions import requisitions
from grants.models import (
    ClaimEntry,
    Payment,
    PaymentAccount,
    PaymentBatch,
    PaymentBatchLine,
    Requisition,
    Tranche,
)
from overview.actions import ledger_checks
from overview.models import LedgerCheck
from overview.selectors import proof
from records.models import Event
from tests import databases

pytestmark = pytest.mark.both_engines
TOMORROW = datetime.date(2019, 3, 21)


def past_the_guards(*statements):
    """Raw SQL as somebody with the database's own password could write it."""
    with databases.as_superuser(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what was right until now is checked now
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            cursor.execute("SET LOCAL session_replication_role = replica")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}"')
        for sql, *parameters in statements:
            cursor.execute(sql, parameters)
            assert cursor.rowcount == 1, sql
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = origin")


def found(cast, last=None):
    return [str(row) for row in proof.prove(cast.programme, last=last).differences]


def event(verb, place="05"):
    return Event.objects.filter(verb=verb, place=place, year=2018).latest("pk")


def of(model, path, place="05"):
    return model.objects.get(**{f"{path}place__code": place, f"{path}year__year": 2018})


def test_the_books_of_the_story_balance(cast):
    told = proof.prove(cast.programme)
    assert told.differences == []
    assert told.compared > 2000


def test_a_changed_ceiling(cast):
    row = of(Tranche, "")
    past_the_guards(
        (
            "UPDATE grants_tranche SET ceiling = ceiling + 0.01, decided_ceiling = ceiling + 0.01 WHERE id = %s",
            row.pk,
        )
    )
    assert found(cast) == [
        "Östergötlands län 2018: högsta belopp är 500\u00a0000,01\u00a0kr enligt raderna men "
        "500\u00a0000\u00a0kr enligt händelseloggen."
    ]


def test_a_changed_amount(cast):
    row = Tranche.objects.filter(year__year=2018, used__lt=499999, amount=500000).first()
    past_the_guards(("UPDATE grants_tranche SET amount = 499999 WHERE id = %s", row.pk))
    told = "\n".join(found(cast))
    assert (
        "beviljat är 499\u00a0999\u00a0kr enligt raderna men 500\u00a0000\u00a0kr enligt händelseloggen"
        in told
    )
    assert f"{row.place} 2018: rekvirerat är högre än beviljat." in told


def test_a_changed_payment(cast):
    row = of(Payment, "requisition__tranche__")
    past_the_guards(("UPDATE grants_payment SET amount = amount + 1 WHERE id = %s", row.pk))
    told = "\n".join(found(cast))
    assert "utbetalt är 500\u00a0001\u00a0kr enligt raderna" in told
    assert "utbetalningarna är högre än rekvisitionen" in told
    assert "står inte som den är på sin betalningslista" in told
    assert f"{row}: är på 500\u00a0001\u00a0kr, men 500\u00a0000\u00a0kr" in told


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (
            "status = 'failed', confirmed_by_id = NULL, settled_in_id = NULL, value_date = NULL",
            "misslyckad, men betald enligt",
        ),
        ("end_to_end = 'DK-0'", "står inte som den är på sin betalningslista"),
    ],
)
def test_a_payment_otherwise_changed(cast, change, named):
    row = of(Payment, "requisition__tranche__")
    past_the_guards((f"UPDATE grants_payment SET {change} WHERE id = %s", row.pk))
    assert named in "\n".join(found(cast))


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite cannot drop a constraint")
def test_a_payment_released_by_one_person_alone(cast):
    row = of(Payment, "requisition__tranche__")
    with databases.as_superuser(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE grants_payment DROP CONSTRAINT payment_four_eyes")
    past_the_guards(("UPDATE grants_payment SET released_by_id = prepared_by_id WHERE id = %s", row.pk))
    told = found(cast)
    assert told[0] == "Östergötlands län 2018: en betalning är utanordnad av en person ensam."
    assert "utanordnad av någon vars steg inte är upptecknat" in told[1]
    assert "den som utanordnade stämmer inte" in told[2]


def test_a_payment_to_an_account_that_nobody_had_verified(cast):
    row = of(Payment, "requisition__tranche__")
    past_the_guards(
        ("UPDATE grants_paymentaccount SET verified_on = '2019-01-31' WHERE id = %s", row.account_id)
    )
    assert found(cast)[0].endswith("till ett konto som ingen hade kontrollerat.")


def test_a_payment_before_the_riksdag_decided(cast):
    """2018 waits for nothing; were it conditional, every payment of it would have gone too early."""
    row = of(Tranche, "")
    past_the_guards(("UPDATE grants_programmeyear SET conditional = true WHERE id = %s", row.year_id))
    assert sum("innan riksdagen anvisat medlen" in line for line in found(cast)) == 22


FACTS = {
    "another number": (PaymentAccount, "number = '5050-1055'", "numret stämmer inte"),
    "another's check": (PaymentAccount, "verified_by_id = verified_by_id + 1", "kontrollerade stämmer"),
    "another day": (Payment, "value_date = value_date + 1", "valutadagen stämmer inte"),
    "other evidence": (Payment, "evidence = 'annat'", "underlaget stämmer inte"),
    "another decider": (Tranche, "granted_by_id = used_by_id", "den som beviljade stämmer inte"),
    "another holder": (Tranche, "assignment_id = assignment_id + 1", "den som håller platsen stämmer inte"),
    "another approval": (Requisition, "approved_on = approved_on + 1", "dagen för attesten stämmer inte"),
}


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite counts days in another way")
@pytest.mark.parametrize("name", FACTS)
def test_what_is_no_sum_is_compared_too(cast, name):
    model, change, sentence = FACTS[name]
    payment = of(Payment, "requisition__tranche__")
    keys = {
        Payment: payment.pk,
        PaymentAccount: payment.account_id,
        Requisition: payment.requisition_id,
        Tranche: payment.tranche.pk,
    }
    past_the_guards((f"UPDATE {model._meta.db_table} SET {change} WHERE id = %s", keys[model]))
    assert sentence in "\n".join(found(cast))


def test_an_account_made_verified_past_its_act(cast):
    row = PaymentAccount.objects.get(status="unverified")
    past_the_guards(
        (
            "UPDATE grants_paymentaccount SET status = 'verified', verified_by_id = %s, verified_on = "
            "'2019-03-20', evidence = 'x' WHERE id = %s",
            cast.payer().pk,
            row.pk,
        )
    )
    assert f"{row}: kontrollen stämmer inte med händelseloggen, som inte säger något om det." in found(cast)


def test_what_happened_to_a_claim_beside_its_sums(cast):
    claim = cast.tranche("08", 2018).claims.get()
    past_the_guards(("UPDATE grants_repaymentclaim SET due = '2030-01-01' WHERE id = %s", claim.pk))
    assert "sista dagen stämmer inte" in "\n".join(found(cast))
    past_the_guards(
        (
            'INSERT INTO grants_claiminterest (claim_id, kind, amount, "on", legal_basis, note, registered_by_id, '
            "registered_on) VALUES (%s, 'charged', 1000, '2019-03-20', 'x', '', %s, '2019-03-20')",
            claim.pk,
            claim.opened_by_id,
        )
    )
    assert "räntan stämmer inte" in "\n".join(found(cast))


@pytest.mark.parametrize("change", ["account = 'Bankgiro 5050-1055'", "reference = 'annat'"])
def test_a_line_is_held_against_the_file_itself(cast, change):
    row = PaymentBatchLine.objects.order_by("pk")[0]
    past_the_guards((f"UPDATE grants_paymentbatchline SET {change} WHERE id = %s", row.pk))
    assert f"{row.batch}: raderna är inte de som står i betalningsfilen." in found(cast)


def test_bytes_and_fingerprint_changed_together(cast):
    row = PaymentBatch.objects.order_by("pk")[0]
    forged = hashlib.sha256(b"hej").hexdigest()
    sql = "UPDATE grants_paymentbatch SET content = %s, sha256 = %s WHERE id = %s"
    past_the_guards((sql, b"hej", forged, row.pk))
    told = found(cast)
    assert f"{row}: filen stämmer inte med händelseloggen, som säger något annat." in told
    assert f"{row}: raderna är inte de som står i betalningsfilen." in told


def test_a_line_of_a_payment_list(cast):
    row = of(PaymentBatchLine, "payment__requisition__tranche__")
    past_the_guards(("UPDATE grants_paymentbatchline SET amount = amount - 1 WHERE id = %s", row.pk))
    told = "\n".join(found(cast))
    assert "betalningslista 1: raderna är tillsammans" in told
    assert "har ett annat belopp än betalningen" in told


def test_the_bytes_of_a_bank_file(cast):
    row = PaymentBatch.objects.earliest("pk")
    past_the_guards(("UPDATE grants_paymentbatch SET sha256 = %s WHERE id = %s", "0" * 64, row.pk))
    assert any("betalningslista 1: filens innehåll" in line for line in found(cast))


def test_deleted_rows(cast):
    entry = ClaimEntry.objects.order_by("pk").first()
    requisition = of(Requisition, "tranche__", "06")
    payment = requisition.payments.get()
    past_the_guards(
        ("DELETE FROM grants_claimentry WHERE id = %s", entry.pk),
        ("DELETE FROM grants_paymentbatchline WHERE payment_id = %s", payment.pk),
        ("DELETE FROM grants_bankfileline WHERE payment_id = %s", payment.pk),
        *(("DELETE FROM grants_paymentstep WHERE id = %s", step.pk) for step in payment.steps.all()),
        ("DELETE FROM grants_payment WHERE id = %s", payment.pk),
    )
    told = "\n".join(found(cast))
    place = entry.claim.tranche.place
    assert f"{place} 2018: återbetalt är 0\u00a0kr enligt raderna men" in told
    assert f"payment:{payment.pk}: finns i händelseloggen men inte som rad." in told
    assert f"{requisition.tranche.place} 2018: utbetalt är 0\u00a0kr enligt raderna men" in told


def test_a_deleted_event_and_one_rewritten(cast):
    last = ledger_checks.check(cast.programme)
    gone, changed = event("payment.confirmed"), event("requisition.approved", "06")
    past_the_guards(
        ("DELETE FROM actors_event WHERE id = %s", gone.pk),
        ("UPDATE actors_event SET by_name = 'Någon annan' WHERE id = %s", changed.pk),
    )
    told = found(cast, last)
    assert told[0].endswith("men 0\u00a0kr enligt händelseloggen.")
    assert any("är betald, men skickad till banken enligt händelseloggen" in line for line in told)
    assert told[-1].startswith(
        "Händelseloggen: händelser som fanns vid kontrollen 2019-03-20 har ändrats: 1 h"
    )


def test_an_event_rewritten_without_a_trace_in_the_sums(cast):
    last = ledger_checks.check(cast.programme)
    row = event("requisition.approved")
    past_the_guards(("UPDATE actors_event SET by_name = 'Någon annan' WHERE id = %s", row.pk))
    assert found(cast, last) == [
        "Händelseloggen: händelser som fanns vid kontrollen 2019-03-20 har ändrats: innehållet är ett annat."
    ]


def test_what_is_written_after_the_last_check_is_no_difference(cast):
    last = ledger_checks.check(cast.programme)
    waiting = Requisition.objects.filter(status="submitted", tranche__year__year=2019).first()
    requisitions.return_(waiting, by=cast.official(), reason="Ange er referens.")
    assert proof.prove(cast.programme).trail.count == last.trail_count + 1
    assert found(cast, last) == []


def test_the_command_says_each_difference_and_fails(cast):
    told = io.StringIO()
    call_command("ledger", "--check", stdout=told)
    assert told.getvalue().startswith("Böckerna stämmer: ")
    past_the_guards(("UPDATE grants_tranche SET used = used - 1 WHERE id = %s", of(Tranche, "").pk))
    said = io.StringIO()
    with pytest.raises(CommandError, match="Böckerna stämmer inte"):
        call_command("ledger", "--check", stdout=told, stderr=said)
    assert "Östergötlands län 2018: använt är" in said.getvalue()


def test_the_night_keeps_its_run_and_sounds_the_alarm_until_it_is_mended(cast):
    with standing_at(TOMORROW):
        daily.run()
    quiet = LedgerCheck.objects.first()
    assert (quiet.balances, quiet.at.date()) == (True, TOMORROW)
    assert not Notice.objects.filter(text__contains="stämmer inte").exists()
    row = event("requisition.approved")
    past_the_guards(("UPDATE actors_event SET by_name = 'Någon annan' WHERE id = %s", row.pk))
    for days in (1, 2):
        with standing_at(TOMORROW + datetime.timedelta(days=days)):
            daily.run()
        loud = LedgerCheck.objects.first()
        assert [row["what"] for row in loud.differences] == ["Händelseloggen"]
        assert JobRun.objects.get(job="check-ledger", day=loud.at.date()).count == 1
    told = Notice.objects.filter(text__startswith="Böckerna för").select_related("recipient")
    roles = {membership.role for notice in told for membership in notice.recipient.memberships.all()}
    assert roles == {"payer", "decision_maker", "auditor"}
    assert len({(row.recipient_id, row.created_on) for row in told}) == len(told), "one notice each a night"
