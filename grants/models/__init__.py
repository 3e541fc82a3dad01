from .account_line import AccountLine
from .account_stop import AccountStop
from .account_verification import AccountVerification
from .amendment import Amendment
from .assignment import Assignment, Instrument
from .bank_details import BankDetails
from .bank_file import BankFile, FileKind
from .bank_line import BankFileLine
from .bank_outcome import Handled, Outcome
from .bank_reference import BankReference
from .budget_amount import BudgetAmount
from .budget_decision import BudgetDecision
from .claim_entry import ClaimDeferral, ClaimEntry, ClaimInterest, EntryKind, InterestKind
from .coordinator import Coordinator, Function
from .government_decision import GovernmentDecision
from .payment import Payment
from .payment_account import Evidence, Giro, PaymentAccount
from .payment_batch import PaymentBatch, PaymentBatchLine
from .payment_return import PaymentReturn
from .payment_step import PaymentStep
from .place import Part, Place
from .programme_year import ProgrammeYear
from .receipt_credit import ReceiptCredit
from .recovery import Recovery
from .repayment_claim import ClaimKind, RepaymentClaim
from .requisition import Requisition
from .signature import Answer, Signature
from .tranche import Tranche
from .year_charge import YearCharge

__all__ = [
    "AccountLine",
    "AccountStop",
    "AccountVerification",
    "Amendment",
    "Answer",
    "Assignment",
    "BankDetails",
    "BankFile",
    "BankFileLine",
    "BankReference",
    "BudgetAmount",
    "BudgetDecision",
    "ClaimDeferral",
    "ClaimEntry",
    "ClaimInterest",
    "ClaimKind",
    "Coordinator",
    "EntryKind",
    "Evidence",
    "FileKind",
    "Function",
    "Giro",
    "GovernmentDecision",
    "Handled",
    "Instrument",
    "InterestKind",
    "Outcome",
    "Part",
    "Payment",
    "PaymentAccount",
    "PaymentBatch",
    "PaymentBatchLine",
    "PaymentReturn",
    "PaymentStep",
    "Place",
    "ProgrammeYear",
    "ReceiptCredit",
    "Recovery",
    "RepaymentClaim",
    "Requisition",
    "Signature",
    "Tranche",
    "YearCharge",
]
