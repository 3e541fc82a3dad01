"""The trail against the rows it tells of, and against itself as the last check saw it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from django.db.models import QuerySet, Sum

from digikoord.lib.money import ZERO, kr
from grants.events.payment_batch import BatchCreated
from grants.models import Payment, PaymentBatch, Recovery, RepaymentClaim, Requisition, Tranche
from records.happened import KNOWN
from records.models import Event

from .proof_difference import Difference

if TYPE_CHECKING:
    from programmes.models import Programme

    from ..models import LedgerCheck

    Matter = Requisition | Payment | Tranche | RepaymentClaim | Recovery

    class Summed(PaymentBatch):
        """A list with the sum of its lines."""

        total: Decimal | None

        class Meta:
            abstract = True


ROWS: dict[str, tuple[type[Matter], str]] = {
    "requisition": (Requisition, "tranche__place__programme"),
    "payment": (Payment, "requisition__tranche__place__programme"),
    "tranche": (Tranche, "place__programme"),
    "claim": (RepaymentClaim, "tranche__place__programme"),
    "recovery": (Recovery, "tranche__place__programme"),
}
FIELDS = (
    "pk",
    "at",
    "effective_on",
    "verb",
    "by_key",
    "by_name",
    "by_party",
    "label",
    "key",
    "holder",
    "facts",
)


@dataclass(frozen=True)
class Fingerprint:
    """The trail up to and including an event: how many, and the SHA-256 of them all."""

    to: int
    count: int
    sha256: str


def fingerprint(programme: Programme, to: int | None = None) -> Fingerprint:
    rows = Event.objects.filter(programme=programme.code).order_by("pk").values_list(*FIELDS)
    rows = rows if to is None else rows.filter(pk__lte=to)
    digest, last, count = hashlib.sha256(), 0, 0
    for key, at, *told in rows.iterator():
        # To the millisecond: that much survives a copy of the database as JSON.
        parts = [key, at.isoformat(timespec="milliseconds"), *map(str, told[:-1]), told[-1]]
        digest.update(json.dumps(parts, sort_keys=True, ensure_ascii=False).encode() + b"\n")
        last, count = key, count + 1
    return Fingerprint(last, count, digest.hexdigest())


def unchanged(programme: Programme, last: LedgerCheck) -> tuple[int, list[Difference]]:
    """(1, the Difference there is if the trail is not what the LedgerCheck `last` saw)."""
    now = fingerprint(programme, to=last.trail_to)
    if now.sha256 == last.trail_sha256:
        return 1, []
    lost = last.trail_count - now.count
    how = f"{lost} händelser saknas" if lost > 0 else "innehållet är ett annat"
    sentence = f"händelser som fanns vid kontrollen {last.at:%Y-%m-%d} har ändrats: {how}."
    return 1, [Difference("Händelseloggen", "", sentence)]


def compare(programme: Programme) -> tuple[int, list[Difference]]:
    """(number of rows, a Difference for each that is not as the trail tells)."""
    told, amounts = _told(programme)
    found: list[Difference] = []
    compared = 0
    for noun, (model, path) in ROWS.items():
        rows = {f"{noun}:{row.pk}": row for row in _labelled(model).filter(**{path: programme})}
        compared += len(rows)
        for key, row in rows.items():
            found += _unlike(row, told.get(key), amounts.get(key))
        gone = [key for key in told if key.startswith(f"{noun}:") and key not in rows]
        found += [Difference(key, "", "finns i händelseloggen men inte som rad.") for key in gone]
    return compared + programme.batches.count(), [*found, *_batches(programme), *_unknown(programme)]


def _unknown(programme: Programme) -> Iterator[Difference]:
    """What this version does not know may have moved anything: the books are not proved."""
    for row in Event.objects.unknown().filter(programme=programme.code).order_by("pk"):
        sentence = f"händelsen {row.verb} känner den här versionen inte: böckerna går inte att bevisa."
        yield Difference(row.label, row.url, sentence)


def _labelled(model: type[Matter]) -> QuerySet[Matter]:
    """With what a row's name and address need."""
    paths = {
        Tranche: ("year", "place"),
        Payment: ("requisition__tranche__assignment__holder",),
    }
    return model.objects.select_related(*paths.get(model, ("tranche__year", "tranche__assignment__holder")))


def _told(programme: Programme) -> tuple[dict[str, str], dict[str, Decimal]]:
    """({row's key: its status}, {row's key: its amount}) as the trail last told them."""
    told, amounts = {}, {}
    for verb, key, facts in (
        Event.objects.filter(programme=programme.code).order_by("pk").values_list("verb", "key", "facts")
    ):
        kind = KNOWN.get(verb)
        if kind is None or verb.partition(".")[0] not in ROWS:
            continue
        status = facts[kind.leads_to_fact] if kind.leads_to_fact else kind.leads_to
        if status:
            told[key] = status
        if kind.is_of_the_row:
            amounts[key] = Decimal(facts["amount"])
    return told, amounts


def _unlike(row: Matter, status: str | None, amount: Decimal | None) -> Iterator[Difference]:
    if status != row.status:
        was = row.LIFECYCLE.statuses(status).label.lower() if status else "okänd"
        sentence = f"är {row.get_status_display().lower()}, men {was} enligt händelseloggen."
        yield Difference(str(row), row.get_absolute_url(), sentence)
    if amount is not None and amount != row.amount:
        sentence = f"är på {kr(row.amount)}, men {kr(amount)} enligt händelseloggen."
        yield Difference(str(row), row.get_absolute_url(), sentence)


def _batches(programme: Programme) -> Iterator[Difference]:
    """The lists against what the trail said of them when they were made."""
    created = Event.objects.filter(programme=programme.code, verb=BatchCreated.verb)
    told = {row.key: row for row in created}
    for batch in PaymentBatch.objects.filter(programme=programme).annotate(total=Sum("lines__amount")):
        event, total = told.pop(f"batch:{batch.pk}", None), cast("Summed", batch).total or ZERO
        amount = Decimal(event.facts["amount"]) if event else ZERO
        if amount != total:
            sentence = f"raderna är tillsammans {kr(total)}, men {kr(amount)} enligt händelseloggen."
            yield Difference(str(batch), batch.get_absolute_url(), sentence)
    for event in told.values():
        yield Difference(event.label, "", "finns i händelseloggen men inte som rad.")
