# An address names a programme by its code and a year by its number; the view goes on with the rows themselves.
# mypy: allow-redefinition

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from actors.request import Request
from digikoord.lib import clock, lists, pages
from digikoord.lib.columns import Column
from digikoord.lib.verdict import Refused

from .. import permissions, selectors
from ..actions import bank_answers, bank_deposits, bank_files
from ..forms.bank import BankFileForm
from ..models import BankFile, FileKind, PaymentBatch

XML = "application/xml"
COLUMNS = (
    Column("imported_on", "Inläst", "date"),
    Column("name", "Fil", link=lambda row: row.get_absolute_url()),
    Column("kind", "Slag", value=lambda row: row.get_kind_display()),
    Column("message_id", "Meddelande"),
    Column("batch", "Lista", value=lambda row: row.batch and str(row.batch.number)),
    Column("imported_by", "Av", value=lambda row: str(row.imported_by)),
)


def list_(request: Request, programme: str) -> HttpResponse:
    programme = selectors.authority_programme_or_404(request.user, programme)
    rows = BankFile.objects.visible_to(request.user).filter(programme=programme)
    return lists.listing(
        request,
        template="grants/bank_file_list.html",
        name="bankfiler",
        columns=COLUMNS,
        rows=rows.select_related("batch", "imported_by").defer("content"),
        programme=programme,
        may_pay=permissions.can_pay(request.user, programme),
        waiting=selectors.waiting_lines(programme).count(),
    )


def _batch(request: Request, pk: int) -> PaymentBatch:
    rows = PaymentBatch.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("programme__disburser"), pk=pk)


@require_POST
def hand_out(request: Request, pk: int) -> HttpResponse:
    """The batch's file for the bank. To fetch it is an act, so it is never a GET."""
    batch = _batch(request, pk)
    verdict = permissions.can_pay(request.user, batch.programme) & selectors.has_bank_file(batch)
    if not verdict:
        raise PermissionDenied(verdict.reason)
    try:
        content = bank_files.hand_out(batch, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(batch)
    return pages.download(content, f"{batch.message_id}.xml", XML)


def take_in_answer(request: Request, pk: int) -> HttpResponse:
    batch = _batch(request, pk)
    return pages.act(
        request,
        verdict=permissions.can_pay(request.user, batch.programme) & selectors.has_bank_file(batch),
        template="grants/bank_file_take_in_answer.html",
        context={"batch": batch, "programme": batch.programme, "cancel_url": batch.get_absolute_url()},
        form=BankFileForm,
        do=partial(bank_answers.take_in, batch, by=request.user),
        done="Bankens svar är inläst.",
        to=lambda made: made.get_absolute_url(),
    )


def take_in_deposits(request: Request, programme: str) -> HttpResponse:
    programme = selectors.authority_programme_or_404(request.user, programme)
    return pages.act(
        request,
        verdict=permissions.can_pay(request.user, programme),
        template="grants/bank_file_take_in_deposits.html",
        context={
            "programme": programme,
            "rehearsal": clock.in_rehearsal(),
            "cancel_url": selectors.bank_files_url(programme),
        },
        form=BankFileForm,
        do=partial(bank_deposits.take_in, programme, by=request.user),
        done="Filen är inläst.",
        to=lambda made: made.get_absolute_url(),
    )


def _file(request: Request, pk: int) -> BankFile:
    rows = BankFile.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("programme__disburser", "batch", "imported_by"), pk=pk)


def detail(request: Request, pk: int) -> HttpResponse:
    """How many lines ended as what, and the lines: those that need work first."""
    file = _file(request, pk)
    pays = bool(permissions.can_pay(request.user, file.programme))
    lines = selectors.readable_lines(file, pays)
    page = pages.paginate(request, lines)
    return render(
        request,
        "grants/bank_file_detail.html",
        {
            "file": file,
            "programme": file.programme,
            "page": page,
            "summaries": selectors.outcomes_of(lines),
            "waiting": file.lines.waiting().count() if pays else 0,
            "is_answer": file.kind == FileKind.ANSWER,
            "pays": pays,
            "may_fetch": pays or file.kind == FileKind.ANSWER,
            "events": selectors.trail_of(file),
        },
    )


def original(request: Request, pk: int) -> HttpResponse:
    """The file as it came from the bank. One of money that moved may tell of others' money: it is the payers'."""
    file = _file(request, pk)
    if file.kind == FileKind.DEPOSITS:
        pages.require(permissions.can_pay(request.user, file.programme))
    return pages.download(bytes(file.content), file.name, XML)
