"""What the trail tells of jobs."""

from dataclasses import dataclass

from records.happened import Happened


@dataclass(frozen=True, kw_only=True)
class JobRunAgain(Happened):
    verb = "job.run_again"
