"""Single letters: one matter each, to a person or to an address that has no person yet, sent at once and tried like the day's."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from actors.models import Actor, User
from digikoord.lib import locks, queue
from digikoord.lib.constraints import save
from digikoord.lib.verdict import Refused

from ..models import Attachment, Letter, Purpose
from . import notices

MOST_BYTES = 15 * 2**20  # of a letter's files together; what many a post office takes


@dataclass(frozen=True)
class File:
    """What goes with a letter."""

    name: str
    content_type: str
    content: bytes


@locks.part_of_act
def lay_up(
    purpose: Purpose,
    *,
    recipient: User | None = None,
    address: str = "",
    party: Actor | None = None,
    title: str = "",
    text: str = "",
    url: str = "",
    files: Iterable[File] = (),
) -> Letter:
    """Queue a letter to the person, at `address` or their own, or to an address that has no person yet.

    `party` is for whom it is sent, and who sees it on the page Brev: without one the recipient's only party, else nobody.
    """
    files = list(files)
    if sum(len(file.content) for file in files) > MOST_BYTES:
        raise Refused(f"Bilagorna är för stora. Ett brev tar högst {MOST_BYTES // 2**20} MB.")
    party_id = party.pk if party else notices.only_party(recipient)
    letter = save(
        Letter(
            purpose=purpose,
            recipient=recipient,
            address=(address or cast(User, recipient).email).lower(),
            party_id=party_id,
            title=notices.one_line(title)[:150],
            text=text,
            url=url,
        )
    )
    Attachment.objects.bulk_create(
        Attachment(
            letter=letter,
            name=file.name,
            content_type=file.content_type,
            content=file.content,
            sha256=Attachment.digest(file.content),
        )
        for file in files
    )
    queue.later("actors.send_letters")
    return letter
