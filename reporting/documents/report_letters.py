"""What is registered when a report comes in and when a supplement of it is asked for: HTML of our own templates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.conf import settings
from django.template.loader import render_to_string

from digikoord.lib.plain import sha256_of

if TYPE_CHECKING:
    from actors.models import User
    from duties.models import Obligation

    from ..models import ActivityReport, ReportVersion


def receipt(version: ReportVersion) -> str:
    """What was submitted, by whom and when, with the SHA-256 of its content."""
    return _told(
        "reporting/report_receipt.html", version.report, version=version, sha256=sha256_of(version.content)
    )


def supplement(report: ActivityReport, duty: Obligation, wanted: Sequence[tuple[str, str]]) -> str:
    """What is to be supplemented, and by when; `wanted` is (the field's words, what about it)."""
    return _told("reporting/supplement_letter.html", report, duty=duty, wanted=wanted, site=settings.SITE_URL)


def note(text: str, author: User) -> str:
    """A file note (tjänsteanteckning), and who wrote it."""
    return render_to_string("reporting/file_note.html", {"text": text, "author": author}).strip()


def _told(template: str, report: ActivityReport, **context: object) -> str:
    context |= {"report": report, "tranche": report.tranche, "programme": report.programme}
    return render_to_string(template, context).strip()
