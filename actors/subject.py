"""How the trail, the duties and the notices point at what they are about.

They keep words and keys, never foreign keys, so that `actors` knows nothing of `grants` and a
trail outlives what it tells of.
"""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Subject:
    """`key` is `noun:pk`; `place` and `holder` are codes, empty for what concerns a whole programme."""

    label: str
    key: str
    url: str
    programme: str = ""
    place: str = ""
    place_label: str = ""
    holder: str = ""
    year: int | None = None


class HasSubject(Protocol):
    """Whatever the trail, the duties and the notices can point at."""

    def subject(self) -> Subject: ...
