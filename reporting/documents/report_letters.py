"""What is registered when a report comes in and when a supplement of it is asked for: HTML of our own templates."""

import hashlib
import json

from django.conf import settings
from django.template.loader import render_to_string


def receipt(version):
    """What was submitted, by whom and when, with the SHA-256 of its content."""
    return _told("reporting/report_receipt.html", version.report, version=version, sha256=sha256(version))


def sha256(version):
    """Of the version's content as JSON with sorted keys, UTF-8."""
    content = json.dumps(version.content, ensure_ascii=False, sort_keys=True).encode()
    return hashlib.sha256(content).hexdigest()


def supplement(report, duty, wanted):
    """What is to be supplemented, and by when; `wanted` is (the field's words, what about it)."""
    return _told("reporting/supplement_letter.html", report, duty=duty, wanted=wanted, site=settings.SITE_URL)


def note(text, author):
    """A file note (tjänsteanteckning), and who wrote it."""
    return render_to_string("reporting/file_note.html", {"text": text, "author": author}).strip()


def _told(template, report, **context):
    context |= {"report": report, "tranche": report.tranche, "programme": report.programme}
    return render_to_string(template, context).strip()
