"""What happens here, told by the trail: one frozen class a verb."""

from . import job  # noqa: F401
