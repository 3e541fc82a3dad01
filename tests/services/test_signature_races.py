"""Two signatories at the same moment, in many tabs: two signatures, one answer, one row in the trail."""

from actors.models import Actor, User
from actors.roles import Role
from digikoord.lib.clock import standing_at
from digikoord.lib.verdict import Refused
from grants import documents
from grants.actions import assignments
from grants.lifecycle.assignment import Status
from grants.models import Assignment, Signature
from records.models import Event
from tests.factories import at


def test_two_signatories_at_once(race):
    walk, row = at.assignment_at(Status.OFFERED)
    people = [walk.signatory(row.holder), walk.person(row.holder, Role.SIGNATORY, 2)]
    Actor.objects.filter(pk=row.holder_id).update(signatures_required=2)
    sha = documents.sha256(documents.offer_text(row))

    def sign(number):
        with standing_at(at.START):
            one = User.objects.get(pk=people[number % 2].pk)
            return assignments.accept(Assignment.objects.get(pk=row.pk), by=one, text_sha256=sha)

    outcomes = race(sign, times=20)
    assert sum(not isinstance(outcome, Exception) for outcome in outcomes) == 2
    assert all(isinstance(outcome, Refused) for outcome in outcomes if isinstance(outcome, Exception)), (
        outcomes
    )
    assert Signature.objects.standing().filter(assignment=row).count() == 2
    assert Event.objects.filter(verb="assignment.accepted").count() == 1
    assert Assignment.objects.get(pk=row.pk).status == Status.IN_FORCE
