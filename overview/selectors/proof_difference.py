"""A difference in the books, as a sentence about a named thing."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Difference:
    what: str
    url: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.what}: {self.sentence}"

    def as_json(self) -> dict[str, str]:
        return asdict(self)
