"""Whether the books balance: every sum recomputed in three ways, and every rule asked as a question.

The rows are summed by the ledger, by SQL that shares nothing with it, and by folding the trail; the rules are
queries of their own (proof_rules), and the trail is compared with each row it tells of (proof_trail).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import connection, transaction

from digikoord.lib.money import kr
from grants.models.balance import AMOUNTS, Balance, total

from . import history, proof_facts, proof_files, proof_rules, proof_trail
from .ledger import ledger
from .proof_difference import Difference
from .proof_sums import sums_by_sql

if TYPE_CHECKING:
    from programmes.models import Programme

    from ..models import LedgerCheck
    from .ledger import Row


NAMES = {
    "ceiling": "högsta belopp",
    "granted": "beviljat",
    "requisitioned": "rekvirerat",
    "paid": "utbetalt",
    "used": "använt",
    "to_repay": "att återbetala",
    "repaid": "återbetalt",
    "waived": "eftergivet",
}


@dataclass
class Proof:
    """What was compared, and each difference that was found. `trail` is the trail's fingerprint."""

    trail: proof_trail.Fingerprint
    compared: int = 0
    differences: list[Difference] = field(default_factory=list)

    def found(self, compared: int, differences: Iterable[Difference]) -> None:
        self.compared += compared
        self.differences += differences


@transaction.atomic
def prove(programme: Programme, *, last: LedgerCheck | None = None) -> Proof:
    """Check the programme's books. `last` is the LedgerCheck before, whose trail must still be there."""
    _let_nobody_write()
    rows = [row for year in ledger(programme) for row in year.rows]
    proof = Proof(proof_trail.fingerprint(programme))
    proof.found(*_sums(programme, rows))
    proof.found(*proof_rules.broken(programme, {row.tranche.pk: row.tranche for row in rows}))
    proof.found(*proof_trail.compare(programme))
    proof.found(*proof_facts.compare(programme))
    proof.found(*proof_files.altered(programme))
    if last:
        proof.found(*proof_trail.unchanged(programme, last))
    return proof


def _let_nobody_write() -> None:
    """Every act writes the trail: whoever holds it sees the books as of one moment. Readers go on."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT reporting_hold_the_trail()")


def _sums(programme: Programme, rows: Sequence[Row]) -> tuple[int, list[Difference]]:
    by_sql, told = sums_by_sql(programme), history.all_days(programme)
    found = []
    for row in rows:
        by_trail = told.years.get((row.place.code, row.tranche.year.year), history.PlaceYear()).balance
        found += _unlike(row, "enligt händelseloggen", by_trail)
        found += _unlike(row, "enligt den oberoende summeringen", by_sql.pop(row.tranche.pk, Balance()))
    known = {(row.place.code, row.tranche.year.year) for row in rows}
    gone = sorted(key for key, was in told.years.items() if key not in known and was.balance != Balance())
    found += [
        Difference(f"{place} {year}", "", "finns i händelseloggen men inte som rad.") for place, year in gone
    ]
    found += _in_total(programme, rows)
    return len(rows) * len(AMOUNTS) * 2 + len(AMOUNTS), found


def _unlike(row: Row, source: str, other: Balance) -> list[Difference]:
    return [
        Difference(
            f"{row.place} {row.tranche.year}",
            row.tranche.get_absolute_url(),
            f"{label} är {kr(getattr(row.balance, name))} enligt raderna men "
            f"{kr(getattr(other, name))} {source}.",
        )
        for name, label in NAMES.items()
        if getattr(row.balance, name) != getattr(other, name)
    ]


def _in_total(programme: Programme, rows: Sequence[Row]) -> list[Difference]:
    shown, summed = total(row.balance for row in rows), total(sums_by_sql(programme).values())
    return [
        Difference(
            f"{programme.short_name}, totalt",
            "",
            f"{label} är {kr(getattr(shown, name))} på sidan men {kr(getattr(summed, name))} i databasen.",
        )
        for name, label in NAMES.items()
        if getattr(shown, name) != getattr(summed, name)
    ]
