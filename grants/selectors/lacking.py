"""What the page of an act says beforehand: whom the payments lack, or would lack after it."""

from collections.abc import Sequence
from dataclasses import dataclass

from actors.models import User
from programmes.models import Programme

from ..models import Payment, Requisition
from .finishing import missing
from .people_of_payments import people_of


@dataclass(frozen=True)
class Lacking:
    """Rows that lack the same person, for a page: `labels` names them."""

    sentence: str
    labels: tuple[str, ...]


def lacking_people(
    programme: Programme, rows: Sequence[Payment | Requisition], after: tuple[str, User] | None = None
) -> list[Lacking]:
    """What the page of an act says beforehand: for each sentence the rows that it is true of. `rows` are read with
    what their four eyes ask; three questions whatever their number.
    """
    if not rows:
        return []
    people = people_of(programme)
    found: dict[str, list[str]] = {}
    for row in rows:
        lacking = missing(row, people, after=after)
        if lacking:
            found.setdefault(str(lacking), []).append(str(row.tranche.place))
    return [Lacking(sentence, tuple(labels)) for sentence, labels in found.items()]
