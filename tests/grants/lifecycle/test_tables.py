"""Every lifecycle table: each move is made from its sources, and refused from everything else."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from digikoord.lib import lifecycle
from digikoord.lib.verdict import Refused
from digikoord.lifecycles import TABLES as BY_NOUN
from digikoord.lifecycles import as_markdown

TABLES = tuple(BY_NOUN.values())
TOLD = Path(__file__).parents[3] / "docs/lifecycles.md"
PAIRS = [(table, name, status) for table in TABLES for name in table.moves for status in table.statuses]


@dataclass
class Row:
    """As much of a model as a table needs."""

    LIFECYCLE: object
    status: str


def pair_name(value):
    return getattr(value, "noun", str(value))


@pytest.mark.parametrize(("table", "name", "status"), PAIRS, ids=pair_name)
def test_a_move_is_made_only_from_its_sources(table, name, status):
    row = Row(table, status)
    if status in table.moves[name].sources:
        lifecycle.advance(row, name)
        assert row.status == table.moves[name].target
    else:
        with pytest.raises(Refused, match="går inte nu"):
            lifecycle.advance(row, name)
        assert row.status == status


@pytest.mark.parametrize("table", TABLES, ids=pair_name)
def test_every_status_but_the_first_is_reached_by_a_move(table):
    first, *others = table.statuses
    reached = {move.target for move in table.moves.values()}
    assert {status.value for status in others} <= {str(target) for target in reached}
    assert first.value in {str(source) for move in table.moves.values() for source in move.sources}


@pytest.mark.parametrize("table", TABLES, ids=pair_name)
def test_a_refusal_says_what_the_row_is_now(table):
    name, move = next(iter(table.moves.items()))
    elsewhere = next((status for status in table.statuses if status not in move.sources), None)
    if elsewhere is None:
        return
    verdict = lifecycle.can(Row(table, elsewhere), name)
    assert f"har läget ”{elsewhere.label}”" in verdict.reason


def test_the_docs_tell_the_tables_as_they_are():
    assert as_markdown() in TOLD.read_text(), "Run .venv/bin/python manage.py draw"
