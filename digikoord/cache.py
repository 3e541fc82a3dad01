"""Where counts are kept: Redis in production, files where nothing is configured. Both are shared by all processes."""

from __future__ import annotations

import fcntl
import logging
import time
from pathlib import Path
from typing import cast

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

MOST_COUNTS = 100_000  # counts that one process keeps
log = logging.getLogger(__name__)
PAUSE = 2.0  # seconds that a Redis which did not answer is left alone


class Shared(RedisCache):
    """Redis. While it is gone each process goes on by itself, from what it has counted since; nobody waits for it twice."""

    def __init__(self, server: str, params: dict[str, object]) -> None:
        super().__init__(server, params)
        self._own = LocMemCache(f"own counts of {server}", {"OPTIONS": {"MAX_ENTRIES": MOST_COUNTS}})
        self._away_until = 0.0

    def is_there(self) -> bool:
        """Whether Redis answers now."""
        try:
            return bool(self._cache.get_client(None, write=True).ping())
        except (RedisError, OSError):
            return False

    def _try(self, name: str, *arguments: object, **named: object) -> object:
        if time.monotonic() >= self._away_until:
            try:
                return getattr(super(), name)(*arguments, **named)
            except (RedisError, OSError):
                self._away_until = time.monotonic() + PAUSE
                log.warning("Redis does not answer: counts go on in each process")
        return getattr(self._own, name)(*arguments, **named)

    def add(
        self, key: str, value: object, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        return cast("bool", self._try("add", key, value, timeout=timeout, version=version))

    def get(self, key: str, default: object = None, version: int | None = None) -> object:
        return self._try("get", key, default, version=version)

    def set(
        self, key: str, value: object, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        self._try("set", key, value, timeout=timeout, version=version)

    def touch(self, key: str, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return cast("bool", self._try("touch", key, timeout=timeout, version=version))

    def delete(self, key: str, version: int | None = None) -> bool:
        return cast("bool", self._try("delete", key, version=version))

    def has_key(self, key: str, version: int | None = None) -> bool:
        return cast("bool", self._try("has_key", key, version=version))

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        return cast("int", self._try("incr", key, delta, version=version))


class Files(FileBasedCache):
    """Files in one folder. Counting is reading and writing, so one process at a time does it."""

    _dir: str  # where Django keeps them

    def add(
        self, key: str, value: object, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        with self._alone():
            return super().add(key, value, timeout=timeout, version=version)

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        with self._alone():
            return super().incr(key, delta, version=version)

    def _alone(self) -> _Lock:
        return _Lock(Path(self._dir, "lock"))


class _Lock:
    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.file = self.path.open("w")
        fcntl.flock(self.file, fcntl.LOCK_EX)

    def __exit__(self, *_failure: object) -> None:
        self.file.close()
