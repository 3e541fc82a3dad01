"""What must always hold of the money, each rule as a query for what breaks it.

Each query takes the programme's key and gives the keys of the tranches at fault.
"""

from __future__ import annotations

from collections.abc import Mapping
from string import Template
from typing import TYPE_CHECKING

from django.db import connection

from .proof_difference import Difference

if TYPE_CHECKING:
    from grants.models import Tranche
    from programmes.models import Programme


PAYMENTS = """
FROM grants_payment p
JOIN grants_requisition r ON r.id = p.requisition_id
JOIN grants_tranche t ON t.id = r.tranche_id
JOIN grants_place place ON place.id = t.place_id
JOIN grants_programmeyear y ON y.id = t.year_id
LEFT JOIN grants_paymentaccount a ON a.id = p.account_id
WHERE place.programme_id = %s
"""
SENT = "p.status IN ('released', 'exported', 'accepted', 'paid')"
TRANCHES = (
    "FROM grants_tranche t JOIN grants_place place ON place.id = t.place_id WHERE place.programme_id = %s"
)
PAID = (
    "(SELECT COALESCE(SUM(p.amount), 0) FROM grants_payment p JOIN grants_requisition r "
    "ON r.id = p.requisition_id WHERE r.tranche_id = t.id AND p.status = 'paid')"
)
ENTERED = (
    "(SELECT COALESCE(SUM(e.amount), 0) FROM grants_claimentry e JOIN grants_repaymentclaim c "
    "ON c.id = e.claim_id WHERE c.tranche_id = t.id)"
)
DECIDED = "t.status IN ('granted', 'closed', 'settled')"
CLAIMED = (
    "(SELECT COALESCE(SUM(r.amount), 0) FROM grants_requisition r "
    "WHERE r.tranche_id = t.id AND r.status IN ('submitted', 'approved'))"
)
# The half öre is for SQLite, which sums in floating point.
RULES = {
    "beviljat är högre än högsta beloppet.": "SELECT t.id $TRANCHES AND $DECIDED AND t.amount > t.ceiling",
    "ett beviljat belopp saknar belopp eller den som beviljat det.": (
        "SELECT t.id $TRANCHES AND $DECIDED AND (t.amount IS NULL OR t.granted_by_id IS NULL "
        "OR t.granted_by_id = t.prepared_by_id)"
    ),
    "årets beviljade belopp är högre än vad årets beslut ger.": (
        "SELECT t.id $TRANCHES AND $DECIDED AND (SELECT SUM(o.amount) FROM grants_tranche o "
        "WHERE o.year_id = t.year_id AND o.status IN ('granted', 'closed', 'settled')) > 0.005 + "
        "(SELECT SUM(o.ceiling) FROM grants_tranche o WHERE o.year_id = t.year_id AND o.status <> 'cancelled')"
    ),
    "rekvirerat är högre än beviljat.": (
        "SELECT t.id $TRANCHES AND $CLAIMED > 0.005 + CASE WHEN $DECIDED THEN t.amount ELSE 0 END"
    ),
    "utbetalningarna är högre än rekvisitionen.": (
        "SELECT t.id FROM grants_requisition r JOIN grants_tranche t ON t.id = r.tranche_id "
        "JOIN grants_place place ON place.id = t.place_id WHERE place.programme_id = %s AND r.amount + 0.005 < "
        "(SELECT COALESCE(SUM(p.amount), 0) FROM grants_payment p WHERE p.requisition_id = r.id "
        "AND $SENT)"
    ),
    "återbetalt och eftergivet är högre än utbetalt minus använt.": (
        "SELECT t.id $TRANCHES AND $ENTERED > 0.005 + $PAID - COALESCE(t.used, 0)"
    ),
    "använt är högre än utbetalt.": "SELECT t.id $TRANCHES AND t.used > 0.005 + $PAID",
    "använt är inte summan av vad som godtagits rad för rad.": (
        "SELECT t.id $TRANCHES AND ABS(COALESCE(t.used, 0) - (SELECT COALESCE(SUM(l.accepted), 0) "
        "FROM grants_accountline l WHERE l.tranche_id = t.id)) > 0.005"
    ),
    "kraven är inte tillsammans vad som är utbetalt och inte använt.": (
        "SELECT t.id $TRANCHES AND t.used IS NOT NULL AND ABS($PAID - t.used - "
        "(SELECT COALESCE(SUM(c.amount), 0) FROM grants_repaymentclaim c WHERE c.tranche_id = t.id)) > 0.005"
    ),
    "slutreglerat, men utbetalt är inte använt, återbetalt och eftergivet tillsammans.": (
        "SELECT t.id $TRANCHES AND t.status = 'settled' AND "
        "ABS($PAID - COALESCE(t.used, 0) - $ENTERED) > 0.005"
    ),
    "ett reglerat återbetalningskrav är inte reglerat med hela beloppet.": (
        "SELECT t.id FROM grants_repaymentclaim c JOIN grants_tranche t ON t.id = c.tranche_id "
        "JOIN grants_place place ON place.id = t.place_id WHERE place.programme_id = %s AND c.status = 'closed' "
        "AND ABS(c.amount - (SELECT COALESCE(SUM(e.amount), 0) FROM grants_claimentry e "
        "WHERE e.claim_id = c.id)) > 0.005"
    ),
    "en betalning är utanordnad utan attesterad rekvisition.": (
        "SELECT t.id $PAYMENTS AND $SENT AND (r.status <> 'approved' OR r.approved_by_id IS NULL)"
    ),
    "en betalning är utanordnad av en person ensam.": (
        "SELECT t.id $PAYMENTS AND $SENT AND (p.released_by_id IS NULL OR p.released_by_id = p.prepared_by_id "
        "OR p.released_by_id = p.confirmed_by_id)"
    ),
    "samma person står på båda sidor av en betalning.": (
        "SELECT t.id $PAYMENTS AND EXISTS (SELECT 1 FROM grants_paymentstep s JOIN grants_paymentstep o "
        "ON o.requisition_id = s.requisition_id AND o.person_id = s.person_id AND o.side <> s.side "
        "WHERE s.requisition_id = p.requisition_id)"
    ),
    "en betalning är utanordnad av någon vars steg inte är upptecknat.": (
        "SELECT t.id $PAYMENTS AND $SENT AND NOT EXISTS (SELECT 1 FROM grants_paymentstep s "
        "WHERE s.payment_id = p.id AND s.step = 'released' AND s.person_id = p.released_by_id "
        "AND s.end_to_end = p.end_to_end)"
    ),
    "en betalning har kommit tillbaka utan att det står hur.": (
        "SELECT t.id $PAYMENTS AND p.status = 'returned' AND NOT EXISTS (SELECT 1 FROM grants_paymentreturn b "
        "WHERE b.payment_id = p.id AND b.end_to_end = p.end_to_end AND ABS(b.amount - p.amount) < 0.005)"
    ),
    "en betalning är utanordnad till ett konto som ingen hade kontrollerat.": (
        "SELECT t.id $PAYMENTS AND $SENT AND (a.id IS NULL OR a.verified_by_id IS NULL "
        "OR a.verified_by_id = a.entered_by_id OR a.verified_on > p.released_on)"
    ),
    "en betalning är utanordnad till någon som inte har haft platsen.": (
        "SELECT t.id $PAYMENTS AND $SENT AND a.actor_id NOT IN "
        "(SELECT held.holder_id FROM grants_assignment held WHERE held.place_id = t.place_id)"
    ),
    "en betalning är utanordnad innan riksdagen anvisat medlen.": (
        "SELECT t.id $PAYMENTS AND $SENT AND y.conditional AND NOT EXISTS (SELECT 1 "
        "FROM grants_budgetdecision b WHERE b.year_id = y.id AND b.status = 'confirmed' "
        "AND b.kind <> 'frame' AND b.outcome <> 'rejected' AND b.confirmed_on <= p.released_on)"
    ),
    "en rekvisition är betald mer än en gång.": (
        "SELECT t.id $PAYMENTS AND p.status = 'paid' AND EXISTS (SELECT 1 FROM grants_payment o "
        "WHERE o.requisition_id = p.requisition_id AND o.status = 'paid' AND o.id <> p.id)"
    ),
    "en betalning står inte som den är på sin betalningslista.": (
        "SELECT t.id $PAYMENTS AND p.status IN ('exported', 'accepted', 'paid') AND 1 <> "
        "(SELECT COUNT(*) FROM grants_paymentbatchline l WHERE l.payment_id = p.id "
        "AND l.batch_id = p.batch_id AND l.end_to_end = p.end_to_end AND l.amount = p.amount)"
    ),
    "en rad på en betalningslista har ett annat belopp än betalningen.": (
        "SELECT t.id $PAYMENTS AND EXISTS (SELECT 1 FROM grants_paymentbatchline l "
        "WHERE l.payment_id = p.id AND l.amount <> p.amount)"
    ),
}

PARTS = {
    "PAYMENTS": PAYMENTS,
    "SENT": SENT,
    "TRANCHES": TRANCHES,
    "PAID": PAID,
    "ENTERED": ENTERED,
    "DECIDED": DECIDED,
    "CLAIMED": CLAIMED,
}


def broken(programme: Programme, tranches: Mapping[int, Tranche]) -> tuple[int, list[Difference]]:
    """(number of rules asked of the tranches, a Difference for each that is broken). One query."""
    questions = " UNION ALL ".join(
        f"SELECT {number} AS rule, found.id FROM ({sql}) found"  # noqa: S608 - nothing from outside
        for number, sql in enumerate(RULES.values())
    )
    with connection.cursor() as cursor:
        cursor.execute(Template(questions).substitute(PARTS), [programme.pk] * len(RULES))
        keys = sorted(set(cursor.fetchall()))
    sentences = tuple(RULES)
    found = [
        Difference(f"{row.place} {row.year}", row.get_absolute_url(), sentences[rule])
        for rule, row in ((rule, tranches[key]) for rule, key in keys)
    ]
    return len(RULES) * len(tranches), found
