"""The steps of a year for one place, each as a word, a status and where to look."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from django.urls import reverse
from django.utils.formats import date_format

from digikoord.lib import clock
from digikoord.lib.money import amount
from grants.lifecycle import assignment as answers
from grants.lifecycle import payment as payments
from grants.lifecycle import requisition as requisitions
from grants.lifecycle import tranche as tranches
from reporting.lifecycle import activity_report as reports

if TYPE_CHECKING:
    from decimal import Decimal

    from grants.models import Coordinator, Tranche

    class Dated(Tranche):
        """A tranche, and the actor's own day to report it where it has one."""

        own_report_day: datetime.date | None

        class Meta:
            abstract = True

    class OnBoard(Dated):
        """A tranche with all that its steps read: see `board.rows_of`."""

        requisitioned: Decimal
        paid: Decimal
        own_requisition_day: datetime.date | None
        claim_due: datetime.date | None
        has_verified_account: bool
        payment: int | None
        payment_status: str
        requisition_by: datetime.date
        report_by: datetime.date
        repay_by: datetime.date | None

        class Meta:
            abstract = True


@dataclass(frozen=True)
class Step:
    """`status` is a key of digikoord.looks: it gives the icon. `done` counts in the foot."""

    status: str
    label: str
    url: str = ""
    note: str = ""
    done: bool = False


NOTHING = Step("none", "–")


def answer(row: OnBoard) -> Step:
    held = row.assignment
    url = held.get_absolute_url()
    if not held.is_offer:
        return Step("done", "Uppdrag", url, done=True)
    match held.status:
        case answers.Status.OFFERED:
            due = held.act_by
            if due and clock.today() > due:
                return Step("late", "Försenat svar", url, f"dag {_short(due)}")
            return Step("offered", "Väntar", url, f"senast {_short(due)}" if due else "ingen svarsdag")
        case answers.Status.DECLINED | answers.Status.LAPSED | answers.Status.ANNULLED:
            return Step(held.status, held.get_status_display(), url)
        case answers.Status.REVOKED:
            return Step("revoked", "Upphävt", url)
    return Step("done", "Ja", url, done=True)


def coordinator(row: OnBoard, appointments: Sequence[Coordinator]) -> Step:
    """`appointments` are those of the row's assignment."""
    held = row.assignment
    if row.assignment.keeps_function is None or held.status not in (
        answers.Status.IN_FORCE,
        answers.Status.TRANSFERRED,
        answers.Status.CONCLUDED,
    ):
        return NOTHING
    url = held.get_absolute_url()
    day = min(clock.today(), row.year.costs_to, held.ends or clock.today())
    if day < row.year.costs_from:
        return NOTHING
    serving = [one for one in appointments if one.serves_on(day)]
    if serving:
        return Step("done", "Utsedd", url, done=True)
    ended = max((one.ends for one in appointments if one.ends and one.ends < day), default=None)
    note = f"{(day - ended).days} dagar" if ended else ""
    return Step("vacant", "Vakans", url, note)


def granted(row: OnBoard) -> Step:
    url = row.get_absolute_url()
    match row.status:
        case tranches.Status.CONDITIONAL:
            return Step("conditional", "Villkorat", url)
        case tranches.Status.OPEN:
            return Step("open", "Öppet", url)
        case tranches.Status.PREPARED:
            return Step("prepared", "Berett", url, amount(row.amount))
        case tranches.Status.CANCELLED:
            return Step("cancelled", "Inställt", url)
    return Step("done", amount(row.amount), url, done=True)


def requisitioned(row: OnBoard) -> Step:
    if row.status not in tranches.DECIDED:
        return NOTHING
    claims = [one for one in row.requisitions.all() if one.submitted_on]
    claims = [one for one in claims if one.status not in ("withdrawn", "cancelled")]
    if not claims:
        if row.status == tranches.Status.GRANTED and clock.today() > row.requisition_by:
            return Step("late", "Inte rekvirerat", row.get_absolute_url())
        return Step("open", "Öppet", row.get_absolute_url())
    one = claims[-1]
    url, late = one.get_absolute_url(), "för sent" if one.received_late else ""
    if one.status == requisitions.Status.RETURNED:
        return Step("returned", "Återsänd", url)
    if one.status == requisitions.Status.SUBMITTED:
        return Step("submitted", amount(one.amount), url, late or "att attestera")
    return Step("done", amount(row.requisitioned), url, late, done=True)


def paid(row: OnBoard) -> Step:
    if row.payment is None:
        return NOTHING
    url, status = reverse("grants:payment_detail", args=[row.payment]), payments.Status(row.payment_status)
    if status == payments.Status.PAID:
        return Step("done", amount(row.paid), url, done=True)
    if status == payments.Status.PREPARED and not row.has_verified_account:
        return Step("unverified", "Spärrad", url, "konto okontrollerat")
    return Step(status, status.label, url)


def reported(row: OnBoard) -> Step:
    if row.status not in tranches.DECIDED:
        return NOTHING
    report = getattr(row, "report", None)
    if report is None or not report.submitted_on:
        return _unreported(row)
    url = report.get_absolute_url()
    if report.status == reports.Status.APPROVED:
        return Step("done", "Godkänd", url, done=True)
    if report.status == reports.Status.SUBMITTED:
        return Step("submitted", "Granskas", url)
    return Step(report.status, report.get_status_display(), url)


def _unreported(row: OnBoard) -> Step:
    due = row.report_by
    url = reverse("reporting:activity_report_list", args=[row.programme.code])
    if clock.today() <= row.year.costs_to:
        return NOTHING
    if clock.today() <= due:
        return Step("due", "Redovisas", url, f"senast {_short(due)}")
    return Step("missing", "Saknas", url, f"{(clock.today() - due).days} dagar sen")


def settled(row: OnBoard) -> Step:
    url = row.get_absolute_url()
    if row.status == tranches.Status.SETTLED:
        return Step("done", "Klart", url, done=True)
    if row.balance.to_repay:
        late = row.repay_by and clock.today() > row.repay_by
        note = f"senast {_short(cast('datetime.date', row.repay_by))}"
        return Step("late" if late else "due", f"Åter {amount(row.balance.to_repay)}", url, note)
    if row.status == tranches.Status.CLOSED:
        return Step("open", "Stängt", url)
    return NOTHING


def _short(day: datetime.date) -> str:
    """`26 mars`, where the year is plain from the page."""
    return date_format(day, "j F")
