"""What happens here, told by the trail: one frozen class a verb."""

from . import (  # noqa: F401
    assignment,
    bank_details,
    bank_file,
    budget_decision,
    coordinator,
    government_decision,
    payment,
    payment_account,
    payment_batch,
    programme,
    recovery,
    repayment_claim,
    requisition,
    succession,
    tranche,
    year,
)
