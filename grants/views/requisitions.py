# An address names a programme by its code and a year by its number; the view goes on with the rows themselves.
# mypy: allow-redefinition

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from actors.request import Request
from digikoord.lib import lists, pages
from digikoord.lib.buttons import offered
from digikoord.lib.columns import Column
from digikoord.lib.fields import ChooseForm, ReasonForm
from digikoord.lib.pages import R
from digikoord.lib.verdict import Verdict
from programmes.models import Programme
from records.models import Event
from records.selectors.registrations import registrations_about

from .. import permissions, selectors
from ..actions import effects, requisitions
from ..events.requisition import RequisitionFellAway
from ..forms.filters import RequisitionFilter
from ..forms.money import RequisitionForm
from ..four_eyes import Step
from ..models import Requisition, Tranche
from ..selectors.lacking import Lacking, lacking_people

COLUMNS = (
    Column(
        "place",
        "Plats",
        value=lambda row: row.tranche.place.name,
        link=lambda row: row.get_absolute_url(),
    ),
    Column("year", "År", value=lambda row: str(row.tranche.year)),
    Column("status", "Läge", "status"),
    Column("holder", "Aktör", value=lambda row: str(row.tranche.holder)),
    Column("amount", "Belopp, kr", "money", total=True),
    Column("submitted_on", "Inskickad", "date"),
    Column("late", "För sent", value=lambda row: "Ja" if row.received_late else None),
)


def list_(request: Request, programme: str) -> HttpResponse:
    programme = selectors.programme_or_404(request.user, programme)
    rows = selectors.requisitions_of(request.user, programme)
    return lists.listing(
        request,
        template="grants/requisition_list.html",
        name="rekvisitioner",
        columns=COLUMNS,
        rows=rows,
        filters=RequisitionFilter,
        programme=programme,
        submitted=selectors.counted(rows)["submitted"],
        may_approve=permissions.can_handle_requisitions(request.user, programme),
    )


def _found(request: Request, pk: int) -> Requisition:
    rows = Requisition.objects.visible_to(request.user).select_related(
        "tranche__year",
        "tranche__place__programme__ministry",
        "tranche__assignment__holder",
        "tranche__assignment__decision",
        "written_by",
        "written_for",
        "submitted_by",
        "approved_by",
    )
    return get_object_or_404(rows.prefetch_related(*selectors.FOUR_EYES_OF_REQUISITIONS), pk=pk)


def detail(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk)
    user = request.user
    handling = permissions.can_handle_requisitions(user, row)
    submitting = permissions.can_submit_requisition(user, row)
    events = Event.objects.about(row.subject().key)
    return render(
        request,
        "grants/requisition_detail.html",
        {
            "requisition": row,
            "programme": row.programme,
            "payments": selectors.payments_of(user, row.programme).filter(requisition=row),
            "buttons": offered(
                row,
                (submitting, "submit", "grants:requisition_submit"),
                (permissions.can_approve(user, row), "approve", "grants:requisition_approve"),
                (permissions.can_return_requisition(user, row), "return", "grants:requisition_return"),
                (permissions.can_withdraw_requisition(user, row), "withdraw", "grants:requisition_withdraw"),
                (handling & requisitions.has_no_payment(row), "cancel", "grants:requisition_cancel"),
            ),
            "registrations": registrations_about(user, row),
            "fallen": events.filter(verb=RequisitionFellAway.verb).first()
            if row.status == "withdrawn"
            else None,
            "events": events,
        },
    )


def write(request: Request, pk: int) -> HttpResponse:
    """A signatory's requisition is submitted at once; a writer's waits for the signatory."""
    rows = Tranche.objects.visible_to(request.user).select_related(
        "year", "place__programme__ministry", "assignment__holder", "assignment__decision"
    )
    tranche = get_object_or_404(rows, pk=pk)
    signs = permissions.can_submit_requisition(request.user, Requisition(tranche=tranche))

    def do(**data: Any) -> Requisition:  # the form cleans to its own
        made = requisitions.write(tranche, by=request.user, **data)
        return requisitions.submit(made, by=request.user) if signs else made

    return pages.act(
        request,
        verdict=permissions.can_write_requisition(request.user, tranche) & requisitions.is_open(tranche),
        template="grants/requisition_write.html",
        context={
            "tranche": tranche,
            "programme": tranche.programme,
            "room": requisitions.room(tranche),
            "late": requisitions.is_late(tranche),
            "signs": bool(signs),
            "cancel_url": tranche.get_absolute_url(),
        },
        form=RequisitionForm,
        form_kwargs={"initial": {"amount": requisitions.room(tranche)}},
        do=do,
        done="Rekvisitionen är inskickad."
        if signs
        else "Rekvisitionen är sparad. En behörig företrädare ska skicka in den.",
        to=lambda made: made.get_absolute_url(),
    )


