"""The check of the books asks the lines of the bank's files, and names no more of them than their number."""

import pytest
from django.db import IntegrityError, connection, transaction

from grants.models import BankFileLine
from overview.selectors import proof
from tests.factories import bank_notices as bank
from tests.factories.bank_notices import camt, received, reversed_
from tests.loans import lent

from .test_proof import past_the_guards

pytestmark = pytest.mark.both_engines
CHANGES = {
    "amount = amount + 1": "raderna är inte de som står i filen",
    "credit = NOT credit": "raderna är inte de som står i filen",
    "booked = booked - 1": "rad 1 har bokfört ett annat belopp",
    "outcome = 'failed', entry_id = NULL, booked = 0": "rad 1 har inte slutat",
}


@pytest.fixture(scope="module")
def made(lasting):
    return bank.begin()


@pytest.fixture
def world(made, db):
    with lent():
        yield made


def refused(sql, *parameters):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, parameters)


@pytest.mark.parametrize("change", CHANGES)
def test_a_line_that_was_changed_past_the_acts(change, world):
    file = world.take_in(camt(received(100, world.claim.reference, party="Anna Hemlig")))
    assert proof.prove(world.programme).differences == []
    past_the_guards((f"UPDATE grants_bankfileline SET {change} WHERE file_id = %s", file.pk))
    told = "\n".join(str(row) for row in proof.prove(world.programme).differences)
    assert CHANGES[change] in told
    assert "Anna" not in told


def test_a_reversal_takes_back_what_was_booked(world):
    entry = received(100, world.claim.reference)
    world.take_in(camt(entry))
    file = world.take_in(camt(reversed_(entry)))
    assert proof.prove(world.programme).differences == []
    other = BankFileLine.objects.exclude(file=file).get()
    past_the_guards(("UPDATE grants_bankfileline SET booked = 90, amount = 90 WHERE id = %s", other.pk))
    assert "rad 1 har tagit tillbaka ett annat belopp" in str(proof.prove(world.programme).differences)


@pytest.mark.parametrize(
    "change",
    ["amount = 7", "payer = 'x'", "outcome = 'proposed'", "entry_id = NULL, booked = 0, outcome = 'foreign'"],
)
def test_the_database_refuses_it(change, world):
    file = world.take_in(camt(received(100, world.claim.reference)))
    refused(f"UPDATE grants_bankfileline SET {change} WHERE file_id = %s", file.pk)
    refused("DELETE FROM grants_bankfileline WHERE file_id = %s", file.pk)
    refused("DELETE FROM grants_bankreference WHERE programme_id = %s", world.programme.pk)
