"""How an amount is kept: kronor and öre."""

from typing import TypedDict


class Digits(TypedDict):
    max_digits: int
    decimal_places: int


MONEY: Digits = {"max_digits": 14, "decimal_places": 2}
