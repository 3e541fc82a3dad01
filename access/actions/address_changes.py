"""The address of somebody who decides or pays is changed by two: one proposes, another confirms. The old address is told."""

from django.db import transaction
from django.urls import reverse

from actors.models import Actor, User
from digikoord.lib import clock, lifecycle, locks
from digikoord.lib.constraints import save
from digikoord.lib.verdict import Refused
from duties.actions import bounces, obligations, single_letters
from duties.models import Purpose
from records.actions import audit

from .. import permissions, selectors
from ..models import AddressChange
from . import addresses

KIND = "confirm_address"


@transaction.atomic
def propose(person: User, *, by: User, email: str) -> AddressChange:
    """Another address, for a second person to confirm. Until then everything is as before."""
    row = User.objects.select_for_update().get(pk=person.pk)
    permissions.can_correct_address(by, row).require()
    change = save(AddressChange(person=row, before=row.email, after=email.lower(), proposed_by=by))
    _owe(change)
    obligations.void(bounces.KIND, row, "En ny adress är föreslagen.")  # owed again if it is turned down
    audit.record("person.address_proposed", change, by=by, before=change.before, after=change.after)
    _tell(
        change,
        f"{by} har föreslagit att din adress i digikoord blir {change.after}. Ingenting är ändrat än.",
        url=reverse("access:address_reject", args=[change.pk]),
    )
    return change


def _owe(change: AddressChange) -> None:
    """Somebody's task: who may confirm it."""
    actors, roles = selectors.address_deciders(change.person, change.proposed_by)
    for role in roles:
        for actor in Actor.objects.filter(pk__in=actors).order_by("pk"):
            people = User.objects.holding(role, actor, clock.today()).exclude(
                pk__in=(change.person_id, change.proposed_by_id)
            )
            if people.exists():
                obligations.open(
                    KIND,
                    change,
                    label=f"Bekräfta en ny e-postadress för {change.person}"[:200],
                    url=change.get_absolute_url(),
                    debtor=actor,
                    role=role,
                    barred=change.proposed_by,
                    due=clock.today(),
                    ladder=[0, -3, -7],
                    consequence="Personen får inga brev, och kan inte välja lösenord, förrän adressen är bekräftad.",
                )
                return


@transaction.atomic
def confirm(change: AddressChange, *, by: User) -> AddressChange:
    """The second person says yes: the address is changed, and both addresses are told."""
    row, person = _locked(change)
    permissions.can_decide_address(by, row).require()
    if person.email != row.before:
        raise Refused("Adressen har ändrats sedan den nya föreslogs. Avslå förslaget och föreslå igen.")
    _decide(row, "confirm", by)
    addresses.give(person, row.after)
    audit.record("person.address_confirmed", row, by=by, before=row.before, after=row.after)
    _tell(
        row,
        f"Din adress i digikoord är nu {row.after}. Den föreslogs av {row.proposed_by} och bekräftades av {by}.",
    )
    return row


@transaction.atomic
def reject(change: AddressChange, *, by: User) -> AddressChange:
    """The second person says no, or whose address it is; or whoever proposed it takes it back."""
    row, person = _locked(change)
    permissions.can_reject_address(by, row).require()
    _decide(row, "reject", by)
    audit.record("person.address_rejected", row, by=by, before=row.before, after=row.after)
    if person.address_bounces:
        bounces.owe(person)
    return row


@locks.part_of_act
def _locked(change: AddressChange) -> tuple[AddressChange, User]:
    person = User.objects.select_for_update().get(pk=change.person_id)
    rows = AddressChange.objects.select_for_update(of=("self",)).select_related("proposed_by")
    row = rows.get(pk=change.pk)
    row.person = person
    return row, person


def _decide(row: AddressChange, move: str, by: User) -> None:
    lifecycle.advance(row, move)
    row.decided_by, row.decided_on = by, clock.today()
    save(row)
    obligations.close(KIND, row)


def _tell(change: AddressChange, text: str, url: str = "") -> None:
    """To the address that the person has had: whoever reads it there shall know, and can stop what is only proposed."""
    how = "Avslå det på sidan här under, och säg" if url else "Säg"
    single_letters.lay_up(
        Purpose.ADDRESS,
        recipient=change.person,
        address=change.before,
        title="Din e-postadress i digikoord",
        text=f"{text}\n\nStämmer det inte? {how} till administratören hos din organisation genast.",
        url=url,
    )
