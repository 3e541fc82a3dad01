from .amendment import Amendment
from .assignment import Assignment, Instrument
from .budget_amount import BudgetAmount
from .budget_decision import BudgetDecision
from .coordinator import Coordinator, Function
from .document import Document
from .government_decision import GovernmentDecision
from .payment import Payment
from .payment_account import Giro, PaymentAccount
from .payment_batch import PaymentBatch, PaymentBatchLine
from .place import Part, Place
from .programme import Programme
from .programme_year import ProgrammeYear
from .registration import Direction, Registration
from .repayment_claim import ClaimEntry, EntryKind, RepaymentClaim
from .requisition import Requisition
from .signature import Answer, Signature
from .tranche import Tranche

__all__ = [
    "Amendment",
    "Answer",
    "Assignment",
    "BudgetAmount",
    "BudgetDecision",
    "ClaimEntry",
    "Coordinator",
    "Direction",
    "Document",
    "EntryKind",
    "Function",
    "Giro",
    "GovernmentDecision",
    "Instrument",
    "Part",
    "Payment",
    "PaymentAccount",
    "PaymentBatch",
    "PaymentBatchLine",
    "Place",
    "Programme",
    "ProgrammeYear",
    "Registration",
    "RepaymentClaim",
    "Requisition",
    "Signature",
    "Tranche",
]
