"""Keeps a paper that was handed in."""

import hashlib

from actors.models import User
from digikoord.lib import clock, locks
from digikoord.lib.constraints import save
from digikoord.lib.papers import Paper

from ..models import Document
from ..models.document import NAME_LENGTH


@locks.part_of_act
def keep(paper: Paper | None, *, by: User) -> Document | None:
    """The Document of a lib.papers.Paper; None of none."""
    if paper is None:
        return None
    return save(
        Document(
            name=paper.name[-NAME_LENGTH:],
            content_type=paper.content_type,
            content=paper.content,
            sha256=hashlib.sha256(paper.content).hexdigest(),
            added_by=by,
            added_on=clock.today(),
        )
    )
