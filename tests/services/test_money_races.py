"""Fifty people at once on the same money and the same files from the bank: one effect, on either engine."""

from pathlib import Path

from django.core.exceptions import ValidationError

from digikoord.lib.clock import standing_at
from digikoord.lib.verdict import Refused
from digikoord.rehearsal import bank
from grants.actions import bank_answers, bank_deposits, bank_files, bank_lines, payments, settlements
from grants.lifecycle.payment import Status
from grants.models import (
    AccountLine,
    BankFile,
    BankFileLine,
    ClaimEntry,
    Payment,
    PaymentBatch,
    PaymentStep,
    RepaymentClaim,
    Tranche,
)
from records.models import Event
from tests.factories import at, bank_notices
from tests.factories.bank_notices import own_account

from .test_embedded_race import manage

ROOT = Path(__file__).parents[2]


def said_no(outcomes):
    """Those who were told why; anything else that was raised is a fault."""
    refusals = [row for row in outcomes if isinstance(row, Exception)]
    assert all(isinstance(row, Refused | ValidationError) for row in refusals), refusals
    return len(refusals)


def told(verb):
    return Event.objects.filter(verb=verb).count()


def standing(act):
    def go(_number):
        with standing_at(at.PAYING):
            return act()

    return go


def test_releases(race):
    walk, row = at.payment_at(Status.PREPARED)
    payer = walk.payer(3)
    outcomes = race(standing(lambda: payments.release(Payment.objects.get(pk=row.pk), by=payer)))
    assert (said_no(outcomes), told("payment.released")) == (49, 1)


def test_releases_by_two_people(race):
    """Fifty at once, by two payers in turn: one release, and only who made it stands on that side."""
    walk, row = at.payment_at(Status.PREPARED)
    payers = (walk.payer(2), walk.payer(3))

    def go(number):
        with standing_at(at.PAYING):
            return payments.release(Payment.objects.get(pk=row.pk), by=payers[number % 2])

    outcomes = race(go)
    assert (said_no(outcomes), told("payment.released")) == (49, 1)
    [released] = PaymentStep.objects.filter(step="released").values_list("person", flat=True)
    assert Payment.objects.get().released_by_id == released


def test_exports(race):
    walk, row = at.payment_at(Status.RELEASED)
    payer = walk.payer(3)
    with standing_at(at.PAYING):
        at.bank_details(walk)
    outcomes = race(
        standing(lambda: payments.export(walk.programme, by=payer, payments=[Payment.objects.get(pk=row.pk)]))
    )
    assert (said_no(outcomes), told("payment.exported"), told("batch.created")) == (49, 1, 1)
    batch = PaymentBatch.objects.get()
    assert (batch.number, batch.lines.count()) == (1, 1)


def test_hand_outs(race):
    """Everybody gets the same bytes; one of them was the first."""
    walk, row = at.payment_at(Status.RELEASED)
    payer = walk.payer(3)
    with standing_at(at.PAYING):
        at.bank_details(walk)
        payments.export(walk.programme, by=payer, payments=[row])
    row.refresh_from_db()
    outcomes = race(
        standing(lambda: bank_files.hand_out(PaymentBatch.objects.get(pk=row.batch_id), by=payer))
    )
    assert (said_no(outcomes), len(set(outcomes))) == (0, 1)
    assert (told("batch.file_handed_out"), told("batch.file_handed_out_again")) == (1, 49)


def test_answers_from_the_bank(race):
    walk, row = at.payment_at(Status.EXPORTED)
    content, payer = bank.answer(row.batch, "ACSC", on=at.PAYING), walk.payer(3)
    outcomes = race(
        standing(
            lambda: bank_answers.take_in(
                PaymentBatch.objects.get(pk=row.batch_id), by=payer, name="svar.xml", content=content
            )
        )
    )
    assert (said_no(outcomes), told("payment.confirmed"), BankFile.objects.count()) == (49, 1, 1)
    assert Payment.objects.get().status == Status.PAID


