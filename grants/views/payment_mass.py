"""The acts on many payments at once: released, listed for the bank, confirmed."""

# An address names a programme by its code and a year by its number; the view goes on with the rows themselves.
# mypy: allow-redefinition

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.http import HttpResponse

from actors.models import User
from actors.request import Request
from digikoord.lib import clock, pages
from digikoord.lib.fields import ChooseForm
from digikoord.lib.money import ZERO
from digikoord.lib.pages import R
from digikoord.lib.verdict import Verdict
from programmes.models import Programme

from .. import permissions, selectors
from ..actions import bank_details, bank_files, payments
from ..forms.money import ConfirmManyForm
from ..four_eyes import Step
from ..models import Payment
from ..selectors.lacking import lacking_people


def _mass(
    request: Request,
    programme: str,
    *,
    move: str,
    template: str,
    permission: Callable[[User, Payment], Verdict],
    do: Callable[[Programme, dict[str, Any]], R],  # each form cleans to its own
    done: str | Callable[[R], str],
    to: str | Callable[[R], str] | None,
    form: type[forms.BaseForm] = ChooseForm,
    initial: Mapping[str, object] | None = None,
    more: Callable[[Programme, list[Payment]], dict[str, object]] | None = None,
) -> HttpResponse:
    programme = selectors.programme_or_404(request.user, programme)
    rows = selectors.payments_of(request.user, programme)
    chosen, left_out = selectors.split_payments(request.user, rows, move, permission)
    choices = {"rows": Payment.objects.filter(pk__in=[row.pk for row in chosen])}
    return pages.act(
        request,
        verdict=permissions.can_pay(request.user, programme),
        template=template,
        context={
            "programme": programme,
            "rows": [selectors.payment_choice(row) for row in chosen],
            "excluded": left_out,
            "cancel_url": selectors.payments_url(programme),
            **(more(programme, chosen) if more else {}),
        },
        form=form,
        form_kwargs=choices | ({"initial": initial} if initial else {}),
        do=lambda **data: do(programme, data),
        done=done,
        to=to or selectors.payments_url(programme),
    )


def release_many(request: Request, programme: str) -> HttpResponse:
    return _mass(
        request,
        programme,
        move="release",
        template="grants/payment_release_many.html",
        permission=permissions.can_release_now,
        do=lambda programme, data: payments.release_many(data["rows"], by=request.user),
        done=lambda made: f"{len(made)} utbetalningar är utanordnade.",
        to=None,
        more=lambda programme, chosen: {
            "lacking": lacking_people(programme, chosen, (Step.RELEASED, request.user))
        },
    )


def _what_goes_where(programme: Programme, chosen: list[Payment]) -> dict[str, object]:
    """The file that would be made: from whom, to which bank, when. Said before the act."""
    known = bank_details.is_known(programme)
    answered = permissions.has_somebody_to_answer(chosen) if chosen else None
    return {
        "details": bank_details.of(programme),
        "unknown_sender": "" if known else known.reason,
        "unanswerable": answered.reason if answered is not None and not answered else "",
        "execute_on": bank_files.execution_day(clock.today()),
        "message_id": bank_files.message_id_of(programme, programme.batches.count() + 1),
        "total": sum((row.amount for row in chosen), start=ZERO),
    }


def export(request: Request, programme: str) -> HttpResponse:
    return _mass(
        request,
        programme,
        move="export",
        template="grants/payment_export.html",
        permission=permissions.can_export,
        more=_what_goes_where,
        do=lambda programme, data: payments.export(programme, by=request.user, payments=data["rows"]),
        done=lambda batch: f"Betalningslista {batch.number} är skapad.",
        to=lambda batch: batch.get_absolute_url(),
    )


def confirm_many(request: Request, programme: str) -> HttpResponse:
    return _mass(
        request,
        programme,
        move="confirm",
        template="grants/payment_confirm_many.html",
        permission=permissions.can_confirm_payment,
        do=lambda programme, data: payments.confirm_many(data.pop("rows"), by=request.user, **data),
        done=lambda made: f"{len(made)} betalningar är bekräftade.",
        to=None,
        form=ConfirmManyForm,
        initial={"value_date": clock.today()},
    )
