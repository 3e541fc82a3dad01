"""Counts of tries at something guarded, shared by all processes: some are free, then each must wait longer, up to a limit.

Nobody is ever locked out: a try that comes when the wait is over is let in, however many went before it.
"""

import math
import time

from django.core.cache import cache

DAY = 24 * 60 * 60
LONGEST = 10  # seconds between two tries at the most: no more than 8 640 a day


def admit(key: str, free: int) -> int:
    """Seconds to wait before the next try; 0 lets this one in, and counts it. Of many at once one is let in."""
    count = _up(key)
    if count <= free:
        return 0
    wait = min(2 ** min(count - free, LONGEST), LONGEST)
    now = time.time()
    if cache.add(f"{key}:gate", now + wait, timeout=wait):
        return 0
    _down(key)
    return max(1, math.ceil(cache.get(f"{key}:gate", now) - now))


def forgive(key: str) -> None:
    """The try that was let in was a right one: it does not count."""
    _down(key)


def _up(key):
    cache.add(key, 0, timeout=DAY)
    try:
        return cache.incr(key)
    except ValueError:  # its day ended between the two
        return 1


def _down(key):
    try:
        cache.decr(key)
    except ValueError:
        return
