"""Att reda ut: the lines of the bank's files that wait for a payer, and what each may be."""

# An address names a programme by its code and a year by its number; the view goes on with the rows themselves.
# mypy: allow-redefinition

from collections.abc import Callable
from functools import partial
from typing import Any, cast

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from actors.models import User
from actors.request import Request
from digikoord.lib import lists, pages
from digikoord.lib.columns import Column
from digikoord.lib.verdict import Refused

from .. import permissions, selectors
from ..actions import bank_lines
from ..forms.bank_line_filter import WaitingLineFilter
from ..forms.bank_lines import SettleForm
from ..models import BankFile, BankFileLine, ClaimEntry, Handled, PaymentBatchLine, RepaymentClaim

SIZE = 20
COLUMNS = (
    Column("on", "Dag", "date"),
    Column("outcome", "Läge", value=lambda row: row.get_outcome_display()),
    Column("direction", "Riktning"),
    Column("amount", "Belopp, kr", "money"),
    Column("surplus", "Varav överskott, kr", "money"),
    Column("reference", "OCR"),
    Column("payer", "Motpart"),
    Column("message", "Meddelande"),
    Column("reason", "Varför den väntar"),
    Column("file", "Fil", value=lambda row: row.file.name),
    Column("number", "Rad", "int"),
)
CLAIM = ("tranche__year", "tranche__place", "tranche__assignment__holder")
# What a pick names: where it is found, the act, and what the act calls it
PICKS: dict[str, tuple[QuerySet[Any], Callable[..., BankFileLine], str]] = {  # of whatever is picked
    "claim": (RepaymentClaim.objects.select_related(*CLAIM), bank_lines.book_on, "claim"),
    "line": (BankFileLine.objects.all(), bank_lines.take_back, "former"),
    "payment": (
        PaymentBatchLine.objects.select_related("batch", "payment"),
        bank_lines.return_payment,
        "listed",
    ),
    "entry": (ClaimEntry.objects.select_related("claim"), bank_lines.same_as, "entry"),
}


def list_(request: Request, programme: str) -> HttpResponse:
    programme = selectors.authority_programme_or_404(request.user, programme)
    pages.require(permissions.can_pay(request.user, programme))
    rows = selectors.waiting_lines(programme)
    shown = WaitingLineFilter(request.GET, queryset=rows, request=request)
    file = lists.export(request, COLUMNS, shown.qs, "att-reda-ut")
    if file:
        return file
    page = pages.paginate(request, shown.qs, size=SIZE)
    return render(
        request,
        "grants/bank_line_list.html",
        {
            "programme": programme,
            "filter": shown,
            "exports": lists.exports(request),
            "page": page,
            "lines": selectors.with_candidates(programme, page.object_list),
        },
    )


def _line(user: User, pk: int) -> BankFileLine:
    files = BankFile.objects.visible_to(user)
    rows = BankFileLine.objects.waiting().filter(file__in=files.values("pk"))
    rows = rows.select_related("file", "programme__disburser", "claim__tranche__year")
    return get_object_or_404(rows, pk=pk)


@require_POST
def pick(request: Request, pk: int) -> HttpResponse:
    """One press: what the button of a candidate says."""
    line = _line(request.user, pk)
    return pages.post(
        request,
        verdict=permissions.can_pay(request.user, line.programme),
        do=lambda: _picked(line, request.user, request.POST.get("pick", "")),
        done="Raden är utredd.",
        to=selectors.bank_lines_url(line.programme),
    )


def _picked(line: BankFileLine, user: User, text: str) -> BankFileLine:
    kind, _, key = text.partition(":")
    if kind not in PICKS or not (key.isascii() and key.isdecimal()):
        raise Refused("Välj ett av förslagen, eller säg vad raden är.")
    rows, act, name = PICKS[kind]
    found = rows.filter(pk=key[:18]).first()
    if found is None:
        raise Refused("Förslaget finns inte längre. Läs sidan på nytt.")
    return act(line, by=user, **{name: found})


def settle(request: Request, pk: int) -> HttpResponse:
    line = _line(request.user, pk)
    programme = line.programme
    claims = RepaymentClaim.objects.filter(tranche__place__programme=programme, status="open")
    back = selectors.bank_lines_url(programme)
    return pages.act(
        request,
        verdict=permissions.can_pay(request.user, programme),
        template="grants/bank_line_settle.html",
        context={"line": line, "programme": programme, "cancel_url": back},
        form=SettleForm,
        form_kwargs={"line": line, "claims": claims.select_related(*CLAIM)},
        do=partial(_said, line, request.user),
        done="Raden är utredd.",
        to=back,
    )


def _said(
    line: BankFileLine, user: User, *, how: str, note: str, evidence: str, claim: RepaymentClaim | None = None
) -> BankFileLine:
    if how == Handled.BOOKED:
        return bank_lines.book_on(line, by=user, claim=cast("RepaymentClaim", claim))
    return bank_lines.say(line, by=user, how=how, note=note, evidence=evidence)
