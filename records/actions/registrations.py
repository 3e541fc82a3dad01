"""Registers a document, inside the transaction of the act that received, sent or made it."""

import datetime
import hashlib
from typing import TypedDict, Unpack

from django.db.models import Max

from actors.models import Actor, User
from actors.subject import Subject
from digikoord.lib import clock, locks
from digikoord.lib.constraints import save
from digikoord.lib.locks import in_turn
from programmes.models import Matter, Programme

from ..models import Document, Registration

REGISTER = 1  # this register among the things that are taken in turn


class Known(TypedDict, total=False):
    """What is said of a document where it is not its row's own."""

    on: datetime.date | None
    url: str
    programme: Programme
    case_number: str
    issuer: Actor | None


@locks.part_of_act
def register(
    row: Matter,
    *,
    by: User,
    direction: str,
    party: Actor | str,
    title: str,
    document: Document | None = None,
    body: str = "",
    **known: Unpack[Known],
) -> Registration:
    """Give the document its number in the programme's register. Call it last in the act.

    row        what it concerns: anything with a subject()
    party      the sender or recipient: an Actor, or words
    document   what was kept of it, where it is a paper (papers.keep)
    body       HTML that our own template wrote, where the document is a text of ours
    known      where it is not the row's own: `on` (the day it came in or was sent; else today),
               `url` (the page where it can be read), `programme`, `case_number`, `issuer` (whose letter it is; else
               the ministry's)
    """
    entry = Registration(direction=direction, title=title[:200], registered_by=by, registered_at=clock.now())
    entry.programme = known.get("programme") or row.programme
    entry.on = known.get("on") or clock.today()
    entry.case_number = known.get("case_number", case_number_of(row))
    entry.issuer = known.get("issuer")
    entry.party = party if isinstance(party, Actor) else None
    entry.party_name = party.legal_name if isinstance(party, Actor) else party
    entry.document, entry.body = document, body
    entry.sha256 = entry.document.sha256 if entry.document else _sha256(body)
    _point(entry, row.subject(), known.get("url"))
    entry.number = _next_number(entry.programme)
    return save(entry)


def _point(entry: Registration, subject: Subject, url: str | None) -> None:
    entry.key, entry.url, entry.label = subject.key, url or subject.url, subject.label[:200]
    entry.place, entry.year = subject.place, subject.year


def _next_number(programme: Programme) -> int:
    in_turn(REGISTER, programme.pk)
    last = Registration.objects.filter(programme=programme).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def case_number_of(row: object) -> str:
    """The case number of the government decision that the row rests on; empty where there is none."""
    for name in ("tranche", "assignment", "decision"):
        row = getattr(row, name, row)
    found: str = getattr(row, "case_number", "")
    return found


def _sha256(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest() if body else ""
