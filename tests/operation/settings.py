"""Production's settings with one thing changed: what time it is stands in a file, which whoever moves the clock writes.

Web, worker and beat read the same file. The image holds no tests, so no installation can name these settings.
"""

import datetime
import os
import time
from pathlib import Path

from django.utils import timezone

from digikoord import settings as production

globals().update({name: value for name, value in vars(production).items() if name.isupper()})
DAILY_SCHEDULE = float(
    os.environ.get("DIGIKOORD_HOUR_SECONDS") or 3600
)  # beat's hour, shortened to be waited for
CLOCK = Path(os.environ["DIGIKOORD_CLOCK"])


def _now():
    """The moment in the file, and what has passed since it was written."""
    written = datetime.datetime.fromisoformat(CLOCK.read_text())
    return written + datetime.timedelta(seconds=max(0.0, time.time() - CLOCK.stat().st_mtime))


# Every model and act asks here (digikoord/lib/clock.py), and so does what Django keeps: sessions, logins.
timezone.now = _now
