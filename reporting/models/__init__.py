from .activity_report import ActivityReport, ReportVersion
from .compilation import Compilation, CompilationVersion
from .rendering import Purpose, Rendering

__all__ = [
    "ActivityReport",
    "Compilation",
    "CompilationVersion",
    "Purpose",
    "Rendering",
    "ReportVersion",
]
