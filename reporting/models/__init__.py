from .activity_report import ActivityReport, ReportVersion
from .compilation import Compilation, CompilationVersion
from .fact_check import FactCheck
from .rendering import Purpose, Rendering
from .report_attachment import ReportAttachment
from .report_comment import ReportComment

__all__ = [
    "ActivityReport",
    "Compilation",
    "CompilationVersion",
    "FactCheck",
    "Purpose",
    "Rendering",
    "ReportAttachment",
    "ReportComment",
    "ReportVersion",
]
