"""Counts of tries at something guarded, shared by all processes: some are free, then each must wait longer, up to a limit.

Nobody is ever locked out: a try that comes when the wait is over is let in, however many went before it.
"""

import math
import time
from dataclasses import dataclass

from django.core.cache import cache

DAY = 24 * 60 * 60


@dataclass(frozen=True)
class Count:
    """Whose tries are counted together: how many a day are free, and the longest wait between two after those, in seconds."""

    key: str
    free: int
    longest: int


def admit(*counts: Count) -> int:
    """Seconds to wait before the next try; 0 lets this one in, and counts it in every count. Of many at once one is let in."""
    passed: list[Count] = []
    for count in counts:
        wait = _pass(count)
        if wait:
            for one in passed:
                _step_back(one)
            return wait
        passed.append(count)
    return 0


def forgive(*counts: Count) -> None:
    """The try that was let in was a right one: it does not count."""
    for count in counts:
        _down(count.key)


def _pass(count: Count) -> int:
    tried = _up(count.key)
    if tried <= count.free:
        return 0
    wait = min(2 ** min(tried - count.free, 10), count.longest)
    now, gate = time.time(), f"{count.key}:gate"
    if cache.add(gate, now + wait, timeout=wait):
        return 0
    _down(count.key)
    until: float = cache.get(gate, now)
    return max(1, math.ceil(until - now))


def _step_back(count: Count) -> None:
    """Another count has not let it in: here too it is as if it had not been made."""
    _down(count.key)
    cache.delete(f"{count.key}:gate")


def _up(key: str) -> int:
    cache.add(key, 0, timeout=DAY)
    try:
        return cache.incr(key)
    except ValueError:  # its day ended between the two
        return 1


def _down(key: str) -> None:
    try:
        cache.decr(key)
    except ValueError:
        return
