"""Cooperation, party by party: how many places had how much of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..content import EXTENTS

if TYPE_CHECKING:
    from .compiled import Seat, Terms


@dataclass(frozen=True)
class PartyExtents:
    """`counts` is how many places told of each extent, in the order of EXTENTS; `answers` how many told of any."""

    name: str
    counts: tuple[int, ...]
    answers: int


def matrix(terms: Terms, seats: Iterable[Seat]) -> tuple[PartyExtents, ...]:
    """One row a party; nothing where no place was asked, or none has answered."""
    told = [
        (partner.name, partner.extent)
        for seat in seats
        if (section := seat.section("cooperation"))
        for partner in section.partners
        if partner.extent
    ]
    if not told:
        return ()
    rows = [
        (party.name, [told.count((party.name, extent)) for extent in EXTENTS.values()])
        for party in terms.cooperation_parties
    ]
    return tuple(PartyExtents(name, tuple(counts), sum(counts)) for name, counts in rows)
