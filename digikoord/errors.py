"""Each error has a number: the page shows it, the log has it, and a row counts it for all processes.

It is written after what failed has been undone, and never makes things worse: where the database is away the log alone has it.
"""

from __future__ import annotations

import logging
import secrets
import sys
from typing import TYPE_CHECKING, cast

from django.apps import apps
from django.db import InterfaceError, OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone

if TYPE_CHECKING:

    class Numbered(HttpRequest):
        """One that met an error."""

        error_number: str


log = logging.getLogger(__name__)
SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that is mistaken for another when it is read aloud
PLAIN = "Något gick fel hos oss. Ingenting har sparats. Försök igen om en stund. Felnummer: {number}"


def noted(where: str, error: BaseException) -> str:
    """Give the error its number, and keep it: `where` is a route or a task."""
    drawn = "".join(secrets.choice(SIGNS) for _ in range(8))
    number = f"{drawn[:4]}-{drawn[4:]}"
    log.error("Error %s at %s", number, where, exc_info=error, extra={"error": number, "where": where})
    if not _is_away(error):
        _count(number, where, error)
    return number


def _is_away(error: BaseException) -> bool:
    """Whether the database was lost: asking it again would only make the person wait."""
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    return connection.connection is None or bool(getattr(connection.connection, "closed", False))


def _count(number: str, where: str, error: BaseException) -> None:
    row = apps.get_model("digikoord", "Error")(
        number=number, at=timezone.now(), kind=type(error).__name__[:100], where=where[:120]
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except Exception:
        log.warning("Error %s could not be counted", number)


def server_error(request: HttpRequest) -> HttpResponse:
    """The page of an error, with its number: Django calls it while the error is handled (handler500)."""
    match = request.resolver_match
    number = noted(match.view_name if match else "", sys.exc_info()[1] or RuntimeError())
    cast("Numbered", request).error_number = number
    plain = PLAIN.format(number=number)
    if not request.headers.get("HX-Request"):
        try:
            return HttpResponse(render_to_string("500.html", {"number": number}), status=500)
        except Exception:
            log.warning("The page of error %s could not be made", number)
    return HttpResponse(plain, status=500, content_type="text/plain; charset=utf-8")
