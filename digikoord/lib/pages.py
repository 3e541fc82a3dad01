"""The three things a view does besides finding rows: carry out an act, page a list, send a file."""

import datetime
import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, Protocol, TypeVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Page, Paginator
from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet
from django.db.models.options import Options
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header

from . import reading
from .lifecycle import HasStatus, can
from .verdict import Refused, Verdict, is_open

log = logging.getLogger(__name__)
PAGE_SIZE = 50
OVERTAKEN = "Någon annan hann före. Läs sidan på nytt och försök igen."


R = TypeVar("R")
T = TypeVar("T")


class ActedOn(HasStatus, Protocol):
    """A row of a programme, with a page of its own."""

    _meta: "ClassVar[Options[Any]]"  # of whichever model it is

    @property
    def programme(self) -> object: ...

    def get_absolute_url(self) -> str: ...


class Confirmation(forms.Form):
    """The form of an act that asks for nothing but a yes."""


def act(
    request: HttpRequest,
    *,
    verdict: Verdict,
    template: str,
    context: Mapping[str, object],
    do: Callable[..., R],
    done: str | Callable[[R], str],
    to: str | Callable[[R], str],
    form: Callable[..., forms.BaseForm] | None = None,
    form_kwargs: Mapping[str, object] | None = None,
) -> HttpResponse:
    """Show an act's page, or carry the act out.

    verdict      may this person do this? A refusal is a 403 page that says why
    template     extends "act.html"; meets `context` and `form`
    form         a form class; None: the page only asks for confirmation
    form_kwargs  further arguments of the form: initial, instance, the rows to choose among
    do           called with what the form cleaned, by name (nothing without a form); returns the act's result
    done, to     the message and the address afterwards: strings, or functions of the result

    A valid POST does the act in a savepoint and redirects. Whatever stops it (Refused, ValidationError, somebody who was
    faster, rows of the context that have changed since the page was read) is shown above the form as it was typed, with
    status 422.
    """
    require(is_open(context.get("programme")) & verdict)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    kind: Callable[..., forms.BaseForm] = form or Confirmation
    bound = kind(*posted, **(form_kwargs or {}))
    as_read = reading.mark_of(context)
    if posted and not reading.is_as_read(request.POST, context):
        bound.add_error(None, reading.CHANGED)
    if bound.is_valid():
        try:
            # A failure undoes the act alone, so that the page can still be read and rendered.
            with transaction.atomic():
                result = do(**bound.cleaned_data)
        except (Refused, ValidationError, IntegrityError) as refusal:
            _say(refusal, bound, template)
        else:
            messages.success(request, done(result) if callable(done) else done)
            return redirect(to(result) if callable(to) else to)
    return render(
        request,
        template,
        {**context, "form": bound, "noted": verdict.note, "as_read": as_read},
        status=422 if bound.errors else 200,
    )


def _say(refusal: Exception, form: forms.BaseForm, template: str) -> None:
    """On the form, what stopped the act."""
    match refusal:
        case Refused():
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        case ValidationError():
            _place(refusal, form)
        case IntegrityError():
            # Two at once, most often; but a guard that no act explained must not pass unseen.
            log.warning("%s was refused by the database: %s", template, _rule(refusal))
            form.add_error(None, OVERTAKEN)


def _rule(refusal: IntegrityError) -> str:
    """The guard that refused, and not the row it refused."""
    return (
        getattr(getattr(refusal.__cause__, "diag", None), "constraint_name", None) or type(refusal).__name__
    )


def act_on(
    request: HttpRequest,
    row: ActedOn,
    move: str,
    *,
    template: str,
    verdict: Verdict,
    do: Callable[..., R],
    done: str | Callable[[R], str],
    form: Callable[..., forms.BaseForm] | None = None,
    initial: Mapping[str, object] | None = None,
    **context: object,
) -> HttpResponse:
    """One act on one row: its lifecycle's `move` must start here; afterwards back to the row's page.

    The template meets the row by its noun ("tranche"), and `programme`.
    """
    return act(
        request,
        verdict=verdict & can(row, move),
        template=template,
        context={
            str(row._meta.model_name): row,
            "programme": row.programme,
            "cancel_url": row.get_absolute_url(),
            **context,
        },
        form=form,
        form_kwargs={"initial": initial or {}},
        do=do,
        done=done,
        to=row.get_absolute_url(),
    )


def require(verdict: Verdict) -> None:
    """A refusal is a 403 page that says why."""
    if not verdict:
        raise PermissionDenied(verdict.reason)


def post(
    request: HttpRequest,
    *,
    verdict: Verdict,
    do: Callable[[], R],
    done: str | Callable[[R], str],
    to: str | Callable[[R | None], str],
) -> HttpResponse:
    """An act that a button carries out without a page of its own: arguments as of `act`. A refusal is told on the page
    it leads to."""
    require(verdict)
    try:
        with transaction.atomic():
            result = do()
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(to(None) if callable(to) else to)
    messages.success(request, done(result) if callable(done) else done)
    return redirect(to(result) if callable(to) else to)


def _place(error: ValidationError, form: forms.BaseForm) -> None:
    """Each message on the field it names; on the whole form where there is no such field."""
    by_field = error.update_error_dict({})
    for name, errors in by_field.items():
        form.add_error(name if name in form.fields else None, errors)


def day_asked(request: HttpRequest) -> datetime.date | None:
    """The day that `?per=2018-12-31` asks about; None without one. A day that cannot be read is said."""
    text = request.GET.get("per", "")
    if not text:
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        messages.warning(request, f"”{text[:40]}” är ingen dag. Skriv den som 2018-12-31.")
        return None


def paginate(
    request: HttpRequest, rows: QuerySet[Model, T] | Sequence[T], size: int = PAGE_SIZE
) -> "Page[T]":
    """The page asked for by `?page=`; the nearest one for a number that does not exist."""
    return Paginator(rows, size).get_page(request.GET.get("page"))


def download(content: bytes, name: str, content_type: str) -> HttpResponse:
    """Bytes as a file to save under `name`; never kept by a cache in between."""
    return HttpResponse(
        content,
        content_type=content_type,
        headers={
            "Content-Disposition": content_disposition_header(as_attachment=True, filename=name),
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )
