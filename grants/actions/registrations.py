"""Registers a document, inside the transaction of the act that received, sent or made it."""

import hashlib

from django.db.models import Max

from actors.models import Actor
from digikoord.lib import clock, locks
from digikoord.lib.constraints import save
from digikoord.lib.locks import in_turn
from digikoord.lib.money import kr

from .. import documents
from ..models import Direction, Registration
from . import papers

REGISTER = 1  # this register among the things that are taken in turn


@locks.part_of_act
def register(row, *, by, direction, party, title, paper=None, document=None, body="", **known):
    """Give the document its number in the programme's register. Call it last in the act.

    row        what it concerns: anything with a subject()
    party      the sender or recipient: an Actor, or words
    paper      a lib.papers.Paper to keep, or `document`, a Document kept already
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
    entry.party_name = entry.party.legal_name if entry.party else party
    entry.document, entry.body = document or papers.keep(paper, by=by), body
    entry.sha256 = entry.document.sha256 if entry.document else _sha256(body)
    _point(entry, row.subject(), known.get("url"))
    entry.number = _next_number(entry.programme)
    return save(entry)


def _point(entry, subject, url):
    entry.key, entry.url, entry.label = subject.key, url or subject.url, subject.label[:200]
    entry.place, entry.year = subject.place, subject.year


def _next_number(programme):
    in_turn(REGISTER, programme.pk)
    last = Registration.objects.filter(programme=programme).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


@locks.part_of_act
def of_decision(decision, *, by):
    """What goes out when a decision is dispatched: the decision itself, and each actor's letter."""
    ministry = decision.programme.ministry
    drawn, sent, sent_on = Direction.DRAWN_UP, Direction.OUT, decision.dispatched_on
    register(
        decision,
        by=by,
        direction=drawn,
        party=ministry,
        title=decision.title,
        document=decision.document,
        on=decision.decided_on,
    )
    for row in decision.assignments.select_related("place__programme", "holder", "decision"):
        title = f"{row.get_instrument_display().capitalize()} till {row.holder.legal_name}"
        register(row, by=by, direction=sent, party=row.holder, title=title, url=row.letter_url, on=sent_on)


@locks.part_of_act
def of_grant(tranche, *, by):
    """The decision's letter to the recipient: its text now, its pages when somebody opens it."""
    earlier = Registration.objects.filter(key=tranche.subject().key, direction=Direction.OUT).first()
    register(
        tranche,
        by=by,
        direction=Direction.OUT,
        party=tranche.holder,
        title=f"Beslut om {kr(tranche.amount)} för {tranche.year}",
        body=documents.grant_letter(tranche, earlier),
        on=tranche.granted_on,
    )


@locks.part_of_act
def of_requisition(row, *, by, document=None):
    """What came in: the receipt of what was submitted, or the scan of what came on paper."""
    register(
        row,
        by=by,
        direction=Direction.IN,
        party=row.tranche.holder,
        title=f"Rekvisition av {kr(row.amount)} för {row.year}",
        document=document,
        body="" if document else documents.requisition_receipt(row),
        on=row.submitted_on,
    )


def case_number_of(row):
    """The case number of the government decision that the row rests on; empty where there is none."""
    for name in ("tranche", "assignment", "decision"):
        row = getattr(row, name, row)
    return getattr(row, "case_number", "")


def _sha256(body):
    return hashlib.sha256(body.encode()).hexdigest() if body else ""
