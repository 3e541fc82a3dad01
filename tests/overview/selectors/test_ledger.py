"""The ledger in the middle of the story: sums to the öre, as the command and the page tell them."""

import io
import json
import re
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from digikoord.rehearsal.people import person
from overview.selectors import ledger


def run(*arguments):
    told = io.StringIO()
    call_command(*map(str, arguments), stdout=told)
    return told.getvalue()


AMOUNTS = ("ceiling", "granted", "requisitioned", "paid", "used", "to_repay", "repaid", "waived")


def test_the_ledger_as_json_is_exactly_this(cast):
    told = json.loads(run("ledger", "--format", "json", "--year", 2018))
    assert list(told) == ["programme", "years"]
    assert told["programme"] == "rdk-2018"
    assert list(told["years"]) == ["2018"]
    assert list(told["years"]["2018"]) == ["actors", "secretariat", "total"]
    figures = {part: tuple(row[name] for name in AMOUNTS) for part, row in told["years"]["2018"].items()}
    full, whole = ("10500000.00",) * 4, ("1000000.00",) * 4
    assert all(list(row) == list(AMOUNTS) for row in told["years"]["2018"].values())
    assert figures == {
        "actors": (*full, "8388350.00", "87650.00", "24000.00", "0.00"),
        "secretariat": (*whole, "870000.00", "0.00", "130000.00", "0.00"),
        "total": (*("11500000.00",) * 4, "9258350.00", "87650.00", "154000.00", "0.00"),
    }


def test_the_ledger_as_a_table_and_of_a_year_that_is_not(cast):
    assert "57 500 000" not in run("ledger", "--year", 2018)
    assert re.search(r"Totalt +11.500.000", run("ledger", "--year", 2018))
    with pytest.raises(CommandError, match="inget år 2030"):
        run("ledger", "--year", 2030)


def test_the_rows_add_up_to_the_parts_and_the_parts_to_the_total(cast):
    for year in ledger.ledger(cast.programme):
        for name in AMOUNTS:
            rows = sum((getattr(row.balance, name) for row in year.rows), start=Decimal(0))
            assert (
                getattr(year.actors, name) + getattr(year.secretariat, name)
                == getattr(year.total, name)
                == rows
            )


def test_an_actor_sees_its_own_rows_and_an_authority_all(cast):
    own = cast.assignment("14").holder
    years = ledger.ledger(cast.programme, user=cast.signatory(own))
    assert {row.holder for year in years for row in year.rows} == {own}
    auditor = person("revisor", cast.programme.secretariat.code)
    assert len(ledger.ledger(cast.programme, user=auditor, year=2018)[0].rows) == 22