def _act(
    request: Request,
    row: Requisition,
    *,
    move: str,
    verdict: Verdict,
    do: Callable[..., R],
    done: str | Callable[[R], str],
    **options: Any,  # what pages.act_on takes
) -> HttpResponse:
    return pages.act_on(
        request,
        row,
        move,
        template=f"grants/requisition_{move}.html",
        verdict=verdict,
        do=do,
        done=done,
        **options,
    )


def submit(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk)
    return _act(
        request,
        row,
        move="submit",
        verdict=permissions.can_submit_requisition(request.user, row),
        do=partial(requisitions.submit, row, by=request.user),
        done="Rekvisitionen är inskickad.",
        form=RequisitionForm,
        initial={"amount": row.amount, "reference": row.reference},
        late=requisitions.is_late(row.tranche),
        room=requisitions.room(row.tranche, besides=row.pk),
    )


def return_(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk)
    return _act(
        request,
        row,
        move="return",
        verdict=permissions.can_return_requisition(request.user, row),
        do=partial(requisitions.return_, row, by=request.user),
        done="Rekvisitionen är återsänd.",
        form=ReasonForm,
    )


def withdraw(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk)
    return _act(
        request,
        row,
        move="withdraw",
        verdict=permissions.can_withdraw_requisition(request.user, row),
        do=partial(requisitions.withdraw, row, by=request.user),
        done="Rekvisitionen är återtagen.",
        danger=True,
    )


def approve(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk)
    return _act(
        request,
        row,
        move="approve",
        verdict=(verdict := permissions.can_approve(request.user, row)),
        do=partial(requisitions.approve, row, by=request.user),
        done="Rekvisitionen är attesterad. Utbetalningen väntar på en annan person.",
        lacking=_lacking(request, row.programme, [row] if verdict else []),
    )


def _lacking(request: Request, programme: Programme, rows: Sequence[Requisition]) -> list[Lacking]:
    """Whom the payments would lack, were these approved by the person who looks."""
    return lacking_people(programme, rows, (Step.APPROVED, request.user))


def cancel(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk)
    return _act(
        request,
        row,
        move="cancel",
        verdict=permissions.can_handle_requisitions(request.user, row) & requisitions.has_no_payment(row),
        do=partial(requisitions.cancel, row, by=request.user, seen=request.POST.get("seen")),
        done="Rekvisitionen är makulerad.",
        form=ReasonForm,
        danger=True,
        **(effects.on_page(requisitions.cancelling(row)) if row.can("cancel") else {}),
    )


def approve_many(request: Request, programme: str) -> HttpResponse:
    programme = selectors.programme_or_404(request.user, programme)
    waiting = selectors.requisitions_of(request.user, programme).filter(status="submitted")
    waiting = waiting.prefetch_related(*selectors.FOUR_EYES_OF_REQUISITIONS)
    verdicts = [(row, permissions.can_approve(request.user, row)) for row in waiting]
    rows = [row for row, verdict in verdicts if verdict]
    return pages.act(
        request,
        verdict=permissions.can_handle_requisitions(request.user, programme),
        template="grants/requisition_approve_many.html",
        context={
            "programme": programme,
            "rows": [selectors.requisition_choice(row) for row in rows],
            "lacking": _lacking(request, programme, rows),
            "excluded": [
                selectors.Excluded(selectors.requisition_choice(row).label, verdict.reason)
                for row, verdict in verdicts
                if not verdict
            ],
            "cancel_url": selectors.requisitions_url(programme),
        },
        form=ChooseForm,
        form_kwargs={"rows": Requisition.objects.filter(pk__in=[row.pk for row in rows])},
        do=lambda **data: requisitions.approve_many(data["rows"], by=request.user),
        done=lambda made: f"{len(made)} rekvisitioner är attesterade.",
        to=selectors.requisitions_url(programme),
    )
