# An address names a programme by its code and a year by its number; the view goes on with the rows themselves.
# mypy: allow-redefinition

from functools import partial
from typing import cast

from django.http import HttpResponse
from django.shortcuts import render

from actors.request import Request
from digikoord.lib import pages
from digikoord.lib.verdict import ALLOWED, refused

from .. import permissions, selectors
from ..actions import bank_details
from ..forms.bank import BankDetailsForm
from ..models import BankDetails

FIELDS = ("debit_giro", "debit_number", "bic", "org_nr")


def detail(request: Request, programme: str) -> HttpResponse:
    programme = selectors.authority_programme_or_404(request.user, programme)
    row = bank_details.of(programme)
    waiting = row is not None and not row.is_confirmed
    return render(
        request,
        "grants/bank_details_detail.html",
        {
            "programme": programme,
            "details": row,
            "may_enter": permissions.can_pay(request.user, programme),
            "may_confirm": waiting
            and permissions.can_confirm_bank_details(request.user, cast("BankDetails", row)),
            "events": selectors.trail_of(row) if row else [],
        },
    )


def enter(request: Request, programme: str) -> HttpResponse:
    programme = selectors.authority_programme_or_404(request.user, programme)
    row = bank_details.of(programme)
    initial = {name: getattr(row, name) for name in FIELDS} if row else {}
    known = programme.disburser.org_nr
    return pages.act(
        request,
        verdict=permissions.can_pay(request.user, programme),
        template="grants/bank_details_enter.html",
        context={"programme": programme, "cancel_url": selectors.bank_details_url(programme)},
        form=BankDetailsForm,
        form_kwargs={
            "initial": {"debit_giro": "bankgiro"}
            | {k: v for k, v in initial.items() if v}
            | ({"org_nr": known} if known else {}),
            "known": known,
        },
        do=partial(bank_details.enter, programme, by=request.user),
        done="Bankuppgifterna är sparade. En annan person ska bekräfta dem.",
        to=selectors.bank_details_url(programme),
    )


def confirm(request: Request, programme: str) -> HttpResponse:
    programme = selectors.authority_programme_or_404(request.user, programme)
    row = bank_details.of(programme)
    waits = ALLOWED if row and not row.is_confirmed else refused("Det finns inga bankuppgifter att bekräfta.")
    verdict = permissions.can_pay(request.user, programme) & waits
    return pages.act(
        request,
        verdict=verdict and permissions.can_confirm_bank_details(request.user, cast("BankDetails", row)),
        template="grants/bank_details_confirm.html",
        context={"programme": programme, "details": row, "cancel_url": selectors.bank_details_url(programme)},
        do=partial(bank_details.confirm, cast("BankDetails", row), by=request.user),
        done="Bankuppgifterna är bekräftade.",
        to=selectors.bank_details_url(programme),
    )
