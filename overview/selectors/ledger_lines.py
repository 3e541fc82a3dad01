"""The rows behind a figure of the ledger: their sum is the figure, to the öre. Kronor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol, cast

from digikoord.lib.money import ZERO
from grants.lifecycle.payment import Status as PaymentStatus
from grants.models import ClaimEntry, EntryKind, Payment, RepaymentClaim, Requisition

from . import history
from .ledger import ledger

if TYPE_CHECKING:
    from django.db.models import Model

    from actors.models import User
    from grants.models import Tranche
    from programmes.models import Programme

    from .ledger import Row


@dataclass(frozen=True)
class Line:
    """One row behind a figure: what it is and where it is read."""

    what: str
    url: str
    day: date | None
    amount: Decimal
    year: int
    place: str
    code: str
    holder: str


class Addressed(Protocol):
    """A row with an amount and a page."""

    @property
    def amount(self) -> Decimal: ...

    def get_absolute_url(self) -> str: ...


@dataclass(frozen=True)
class Asked:
    """Which part of the ledger: everything that is empty is all of it. `day` is None for now."""

    year: int | None = None
    part: str = ""
    place: str = ""
    holder: str = ""
    day: date | None = None

    def covers(self, row: Row) -> bool:
        return (
            self.year in (None, row.tranche.year.year)
            and self.part in ("", row.place.part)
            and self.place in ("", row.place.code)
            and self.holder in ("", row.holder.code)
        )


def rows_asked(programme: Programme, user: User, asked: Asked) -> list[Row]:
    """The ledger's rows that are asked for."""
    years = ledger(programme, user=user, on=asked.day)
    return [row for year in years for row in year.rows if asked.covers(row)]


def lines(programme: Programme, user: User, figure: str, asked: Asked) -> list[Line]:
    """The Lines behind the figure (a name of Balance's) of the part asked for."""
    rows = {row.tranche.pk: row for row in rows_asked(programme, user, asked)}
    found = _told(programme, rows, figure, asked) if asked.day else _now(rows, figure)
    return [line for line in found if line.amount]


def _now(rows: Mapping[int, Row], figure: str) -> Iterable[Line]:
    match figure:
        case "requisitioned":
            found = Requisition.objects.claiming().filter(tranche__in=rows).select_related("tranche__year")
            return [
                _line(rows[row.tranche_id], f"Rekvisition {row.pk}", row, row.submitted_on) for row in found
            ]
        case "paid":
            payments = Payment.objects.filter(requisition__tranche__in=rows, status=PaymentStatus.PAID)
            return [
                _line(rows[row.requisition.tranche_id], f"Utbetalning {row.end_to_end}", row, row.value_date)
                for row in payments.select_related("requisition")
            ]
        case "to_repay":
            return _claims(rows)
        case "repaid" | "waived":
            kind = EntryKind.RECEIPT if figure == "repaid" else EntryKind.WAIVER
            entries = ClaimEntry.objects.filter(claim__tranche__in=rows, kind=kind).select_related("claim")
            return [
                _line(
                    rows[row.claim.tranche_id], _of_claim(row), row, row.on, url=row.claim.get_absolute_url()
                )
                for row in entries
            ]
    return [_whole(row, figure, _decided_on(row.tranche, figure)) for row in rows.values()]


def _claims(rows: Mapping[int, Row]) -> Iterator[Line]:
    """Each claim with what is outstanding of it."""
    found = RepaymentClaim.objects.filter(tranche__in=rows).prefetch_related("entries")
    for claim in found:
        left = claim.amount - sum((entry.amount for entry in claim.entries.all()), start=ZERO)
        yield _line(
            rows[claim.tranche_id],
            f"Återbetalningskrav {claim.reference}",
            claim,
            claim.to_pay.day,
            amount=left,
        )


def _of_claim(entry: ClaimEntry) -> str:
    return f"{entry.get_kind_display().capitalize()} på krav {entry.claim.reference}"


def _decided_on(tranche: Tranche, figure: str) -> date | None:
    return {"granted": tranche.granted_on, "used": tranche.used_on}.get(figure)


def _told(programme: Programme, rows: Mapping[int, Row], figure: str, asked: Asked) -> Iterator[Line]:
    """As the trail told it by the day: the events behind a sum, or the place's year as a whole."""
    told = history.on_day(programme, cast("date", asked.day))
    for row in rows.values():
        was = told.years[row.place.code, row.tranche.year.year]
        events = {
            "requisitioned": was.claims.values(),
            "paid": was.payments,
            "repaid": was.receipts,
            "waived": was.waivers,
        }
        if figure in events:
            yield from (
                _line(row, one.label.capitalize(), None, one.day, amount=one.amount, url=one.url)
                for one in events[figure]
            )
        else:
            yield _whole(row, figure, None)


def _whole(row: Row, figure: str, day: date | None) -> Line:
    """The figure is one amount of the place's year."""
    tranche = row.tranche
    what = f"Redovisning {tranche.year}" if figure == "used" else f"Årsbelopp {tranche.year}"
    return _line(row, what, tranche, day, amount=getattr(row.balance, figure))


def _line(
    row: Row,
    what: str,
    found: Model | None,
    day: date | None,
    *,
    amount: Decimal | None = None,
    url: str = "",
) -> Line:
    return Line(
        what,
        url or cast("Addressed", found).get_absolute_url(),
        day,
        cast("Addressed", found).amount if amount is None else amount,
        row.tranche.year.year,
        row.place.name,
        row.place.code,
        str(row.holder),
    )
