"""Money that came in and went out (camt.054): every line is matched, waits for somebody, or is not ours."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import cast

from django.db import transaction

from actors.models import User
from digikoord.lib import locks
from duties.actions import obligations
from duties.actions.obligations import owe
from programmes.models import Programme
from records.actions import audit

from .. import permissions
from ..bank import camt054
from ..bank.notice import Line
from ..events.bank_file import BankFileDepositsTakenIn
from ..models import (
    BankFile,
    BankFileLine,
    BankReference,
    FileKind,
    Handled,
    Outcome,
    Payment,
    PaymentBatchLine,
    RepaymentClaim,
)
from . import bank_booking, bank_files, bank_matching, bank_returns, bank_world
from .bank_world import World

AT_ONCE = 1_000  # rows written in one statement
DUTY = "settle_bank_lines"


@transaction.atomic
def take_in(programme: Programme, *, by: User, name: str, content: bytes) -> BankFile:
    """Take in the whole file: nothing in it is lost, and nothing is booked twice. Returns the BankFile."""
    programme = Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    permissions.can_pay(by, programme).require()
    notice = camt054.read(content)
    file = bank_files.keep(
        programme,
        by=by,
        kind=FileKind.DEPOSITS,
        message_id=notice.message_id,
        name=name,
        content=content,
        bank=notice.bank,
    )
    world = bank_world.of(programme, notice.lines)
    rows = [(line, _row(line, file)) for line in notice.lines]
    receipts = [pair for pair in rows if _is_receipt(pair[0])]
    others = [pair for pair in rows if not _is_receipt(pair[0])]
    _let_in(
        receipts, world, by, taken_back=[row for line, _row in others for row in world.may_take_back(line)]
    )
    _take_back(others, world, by)
    owe_or_close(file)
    counts = counted(row for _line, row in rows)
    left = sum(row.waits for _line, row in rows)
    audit.record(BankFileDepositsTakenIn(counts=counts, left=left, sha256=file.sha256), file, by=by)
    return file


def _is_receipt(line: Line) -> bool:
    return line.credit and not line.reversal


def _row(line: Line, file: BankFile) -> BankFileLine:
    return BankFileLine(
        programme=file.programme,
        file=file,
        number=line.number,
        credit=line.credit,
        reversal=line.reversal,
        reference=line.ocr,
        bank_reference=line.own or f"{file.message_id}#{line.number}",
        end_to_end=line.end_to_end[:35],
        message=line.text,
        code=line.code,
        amount=line.amount,
        on=line.on,
        payer=line.party[:140],
        outcome=Outcome.PROPOSED,
    )


def _let_in(
    pairs: Sequence[tuple[Line, BankFileLine]], world: World, by: User, taken_back: list[BankFileLine]
) -> None:
    plans = []
    for line, row in pairs:
        plans.append(bank_matching.came_in(line, row, world))
        _name(line, row, world)
    claims = [plan.claim for plan in plans if plan.claim] + [row.claim for row in taken_back if row.claim]
    _lock(claims, [plan.back for plan in plans if plan.back])
    for claim, rows in _by_claim(plans):
        bank_booking.book(claim, rows, by=by)
    for plan in plans:
        if plan.back:
            bank_returns.return_payment(plan.back, plan.row, by=by)
    _write(plans, by)
    for plan in plans:
        if plan.row.entry_id and plan.line.ocr:
            world.booked_now(plan.line, plan.row)


def _name(line: Line, row: BankFileLine, world: World) -> None:
    """The row's own name, once; and all its names, for the lines after it."""
    taken = line.own and any(
        former.row.bank_reference == line.own for former, _w in world.known.by_value[line.own]
    )
    if taken or line.twice:
        row.bank_reference = f"{row.file.message_id}#{line.number}"
    if row.outcome != Outcome.FOREIGN:
        world.known.add(cast("BankFileLine", row.meets) if row.outcome == Outcome.KNOWN else row, line)


