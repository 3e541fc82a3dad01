"""What happens here, told by the trail: one frozen class a verb."""

from . import actor, calendar_address, conflict, letter, membership, person  # noqa: F401
