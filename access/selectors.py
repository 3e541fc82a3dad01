"""Who belongs to a party, and what was sent to them."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.module_loading import import_string

from actors.models import Actor, ConflictOfInterest, ConflictStep, Membership, User
from actors.models.conflict import ConflictQuerySet
from actors.roles import ADDRESS_BY_TWO, ANSWERING, HANDLING, Role
from actors.steps import LIFTABLE, Step
from digikoord.lib import clock
from duties.models import Letter, Notice
from records.models import Event
from records.models.event import UNSENT

from .models import AddressChange, MembershipOffer

MOST_EVENTS = 2_000  # of one actor, to find its matters in


def people_of(actor: Actor) -> QuerySet[Membership]:
    """The party's memberships, those that have ended last."""
    return (
        Membership.objects.filter(actor=actor)
        .select_related("user", "actor")
        .order_by("valid_to", "user__name", "role")
    )


def conflicts_of(user: User) -> ConflictQuerySet:
    """The conflicts of interest that the person may read, the open ones first."""
    rows = ConflictOfInterest.objects.visible_to(user)
    return rows.select_related("person", "actor", "declared_by", "upheld_by", "lifted_by")


def declarable(user: User) -> QuerySet[User]:
    """Those for whom the person may declare a conflict of interest: oneself, and whom one answers for."""
    there = {row.actor_id for row in user.memberships_now if row.role in ANSWERING}
    held = Membership.objects.valid_on(clock.today()).filter(role__in=HANDLING, actor__in=there)
    return User.objects.filter(Q(pk=user.pk) | Q(memberships__in=held)).distinct()


def letters_of(actor: Actor) -> QuerySet[Letter]:
    """The letters that were sent for the party."""
    return Letter.objects.sent_for([actor.pk]).select_related("recipient")


def letter_to_see(pk: int) -> Letter | None:
    """The letter with its recipient; None where there is none."""
    return Letter.objects.select_related("recipient").filter(pk=pk).first()


def parties_of(letter: Letter) -> set[int]:
    """The ids of the parties that the letter was sent for: its own, and those that a day's letter tells something of."""
    told = letter.notices.exclude(party=None).values_list("party", flat=True)
    return {*told, *([letter.party_id] if letter.party_id else [])}


def lines_of(letter: Letter, user: User) -> QuerySet[Notice]:
    """What the letter tells, to whoever is the administrator of a party: that party's lines, no other's."""
    own = [actor for actor in user.acting_for if user.has(Role.ADMINISTRATOR, actor)]
    return letter.notices.filter(party__in=own).order_by("due", "pk")


def bouncing_at(actor: Actor) -> QuerySet[User]:
    """The people of the party whose address letters come back from."""
    there = Membership.objects.valid_on(clock.today()).filter(actor=actor)
    return User.objects.bouncing().filter(memberships__in=there).distinct().order_by("name", "pk")


def address_deciders(person: User, but: User) -> tuple[set[int], tuple[Role, ...]]:
    """(actor ids, roles) of who confirms a new address that `but` has proposed: another administrator where the person decides,
    pays or sees to people; where there is none whoever decides or sees to people at the secretariat."""
    today = clock.today()
    own = person.memberships.filter(role__in=ADDRESS_BY_TWO).values_list("actor", flat=True)
    others = Membership.objects.valid_on(today).filter(
        actor__in=own, role=Role.ADMINISTRATOR, user__is_active=True
    )
    there = set(others.exclude(user__in=[person, but]).values_list("actor", flat=True))
    if there:
        return there, (Role.ADMINISTRATOR,)
    return set(import_string(settings.SECRETARIATS)()), ANSWERING


def address_change_to_see(user: User, pk: int) -> AddressChange | None:
    """The change of an address, for whose it is, whoever proposed it, and the parties that may confirm it; None for others."""
    row = AddressChange.objects.select_related("person", "proposed_by").filter(pk=pk).first()
    if row is None or user.pk in (row.proposed_by_id, row.person_id):
        return row
    actors, _roles = address_deciders(row.person, row.proposed_by)
    return row if any(user.belongs_to(actor) for actor in actors) else None


def offers_to(user: User) -> QuerySet[MembershipOffer]:
    """The roles that wait for the person's answer."""
    return user.offers.open().select_related("actor", "offered_by")


def offers_of(actor: Actor) -> QuerySet[MembershipOffer]:
    """The roles that the party has offered and that nobody has answered."""
    return MembershipOffer.objects.open().filter(actor=actor).select_related("actor")


def people_seen_to_by(user: User) -> QuerySet[User]:
    """The people of the parties one belongs to; for the ministry's, everyone."""
    if any(row.actor.is_ministry for row in user.memberships_now):
        return User.objects.filter(memberships__isnull=False).distinct()
    return User.objects.filter(memberships__actor__in=list(user.acting_for)).distinct()


@dataclass(frozen=True)
class Matter:
    """One step in one matter of an actor's, for which a conflict of interest can be lifted."""

    step: Step
    key: str
    label: str
    url: str
    place: str
    year: int | None

    @property
    def code(self) -> str:
        return f"{self.step.code} {self.key}"


def matters_of(actor: Actor) -> list[Matter]:
    """The steps that can be lifted in what the trail knows of the actor's, latest matter first."""
    rows = (
        Event.objects.filter(holder=actor.code).exclude(verb__in=(*UNSENT, "report.started")).order_by("-pk")
    )
    fields = ("key", "label", "url", "place", "year")
    known: dict[str, dict[str, Any]] = {}  # the columns that are asked for
    for values in rows.values(*fields)[:MOST_EVENTS]:
        known.setdefault(values["key"], values)
    return [
        Matter(step=step, **values)
        for step in LIFTABLE.values()
        for key, values in known.items()
        if key.startswith(f"{step.noun}:")
    ]


def steps_lifted_of(user: User) -> QuerySet[ConflictStep]:
    """For which steps the conflicts that the person may read have been lifted, those not yet taken first."""
    rows = ConflictStep.objects.filter(conflict__in=ConflictOfInterest.objects.visible_to(user))
    return rows.select_related("person", "actor", "decided_by")
