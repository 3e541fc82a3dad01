"""The main menu: what the person may open in the programme at hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from overview.selectors import todo
from reporting import permissions

if TYPE_CHECKING:
    from actors.models import User
    from programmes.models import Programme


@dataclass(frozen=True)
class Item:
    label: str
    url: str
    count: int | None = None
    current: bool = False


FUNCTION = "grants:coordinator_list"  # called by the programme's own word
PAGES = (
    ("Läget", "overview:board"),
    ("Kalender", "overview:calendar"),
    ("Beslut", "grants:decision_list"),
    ("Koordinatorer", FUNCTION),
    ("Rekvisitioner", "grants:requisition_list"),
    ("Utbetalningar", "grants:payment_list"),
    ("Redovisningar", "reporting:activity_report_list"),
    ("Resultat", "overview:results"),
    ("Sammanställning", "reporting:compilation_list"),
    ("Handlingar", "overview:registration_list"),
    ("Ekonomi", "overview:ledger"),
    ("Avvikelser", "overview:exception_list"),  # last: for those who examine
)


def menu(user: User, programme: Programme | None, path: str) -> list[Item]:
    """The items in order; the one whose address begins the path is current."""
    home = Item("Att göra", reverse("overview:todo"), todo.count_mine(user), path == "/")
    if programme is None:
        return [home]
    keeps = programme.definition.keeps
    links = [
        (
            keeps.several.capitalize() if keeps and route == FUNCTION else label,
            reverse(route, args=[programme.code]),
        )
        for label, route in pages(user, programme)
        if keeps or route != FUNCTION
    ]
    return [home, *(Item(label, url, None, path.startswith(url)) for label, url in links)]


def pages(user: User, programme: Programme) -> tuple[tuple[str, str], ...]:
    """What the page itself would refuse is not offered: one rule says both."""
    return PAGES if permissions.can_examine(user, programme) else PAGES[:-1]


def switcher(programmes: Sequence[Programme], current: Programme | None) -> list[Item]:
    """The programmes to change between; nothing where there is only one."""
    if len(programmes) < 2:
        return []
    return [
        Item(row.short_name, reverse("overview:board", args=[row.code]), None, row == current)
        for row in programmes
    ]


def roles_line(user: User) -> str:
    """What the person is, in one line: "handläggare, Tillväxtverket"."""
    return "; ".join(f"{row.get_role_display()}, {row.actor}" for row in user.memberships_now)
