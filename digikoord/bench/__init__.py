"""Measurements with a bound. Each is a function that gives a Ratio; `BENCHES` names them all."""

from .compilations import (
    a_chapter_is_made_while_one_waits,
    rendering_costs_what_weasyprint_costs,
    rendering_fits_in_memory,
    rendering_is_linear,
)
from .grants import a_mass_grant_fits_in_memory, a_mass_grant_is_linear, pages_fetch_no_programme_file
from .ladders import climbing_costs_what_is_due

BENCHES = (
    climbing_costs_what_is_due,
    pages_fetch_no_programme_file,
    a_mass_grant_fits_in_memory,
    a_mass_grant_is_linear,
    rendering_costs_what_weasyprint_costs,
    rendering_fits_in_memory,
    a_chapter_is_made_while_one_waits,
    rendering_is_linear,
)
