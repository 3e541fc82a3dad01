"""Whom the matters of reporting concern: the rest of the table in grants/concerned.py.

A compilation tells of every actor alike, so it concerns nobody more than others [D]; a page that is sent to one is that one's.
"""

import grants.concerned  # noqa: F401  the rest of the table
from actors.concerned import NOBODY, concerned, of

from .models import (
    ActivityReport,
    Compilation,
    CompilationVersion,
    FactCheck,
    ReportAttachment,
    ReportComment,
    ReportVersion,
)


@of(ActivityReport, FactCheck)
def _of_tranche(row: ActivityReport | FactCheck) -> frozenset[int]:
    return concerned(row.tranche)


@of(ReportVersion, ReportComment, ReportAttachment)
def _of_report(row: ReportVersion | ReportComment | ReportAttachment) -> frozenset[int]:
    return concerned(row.report)


@of(Compilation, CompilationVersion)
def _nobody(row: Compilation | CompilationVersion) -> frozenset[int]:
    return NOBODY
