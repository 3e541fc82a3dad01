from dataclasses import dataclass


@dataclass(frozen=True)
class Ratio:
    """`few` and `many` are seconds (`unit` ms) or megabytes (MB); `many` may be at most `most` times `few`."""

    what: str
    few: float
    many: float
    most: float
    unit: str = "ms"

    def __str__(self) -> str:
        times = 1000 if self.unit == "ms" else 1
        return f"{self.what}: {self.few * times:.0f} {self.unit} och {self.many * times:.0f} {self.unit}"

    @property
    def value(self) -> float:
        return self.many / self.few

    @property
    def holds(self) -> bool:
        return self.value <= self.most
