"""What each line of the bank's file is taken for, before anything is done: a plan, or why somebody must look."""

from dataclasses import dataclass

from digikoord.lib.money import kr

from ..bank.notice import Line
from ..lifecycle.payment import Status
from ..models import BankFileLine, Outcome, PaymentBatchLine, RepaymentClaim
from ..models.bank_outcome import BOOKED
from . import bank_accounts
from .bank_ground import WORDS, Ground
from .bank_known import NOT_BOOKED, waits_for_the_bank
from .bank_world import World

AT_THE_BANK = (Status.EXPORTED, Status.ACCEPTED, Status.PAID)


@dataclass
class Planned:
    """A line, its row, and what is to be done: book it on `claim`, `back` to a line of a payment list, or neither.

    `pending` is the row of what the bank told of before it booked it, which this line takes the place of.
    """

    line: Line
    row: BankFileLine
    claim: RepaymentClaim | None = None
    back: PaymentBatchLine | None = None
    pending: BankFileLine | None = None


def came_in(line: Line, row: BankFileLine, world: World) -> Planned:
    """The plan for money that came in; where nothing is planned the row has its outcome."""
    plan = Planned(line, row)
    if not _is_ours_to_judge(plan, world):
        return plan
    back = _came_back(line, world.ground)
    if back or line.returned:
        return _return(plan, back, world)
    claim = world.ground.claims.get(line.ocr)
    whose, _sentence = world.own.whose(line.account)
    if claim is None:
        told = (
            f"Referensen {line.ocr} hör inte till något krav."
            if line.ocr
            else "Raden har ingen OCR-referens."
        )
        return _wait(plan, told)
    if whose == bank_accounts.PAYING:
        return _wait(
            plan, "Pengarna kom in på kontot som betalningar görs från, inte på kontot för återbetalningar."
        )
    alike = _typed_or_told(line, claim, world.ground)
    if alike:
        return _wait(plan, alike)
    plan.claim = row.claim = claim
    return plan


def went_out(line: Line, row: BankFileLine, world: World) -> tuple[Planned, BankFileLine | None]:
    """(the plan for money that went out or was taken back, the row it takes back or None)."""
    plan = Planned(line, row)
    if not _is_ours_to_judge(plan, world):
        return plan, None
    back = world.ground.payments.get(line.end_to_end)
    if line.credit and back:
        return _return(plan, back, world), None
    former = [one for one in world.known.reversed_by(line) if is_reversible(one)]
    if not former and line.reversal and line.ocr:
        former = [one for one in world.alike(line) if is_reversible(one)]
    if len(former) == 1:
        return plan, former[0]
    if not line.credit and back and not line.reversal:
        return _own_payment(plan, back), None
    told = "fler än en inbetalning stämmer" if former else "ingen bokförd inbetalning stämmer"
    what = "Banken har tagit tillbaka en post" if line.reversal else "Pengar gick ut"
    return _wait(plan, f"{what}, men {told}."), None


def is_reversible(row: BankFileLine) -> bool:
    """Nothing has taken it back yet."""
    return not row.taken_back and row.outcome in (*BOOKED, Outcome.PROPOSED)


def _is_ours_to_judge(plan: Planned, world: World) -> bool:
    """Whether anything may be done by itself; otherwise the row has its outcome and its reason."""
    line, row = plan.line, plan.row
    whose, sentence = world.own.whose(line.account)
    if whose == bank_accounts.FOREIGN:
        row.outcome, row.reason = Outcome.FOREIGN, sentence
        return False
    found = world.known.of(line)
    if found.row is not None and not line.twice:
        if not (line.is_booked and waits_for_the_bank(found.row)):
            row.outcome, row.meets = Outcome.KNOWN, found.row
            row.reason = "Transaktionen är redan inläst."
            return False
        plan.pending = found.row
    if not line.is_booked:
        row.code = NOT_BOOKED
        told = f"Banken har inte bokfört raden än (status {line.status[:20] or 'saknas'})."
        _wait(plan, told)
        return False
    doubt = "Raden står två gånger i sin egen post." if line.twice else sentence or found.doubt
    if doubt:
        _wait(plan, doubt)
    return not doubt


def _wait(plan: Planned, reason: str) -> Planned:
    plan.row.outcome, plan.row.reason = Outcome.PROPOSED, reason
    return plan


def _came_back(line: Line, ground: Ground) -> PaymentBatchLine | None:
    """The line of a payment list whose money this is, by its identity, its message or what is written."""
    named = ground.payments.get(line.end_to_end)
    if named or not line.returned:
        return named
    rows = [ground.payments[word] for word in WORDS.findall(line.text) if word in ground.payments]
    for message in line.instruction:
        rows += ground.batches.get((message, line.amount), [])
    return rows[0] if len({row.pk for row in rows}) == 1 else None


def _return(plan: Planned, back: PaymentBatchLine | None, world: World) -> Planned:
    line = plan.line
    if back is None:
        return _wait(plan, "Banken säger att en betalning har kommit tillbaka, men inte vilken.")
    if back.amount != line.amount:
        return _wait(
            plan, f"En del av utbetalning {back.end_to_end} på {kr(back.amount)} har kommit tillbaka."
        )
    if back.end_to_end in world.ground.back:
        return _wait(plan, f"Utbetalning {back.end_to_end} har redan kommit tillbaka en gång.")
    world.ground.back.add(back.end_to_end)
    plan.back = back
    return plan


def _own_payment(plan: Planned, back: PaymentBatchLine) -> Planned:
    """The bank tells that our own payment left the account: nothing more is done of it."""
    if back.amount != plan.line.amount or back.payment.status not in AT_THE_BANK:
        return _wait(plan, f"Pengar gick ut för {back.end_to_end}, men inte som på betalningslistan.")
    plan.row.outcome, plan.row.payment = Outcome.MATCHED, back.payment
    plan.row.reason = "Vår utbetalning, dragen från kontot."
    return plan


def _typed_or_told(line: Line, claim: RepaymentClaim, ground: Ground) -> str:
    """Whether the same sum the same day has been registered on the claim by hand, or told of without a name."""
    key = (claim.pk, line.amount, line.on)
    alike = key in ground.typed or key in ground.nameless or (not line.references and key in ground.named)
    if not alike:
        return ""
    return (
        f"{line.ocr}: {kr(line.amount)} den {line.on} är redan registrerat på kravet. "
        "Är det en annan inbetalning, bokför den på kravet härifrån."
    )
