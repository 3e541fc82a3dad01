"""The papers of a delivery: the cover letter (missiv), proposed and as it was written, and the receipt."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from django.template.loader import render_to_string

from digikoord.lib import clock, pdf

from . import compilation

if TYPE_CHECKING:
    from actors.models import User
    from records.models import Registration

    from ..models import CompilationVersion


def proposed(version: CompilationVersion) -> str:
    """The cover letter that the frozen data makes, for a person to change; empty where the data cannot be read."""
    try:
        told, _about = compilation.read(cast("compilation.Data", version.data))
    except ValueError:  # shaped by an earlier edition of digikoord
        return ""
    context = {"told": told, "version": version, "missing": ", ".join(row.name for row in told.left_out)}
    return render_to_string("reporting/compilation_letter.txt", context).strip()


def letter(version: CompilationVersion, text: str, signer: User) -> str:
    """The cover letter as it is registered: HTML of our own template around the text as it was written."""
    context = {"version": version, "text": text, "signer": signer}
    return render_to_string("reporting/compilation_letter.html", context).strip()


def receipt_pdf(version: CompilationVersion, registrations: Iterable[Registration]) -> bytes:
    """The receipt as PDF: the same bytes for the same delivery."""
    context = {"version": version, "year": version.year, "programme": version.programme}
    html = render_to_string("pdf/compilation_receipt.html", {**context, "registrations": registrations})
    title = f"Kvitto på överlämnad sammanställning {version.year}, version {version.number}"
    return pdf.render(
        html,
        title=title,
        created=cast("datetime.datetime", version.delivered_at),
        rehearsal=clock.in_rehearsal(),
    )
