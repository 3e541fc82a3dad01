"""What happens here, told by the trail: one frozen class a verb."""

from . import activity_report, compilation, fact_check  # noqa: F401
