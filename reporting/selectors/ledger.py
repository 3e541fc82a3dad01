"""The ledger: what was given, asked for, paid, used and repaid, by year and part. Kronor."""

from dataclasses import asdict, dataclass

from grants.models import Tranche
from grants.models.balance import Balance, total

PARTS = {"actors": "recipient", "secretariat": "secretariat"}


@dataclass(frozen=True)
class Row:
    """One place in one year, with its holder and its chain of amounts."""

    tranche: Tranche
    balance: Balance

    @property
    def place(self):
        return self.tranche.place

    @property
    def holder(self):
        return self.tranche.holder


@dataclass(frozen=True)
class Year:
    """A year's rows, and their sums."""

    year: int
    rows: tuple

    def part(self, name):
        """The sum for "actors" or "secretariat"."""
        return total(row.balance for row in self.rows if row.place.part == PARTS[name])

    @property
    def actors(self):
        return self.part("actors")

    @property
    def secretariat(self):
        return self.part("secretariat")

    @property
    def total(self):
        return total(row.balance for row in self.rows)


def ledger(programme, *, user=None, year=None, on=None):
    """The programme's years. `user` limits it to what they may read, `on` to what was so that day."""
    rows = Tranche.objects.visible_to(user) if user else Tranche.objects.all()
    rows = rows.filter(place__programme=programme).with_money(on=on)
    rows = rows.filter(year__year=year) if year else rows
    rows = rows.select_related("year", "place__programme", "place__county", "assignment__holder")
    by_year = {}
    for row in rows.order_by("year__year", "place__part", "place__code"):
        by_year.setdefault(row.year.year, []).append(Row(row, row.balance))
    return [Year(number, tuple(found)) for number, found in by_year.items()]


def as_json(programme, years):
    """The ledger as plain data: amounts as text with two decimals."""
    return {
        "programme": programme.code,
        "years": {
            str(row.year): {name: _texts(getattr(row, name)) for name in ("actors", "secretariat", "total")}
            for row in years
        },
    }


def _texts(balance):
    return {name: f"{value:.2f}" for name, value in asdict(balance).items()}
