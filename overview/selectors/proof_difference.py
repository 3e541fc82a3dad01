"""A difference in the books, as a sentence about a named thing."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Difference:
    what: str
    url: str
    sentence: str

    def __str__(self):
        return f"{self.what}: {self.sentence}"

    def as_json(self):
        return asdict(self)