def _by_claim(plans: Sequence[bank_matching.Planned]) -> list[tuple[RepaymentClaim, list[BankFileLine]]]:
    """(claim, its rows), in the order that locks are taken."""
    rows = defaultdict(list)
    for plan in plans:
        if plan.claim:
            rows[plan.claim].append(plan.row)
    return sorted(rows.items(), key=lambda pair: place_of(pair[0]))


def place_of(matter: Payment | RepaymentClaim) -> tuple[int, int, bool, int]:
    """Locks are taken in one order: year, place, row."""
    tranche = matter.tranche
    return (tranche.year_id, tranche.place_id, isinstance(matter, Payment), matter.pk)


def _lock(claims: Iterable[RepaymentClaim], listed: Iterable[PaymentBatchLine]) -> None:
    """All that the file may touch, in the one order, before any of it is touched."""
    matters: set[Payment | RepaymentClaim] = {*claims, *(one.payment for one in listed)}
    for matter in sorted(matters, key=place_of):
        if isinstance(matter, Payment):
            Payment.objects.locked(matter)
        else:
            RepaymentClaim.objects.locked(matter)


def _take_back(pairs: Sequence[tuple[Line, BankFileLine]], world: World, by: User) -> None:
    plans, formers = [], []
    for line, row in pairs:
        plan, former = bank_matching.went_out(line, row, world)
        _name(line, row, world)
        if former is not None:
            formers.append(former)
            bank_booking.take_back(former, row, by=by)
        elif plan.back:
            bank_returns.return_payment(plan.back, row, by=by)
        plans.append(plan)
    settled = [former for former in formers if former.handled_as == Handled.REVERSED]
    for former in settled:
        former.save()
    _write(plans, by)
    for file in {former.file_id: former.file for former in settled}.values():
        owe_or_close(file)


def _write(plans: Sequence[bank_matching.Planned], by: User) -> None:
    """The rows and their names; and what a line takes the place of is settled by it."""
    rows = [plan.row for plan in plans]
    # Those that say again what an earlier line of the same file says come after it.
    later = [row for row in rows if row.meets is not None and row.meets.pk is None]
    again = set(map(id, later))
    BankFileLine.objects.bulk_create([row for row in rows if id(row) not in again], batch_size=AT_ONCE)
    BankFileLine.objects.bulk_create(later, batch_size=AT_ONCE)
    BankReference.objects.bulk_create(
        [
            BankReference(programme=plan.row.programme, line=plan.row, value=value, weight=weight)
            for plan in plans
            if plan.row.outcome != Outcome.FOREIGN
            for value, weight in plan.line.references
        ],
        batch_size=AT_ONCE,
    )
    for plan in plans:
        if plan.pending is not None:
            plan.pending.outcome, plan.pending.meets = Outcome.KNOWN, plan.row
            bank_booking.settle(plan.pending, by, Handled.SAME, note="Bokförd av banken senare")
            plan.pending.save()
            owe_or_close(plan.pending.file)


@locks.part_of_act
def owe_or_close(file: BankFile) -> None:
    """The duty of looking into the file's lines lasts as long as any of them waits."""
    if file.lines.waiting().exists():
        owe(DUTY, file, due=obligations.day_of(DUTY, file))
    else:
        obligations.close(DUTY, file)


def look_at_all() -> int:
    """The nightly look: lines that were taken in before there was such a duty wait too. Returns how many files wait."""
    waiting = BankFileLine.objects.waiting().filter(file__kind=FileKind.DEPOSITS).values("file")
    files = BankFile.objects.filter(pk__in=waiting).select_related("programme__disburser").order_by("pk")
    for file in files:
        with transaction.atomic():
            programme = Programme.objects.select_for_update(of=("self",)).get(pk=file.programme_id)
            owe_or_close(
                BankFile.objects.select_related("programme__disburser").get(pk=file.pk, programme=programme)
            )
    return len(files)


def counted(rows: Iterable[BankFileLine]) -> str:
    """How many lines ended as what, in the order of the outcomes, and nothing more of them."""
    found = Counter(row.outcome for row in rows)
    return (
        ", ".join(f"{outcome.label.lower()} {found[outcome]}" for outcome in Outcome if found[outcome])
        or "inga rader"
    )
