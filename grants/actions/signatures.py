"""Who signs an answer: one signatory alone, or two who answer the same to the same text."""

from django.db import transaction

from actors.models import User
from actors.roles import Role
from digikoord.lib import locks
from digikoord.lib.constraints import save
from digikoord.lib.verdict import Refused
from duties.actions import notices
from records.actions import audit

from .. import documents, permissions
from ..models import Answer, Assignment, Signature

WORDS: dict[str, str] = {Answer.ACCEPT: "ja", Answer.DECLINE: "nej"}


@locks.part_of_act
def sign(assignment: Assignment, answer: str, *, by: User, text: str, reason: str = "") -> bool:
    """Sign the answer to a locked offer. True when it is complete, False while it waits for the second."""
    standing = list(assignment.signatures.standing())
    own = next((row for row in standing if row.person_id == by.pk), None)
    others = [row for row in standing if row is not own]
    sha256 = documents.sha256(text)
    for row in others:
        _require_same(row, answer, sha256)
    if own and own.answer == answer and own.sha256 == sha256:
        if len(standing) < assignment.holder.signatures_required:
            raise Refused("Du har redan skrivit under. Svaret väntar på en andra behörig företrädare.")
        return True
    if own:
        _void(own)
    save(
        Signature(
            assignment=assignment,
            answer=answer,
            person=by,
            name=by.name,
            title=by.title,
            text=text,
            sha256=sha256,
            reason=reason,
        )
    )
    if 1 + len(others) >= assignment.holder.signatures_required:
        return True
    _wait(assignment, answer, by, sha256)
    return False


def _require_same(row: Signature, answer: str, sha256: str) -> None:
    """What the first has signed must be what the second signs."""
    if row.answer != answer:
        raise Refused(
            f"{row.name} har skrivit under att ni tackar {WORDS[row.answer]}. "
            "Ni måste svara samma sak, eller så återtar den första sin underskrift."
        )
    if row.sha256 != sha256:
        raise Refused(
            f"Texten har ändrats sedan {row.name} skrev under. "
            f"{row.name} behöver läsa den nya texten och skriva under igen."
        )


def _wait(assignment: Assignment, answer: str, by: User, sha256: str) -> None:
    audit.record("assignment.signed", assignment, by=by, answer=WORDS[answer], title=by.title, sha256=sha256)
    notices.tell(
        assignment.holder,
        Role.SIGNATORY,
        text=f"{by.name} har skrivit under att ni tackar {WORDS[answer]} för {assignment.place}. "
        "Svaret gäller när ni är två som skrivit under.",
        url=assignment.letter_url,
        but=(by,),
    )


@transaction.atomic
def withdraw(signature: Signature, *, by: User) -> Assignment:
    """Take back one's signature while the answer waits for the second."""
    assignment = Assignment.objects.locked(signature.assignment)
    row = Signature.objects.get(pk=signature.pk)
    permissions.can_withdraw_signature(by, row).require()
    if not row.stands or not assignment.can("accept"):
        raise Refused("Underskriften kan inte återtas längre: svaret är lämnat.")
    _void(row)
    audit.record("assignment.signature_withdrawn", assignment, by=by, answer=WORDS[row.answer])
    return assignment


@locks.part_of_act
def void_all(assignment: Assignment) -> None:
    """The offer ends or is opened again: what was signed no longer stands, but is kept."""
    assignment.signatures.standing().update(stands=False)


def _void(row: Signature) -> None:
    row.stands = False
    save(row)
