"""The buttons of a row: those moves that this person may make, and that can be made now."""

from dataclasses import dataclass

from django.urls import reverse

from .lifecycle import can


@dataclass(frozen=True)
class Button:
    label: str
    url: str


def offered(row, *choices):
    """Each choice is (verdict, move, route); the first that is left is the page's primary act."""
    return [
        Button(row.LIFECYCLE.moves[move].label, reverse(route, args=[row.pk]))
        for verdict, move, route in choices
        if verdict and can(row, move)
    ]
