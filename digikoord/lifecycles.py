"""Every lifecycle table of the product, in the order of a case, for docs/lifecycles.md and the tests."""

from access.lifecycle.address_change import ADDRESS_CHANGE
from access.lifecycle.membership_offer import MEMBERSHIP_OFFER
from actors.lifecycle.succession import SUCCESSION
from duties.lifecycle.extension import EXTENSION
from duties.lifecycle.letter import LETTER
from grants.lifecycle.assignment import ASSIGNMENT
from grants.lifecycle.budget_decision import BUDGET_DECISION
from grants.lifecycle.government_decision import GOVERNMENT_DECISION
from grants.lifecycle.payment import PAYMENT
from grants.lifecycle.payment_account import PAYMENT_ACCOUNT
from grants.lifecycle.recovery import RECOVERY
from grants.lifecycle.repayment_claim import REPAYMENT_CLAIM
from grants.lifecycle.requisition import REQUISITION
from grants.lifecycle.tranche import TRANCHE
from reporting.lifecycle.activity_report import ACTIVITY_REPORT
from reporting.lifecycle.compilation_version import COMPILATION_VERSION
from reporting.lifecycle.fact_check import FACT_CHECK
from reporting.lifecycle.rendering import RENDERING

TABLES = {
    "government decision": GOVERNMENT_DECISION,
    "assignment": ASSIGNMENT,
    "succession": SUCCESSION,
    "budget decision": BUDGET_DECISION,
    "tranche": TRANCHE,
    "requisition": REQUISITION,
    "payment": PAYMENT,
    "payment account": PAYMENT_ACCOUNT,
    "repayment claim": REPAYMENT_CLAIM,
    "recovery": RECOVERY,
    "extension": EXTENSION,
    "activity report": ACTIVITY_REPORT,
    "compilation version": COMPILATION_VERSION,
    "fact check": FACT_CHECK,
    "rendering": RENDERING,
    "letter": LETTER,
    "membership offer": MEMBERSHIP_OFFER,
    "address change": ADDRESS_CHANGE,
}


def as_markdown() -> str:
    """The table of docs/lifecycles.md."""
    rows = [f"| {noun} | {table.told()} |" for noun, table in TABLES.items()]
    return "\n".join(["| noun | moves |", "|--|--|", *rows])
