from dataclasses import dataclass


@dataclass(frozen=True)
class Ratio:
    """`few` and `many` are seconds; `many` may be at most `most` times `few`."""

    what: str
    few: float
    many: float
    most: float

    @property
    def value(self):
        return self.many / self.few

    @property
    def holds(self):
        return self.value <= self.most
