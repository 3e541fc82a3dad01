"""Who holds the roles that a programme's payments need, today."""

from dataclasses import dataclass

from actors.models import Actor, ConflictOfInterest, User
from actors.roles import Role
from digikoord.lib import clock
from programmes.models import Programme

from ..four_eyes import Step

OFFICIALS_DO = (Step.APPROVED, Step.CORRECTED)


@dataclass(frozen=True)
class People:
    """Those who hold the roles of a programme today. `biased` is {(person id, actor id)}: who takes no part."""

    ministry: Actor
    disburser: Actor
    officials: tuple[User, ...]
    payers: tuple[User, ...]
    biased: frozenset[tuple[int, int]]

    def of(self, step: str) -> tuple[User, ...]:
        return self.officials if step in OFFICIALS_DO else self.payers

    def party(self, step: str) -> Actor:
        return self.ministry if step in OFFICIALS_DO else self.disburser


def people_of(programme: Programme) -> People:
    """Three questions, whatever is asked of them afterwards."""
    where = ((programme.ministry_id, Role.OFFICIAL), (programme.disburser_id, Role.PAYER))
    heard = User.objects.hearers(set(where), clock.today())
    officials, payers = (tuple(heard[one]) for one in where)
    conflicts = ConflictOfInterest.objects.open().filter(person__in={*officials, *payers})
    biased = frozenset(conflicts.order_by().values_list("person_id", "actor_id"))
    return People(programme.ministry, programme.disburser, officials, payers, biased)
