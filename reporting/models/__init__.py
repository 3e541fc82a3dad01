from .activity_report import ActivityReport, ReportVersion
from .compilation import Compilation, CompilationVersion
from .ledger_check import LedgerCheck
from .rendering import Purpose, Rendering

__all__ = [
    "ActivityReport",
    "Compilation",
    "CompilationVersion",
    "LedgerCheck",
    "Purpose",
    "Rendering",
    "ReportVersion",
]