def test_deposits_from_the_bank(race):
    walk, row = at.payment_at(Status.PAID)
    payer = walk.payer(3)
    with standing_at(at.PAYING):
        own_account(walk)
        line = AccountLine(
            code="salaries", name="Löner", reported=row.amount, accepted=0, reason="Inget underlag."
        )
        settlements.accept_account(Tranche.objects.get(pk=row.tranche.pk), by=payer, lines=[line])
        claim = RepaymentClaim.objects.get()
        content = bank.deposits(
            walk.programme, [(claim.reference, claim.amount / 2, "Aktören")], on=at.PAYING
        )
    outcomes = race(
        standing(lambda: bank_deposits.take_in(walk.programme, by=payer, name="in.xml", content=content))
    )
    assert (said_no(outcomes), told("claim.received"), BankFile.objects.count()) == (49, 1, 1)
    assert ClaimEntry.objects.get().amount == claim.amount / 2


def test_two_payers_settle_the_same_line(race):
    world = bank_notices.begin()
    file = world.take_in(bank_notices.camt(bank_notices.received(100, "1234566")))
    line, payers = file.lines.get(), [world.walk.payer(2), world.walk.payer(3)]

    def settle(number):
        with standing_at(at.PAYING):
            return bank_lines.book_on(line, by=payers[number % 2], claim=world.claim)

    outcomes = race(settle, times=20)
    assert (said_no(outcomes), told("claim.received"), told("bank_file.line_settled")) == (19, 1, 1)
    assert ClaimEntry.objects.get().amount == 100


def test_two_files_with_the_same_transaction(race):
    """Each is new, and what both tell of is booked once."""
    world = bank_notices.begin()
    entry = bank_notices.received(100, world.claim.reference)
    files = [bank_notices.camt(entry) for _ in range(10)]
    outcomes = race(lambda number: world.take_in(files[number]), times=10)
    assert (said_no(outcomes), told("claim.received"), BankFile.objects.count()) == (0, 1, 10)
    assert BankFileLine.objects.filter(outcome="known").count() == 9


EMBEDDED = """
import sys, threading
sys.path.insert(0, ".")
from concurrent.futures import ThreadPoolExecutor
from django.core.exceptions import ValidationError
from django.db import connection
from records.models import Event
from digikoord.lib.clock import standing_at
from digikoord.lib.verdict import Refused
from digikoord.rehearsal import bank
from grants.actions import bank_answers, bank_files, payments
from grants.models import Payment, PaymentBatch
from tests.factories import at

walk, row = at.payment_at("prepared")
third, fourth = walk.payer(3), walk.payer(4)
with standing_at(at.PAYING):
    at.bank_details(walk)

def race(act):
    barrier = threading.Barrier(50)
    def one(_):
        barrier.wait(timeout=30)
        try:
            with standing_at(at.PAYING):
                act()
            return True
        except (Refused, ValidationError):
            return False
        finally:
            connection.close()
    with ThreadPoolExecutor(50) as pool:
        return sum(pool.map(one, range(50)))

fresh = lambda: Payment.objects.get(pk=row.pk)
batch = lambda: PaymentBatch.objects.get()
print(race(lambda: payments.release(fresh(), by=third)))
print(race(lambda: payments.export(walk.programme, by=third, payments=[fresh()])))
print(race(lambda: bank_files.hand_out(batch(), by=third)))
content = bank.answer(batch(), "ACSC", on=at.PAYING)
print(race(lambda: bank_answers.take_in(batch(), by=fourth, name="svar.xml", content=content)))
for verb in ("payment.released", "payment.exported", "batch.file_handed_out", "payment.confirmed"):
    print(Event.objects.filter(verb=verb).count())
"""


def test_the_same_on_the_embedded_database(tmp_path):
    made = manage(tmp_path, "migrate", "-v0")
    assert made.returncode == 0, made.stderr
    raced = manage(tmp_path, "shell", "-v0", "-c", EMBEDDED)
    assert raced.stdout.split() == ["1", "1", "50", "1", "1", "1", "1", "1"], raced.stdout + raced.stderr
