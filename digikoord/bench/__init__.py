"""Measurements with a bound. Each is a function that gives a Ratio; `BENCHES` names them all."""

from .ladders import climbing_costs_what_is_due

BENCHES = (climbing_costs_what_is_due,)
