"""When nobody holds the role that should be told, that is somebody's task."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse

from actors.models import Actor, User
from actors.roles import Role
from actors.subject import Subject
from digikoord.lib import clock, locks

from ..models import Obligation
from . import obligations

KIND = "no_recipient"
STEPS = (0, -7)


@dataclass(frozen=True)
class Vacancy:
    """A role at an actor that nobody holds."""

    actor: Actor
    role: str
    programme: str = ""

    def subject(self) -> Subject:
        return Subject(
            label=f"{Role(self.role).label}, {self.actor}",
            key=key(self.actor.pk, self.role),
            url=reverse("access:membership_list", args=[self.actor.code]),
            programme=self.programme,
            holder=self.actor.code,
        )


def key(actor_id: int, role: str) -> str:
    return f"role:{actor_id}:{role}"


@locks.part_of_act
def owe(duty: Obligation, actor_id: int, role: str) -> None:
    """Somebody shall see to it that the duty can be told: the party's administrator, else the ministry's official."""
    if duty.kind == KIND:
        return  # a task about a task helps nobody
    vacancy = Vacancy(Actor.objects.get(pk=actor_id), role, duty.programme)
    debtor, answering = carer(vacancy.actor)
    if debtor is None:
        return
    obligations.open(
        KIND,
        vacancy,
        label=f"Ingen behörig mottagare: {Role(role).label}, {vacancy.actor}"[:200],
        url=vacancy.subject().url if answering == Role.ADMINISTRATOR else duty.about_url or duty.url,
        debtor=debtor,
        role=answering,
        due=clock.today(),
        ladder=list(STEPS),
        consequence="Ingen hos parten får veta vad den ska göra, eller när.",
    )


def carer(actor: Actor, but: User | None = None) -> tuple[Actor | None, Role]:
    """(actor, role) of who sees to the party's people: its administrator, other than `but`, else the ministry."""
    for person in User.objects.holding(Role.ADMINISTRATOR, actor, clock.today()):
        if person != but:
            return actor, Role.ADMINISTRATOR
    return Actor.objects.ministry(), Role.OFFICIAL


@locks.part_of_act
def fill(actor: Actor, role: str) -> None:
    """Somebody holds the role now."""
    _close([key(actor.pk, role)])


@transaction.atomic
def close_heard() -> None:
    """End the tasks about roles that somebody holds again."""
    waiting = Obligation.objects.open().filter(kind=KIND).values_list("key", flat=True)
    wanted: dict[tuple[int, str], str] = {}
    for one in waiting:
        _role, actor_id, role = one.split(":")
        wanted[int(actor_id), role] = one
    if wanted:
        heard = User.objects.hearers(set(wanted), clock.today())
        _close([one for where, one in wanted.items() if heard.get(where)])


def _close(keys: Iterable[str]) -> None:
    for one in keys:
        obligations.close_by_key(KIND, one)
