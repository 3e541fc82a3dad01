"""What a line of the bank's file that waits may be: by its OCR, its amount, who sent it, or its identity."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import cast

from django.db.models import Exists, F, OuterRef, Q

from actors.models import Actor
from digikoord.lib.money import kr
from programmes.models import Programme

from ..lifecycle.payment import Status
from ..lifecycle.repayment_claim import Status as Claim
from ..models import BankFileLine, ClaimEntry, EntryKind, Outcome, PaymentBatchLine, RepaymentClaim

AT_THE_BANK = (Status.EXPORTED, Status.ACCEPTED, Status.PAID)
MOST_SHOWN = 5  # candidates shown of a line
OCR, AMOUNT, PAYER = 4, 2, 1  # what each likeness is worth


@dataclass
class Candidate:
    """What a line may be: `pick` is what the button sends, `why` what speaks for it. `likeliest` where no other has as
    much that speaks for it.
    """

    pick: str
    button: str
    label: str
    url: str
    why: str
    score: int = 0
    likeliest: bool = False


@dataclass
class World:
    claims: list[RepaymentClaim] = field(default_factory=list)
    typed: dict[Decimal, list[ClaimEntry]] = field(default_factory=lambda: defaultdict(list))
    listed: dict[Decimal, list[PaymentBatchLine]] = field(default_factory=lambda: defaultdict(list))
    former: dict[Decimal, list[BankFileLine]] = field(default_factory=lambda: defaultdict(list))


def with_candidates(
    programme: Programme, lines: Iterable[BankFileLine]
) -> list[tuple[BankFileLine, list[Candidate]]]:
    """[(line, its candidates)], in four questions whatever the number of lines."""
    lines = list(lines)
    if not lines:
        return []
    world = _world(programme, lines)
    return [(line, _candidates(line, world)) for line in lines]


def _world(programme: Programme, lines: Iterable[BankFileLine]) -> World:
    amounts = {line.amount for line in lines}
    world = World()
    named = {number for line in lines for number in _numbers(line)}
    claims = RepaymentClaim.objects.filter(tranche__place__programme=programme).with_state()
    claims = claims.filter(Q(status=Claim.OPEN) | Q(reference__in=named))
    world.claims = list(claims.select_related("tranche__year", "tranche__assignment__holder"))
    typed = ClaimEntry.objects.filter(claim__tranche__place__programme=programme, kind=EntryKind.RECEIPT)
    typed = typed.filter(amount__in=amounts, bank_line=None, reversed_by=None, reverses=None)
    for entry in typed.select_related("claim__tranche__year", "claim__tranche__assignment__holder"):
        world.typed[entry.amount].append(entry)
    listed = PaymentBatchLine.objects.filter(
        batch__programme=programme, amount__in=amounts, payment__status__in=AT_THE_BANK
    )
    for row in listed.select_related("payment").filter(end_to_end=F("payment__end_to_end")):
        world.listed[row.amount].append(row)
    taken = Exists(BankFileLine.objects.filter(meets=OuterRef("pk"), outcome=Outcome.MATCHED))
    former = BankFileLine.objects.filter(~taken, programme=programme, amount__in=amounts, credit=True)
    former = former.filter(reversal=False, entry__isnull=False, entry__reversed_by=None)
    for before in former.select_related("claim__tranche__year", "claim__tranche__assignment__holder"):
        world.former[before.amount].append(before)
    return world


def _candidates(line: BankFileLine, world: World) -> list[Candidate]:
    if line.outcome != Outcome.PROPOSED:
        return []
    rows = [] if line.credit and line.reversal else _in(line, world) if line.credit else []
    if line.reversal or not line.credit:
        rows += [_former(line, row) for row in world.former[line.amount]]
    rows = sorted(rows, key=_least_likely_last)[:MOST_SHOWN]
    if rows:
        rows[0].likeliest = len(rows) == 1 or rows[0].score > rows[1].score
    return rows


def _least_likely_last(candidate: Candidate) -> int:
    return -candidate.score


def _in(line: BankFileLine, world: World) -> list[Candidate]:
    numbers = _numbers(line)
    rows = [one for claim in world.claims if (one := _claim(line, claim, numbers))]
    rows += [_typed(line, entry) for entry in world.typed[line.amount]]
    return rows + [one for row in world.listed[line.amount] if (one := _listed(line, row))]


def _numbers(line: BankFileLine) -> set[str]:
    """Every number written in the line, without its leading zeros: apart, and with the spaces between closed."""
    told = f"{line.reference} {line.message}"
    closed = re.sub(r"(?<=[0-9])[ \u00a0]+(?=[0-9])", "", told)
    return {number.lstrip("0") for text in (told, closed) for number in re.findall("[0-9]+", text)}


def _claim(line: BankFileLine, claim: RepaymentClaim, numbers: set[str]) -> Candidate | None:
    why, score = [], 0
    if claim.reference.lstrip("0") in numbers:
        why, score = [f"OCR {claim.reference} står i raden"], OCR
    if claim.left and claim.left == line.amount:
        why, score = [*why, "beloppet är vad som återstår"], score + AMOUNT
    if _same_name(line.payer, claim.tranche.holder):
        why, score = [*why, "avsändaren är aktören"], score + PAYER
    if not score:
        return None
    left = f"återstår {kr(claim.left)}" if claim.left else "reglerat, så allt blir överskott"
    label = _begun(f"{claim}, {left}")
    return Candidate(
        f"claim:{claim.pk}", "Bokför på kravet", label, claim.get_absolute_url(), _told(why), score
    )


def _same_name(name: str, actor: Actor) -> bool:
    name = name.casefold().strip()
    return bool(name) and name in (actor.legal_name.casefold(), actor.display_name.casefold())


def _typed(line: BankFileLine, entry: ClaimEntry) -> Candidate:
    why = "samma belopp" + (" och dag" if entry.on == line.on else "")
    same = entry.on == line.on or entry.claim.reference in (line.reference, line.message)
    label = _begun(f"{entry.claim}: {kr(entry.amount)} registrerat för hand den {entry.on}")
    url = entry.claim.get_absolute_url()
    return Candidate(f"entry:{entry.pk}", "Det är samma", label, url, _told([why]), 3 + 2 * same)


def _listed(line: BankFileLine, row: PaymentBatchLine) -> Candidate | None:
    named = row.end_to_end == line.end_to_end or row.end_to_end in line.message
    theirs = bool(line.payer) and row.holder.casefold() == line.payer.casefold().strip()
    if not (named or theirs or line.code):
        return None
    why = [
        "samma belopp",
        *(["identiteten står i raden"] if named else []),
        *(["motparten är mottagaren"] if theirs else []),
    ]
    url = row.payment.get_absolute_url()
    label = f"Utbetalning {row.end_to_end} till {row.holder}"
    score = AMOUNT + OCR * named + PAYER * theirs
    return Candidate(f"payment:{row.pk}", "Det är en retur", label, url, _told(why), score)


def _former(line: BankFileLine, row: BankFileLine) -> Candidate:
    same = bool(row.reference) and row.reference == line.reference
    why = ["samma belopp", *(["samma OCR"] if same else [])]
    label = f"{kr(row.amount)} som kom in den {row.on}, {row.claim}"
    url = cast("RepaymentClaim", row.claim).get_absolute_url()
    return Candidate(f"line:{row.pk}", "Ta tillbaka", label, url, _told(why), 4 if same else 2)


def _told(why: Iterable[str]) -> str:
    return f"{_begun(', '.join(why))}."


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]
