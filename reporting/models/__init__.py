from .activity_report import ActivityReport, ReportVersion
from .compilation import Compilation, CompilationVersion
from .fact_check import FactCheck
from .ledger_check import LedgerCheck
from .rendering import Purpose, Rendering
from .report_attachment import ReportAttachment
from .report_comment import ReportComment

__all__ = [
    "ActivityReport",
    "Compilation",
    "CompilationVersion",
    "FactCheck",
    "LedgerCheck",
    "Purpose",
    "Rendering",
    "ReportAttachment",
    "ReportComment",
    "ReportVersion",
]
