"""The chain of amounts by plain SQL, in whole öre: it shares nothing with the ledger that it checks."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import connection

from digikoord.lib.money import ORE
from grants.models.balance import Balance

if TYPE_CHECKING:
    from programmes.models import Programme


SUMS = """
WITH claimed AS (
  SELECT c.tranche_id, CAST(ROUND(SUM(c.amount) * 100) AS bigint) AS ore
  FROM grants_repaymentclaim c GROUP BY c.tranche_id
), entered AS (
  SELECT c.tranche_id, e.kind, CAST(ROUND(SUM(e.amount) * 100) AS bigint) AS ore
  FROM grants_claimentry e JOIN grants_repaymentclaim c ON c.id = e.claim_id GROUP BY c.tranche_id, e.kind
), asked AS (
  SELECT r.tranche_id, CAST(ROUND(SUM(r.amount) * 100) AS bigint) AS ore
  FROM grants_requisition r WHERE r.status IN ('submitted', 'approved') GROUP BY r.tranche_id
), paid AS (
  SELECT r.tranche_id, CAST(ROUND(SUM(p.amount) * 100) AS bigint) AS ore
  FROM grants_payment p JOIN grants_requisition r ON r.id = p.requisition_id
  WHERE p.status = 'paid' GROUP BY r.tranche_id
)
SELECT t.id,
  CASE WHEN t.status = 'cancelled' THEN 0 ELSE CAST(ROUND(t.ceiling * 100) AS bigint) END,
  CASE WHEN t.status IN ('granted', 'closed', 'settled') THEN CAST(ROUND(t.amount * 100) AS bigint) ELSE 0 END,
  COALESCE(asked.ore, 0), COALESCE(paid.ore, 0), COALESCE(CAST(ROUND(t.used * 100) AS bigint), 0),
  COALESCE(claimed.ore, 0) - COALESCE(receipt.ore, 0) - COALESCE(waiver.ore, 0),
  COALESCE(receipt.ore, 0), COALESCE(waiver.ore, 0)
FROM grants_tranche t
JOIN grants_place place ON place.id = t.place_id
LEFT JOIN asked ON asked.tranche_id = t.id
LEFT JOIN paid ON paid.tranche_id = t.id
LEFT JOIN claimed ON claimed.tranche_id = t.id
LEFT JOIN entered receipt ON receipt.tranche_id = t.id AND receipt.kind = 'receipt'
LEFT JOIN entered waiver ON waiver.tranche_id = t.id AND waiver.kind = 'waiver'
WHERE place.programme_id = %s
"""


def sums_by_sql(programme: Programme) -> dict[int, Balance]:
    """{tranche id: Balance}"""
    with connection.cursor() as cursor:
        cursor.execute(SUMS, [programme.pk])
        return {key: Balance(*(Decimal(ore) * ORE for ore in row)) for key, *row in cursor.fetchall()}
