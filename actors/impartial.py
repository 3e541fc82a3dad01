"""Whoever has declared a conflict of interest for an actor takes no part in its matters, but under a lift for one step."""

from collections.abc import Callable, Iterable, Set

from digikoord.lib.verdict import ALLOWED, Verdict, allowed, refused

from .models import Actor, ConflictStep, User
from .steps import Step
from .subject import Subject


def is_impartial(user: User, *actors: Actor) -> Verdict:
    """Whoever has declared a conflict of interest takes no part in the actor's matters (förvaltningslagen 17 §)."""
    biased = [actor for actor in actors if actor.pk in user.biased_against]
    if not biased:
        return ALLOWED
    return refused(f"Jäv är anmält för {_names(biased)}. En annan person handlägger aktörens ärenden.")


def may_take(user: User, step: Step | str, concerned: Set[int], subject: Callable[[], Subject]) -> Verdict:
    """May the person take the step in a matter that concerns the actors (ids)? Where a conflict has been declared for one
    of them, only under a lift for exactly this step in exactly this matter. `subject` gives the matter's Subject.
    """
    biased = concerned & user.biased_against
    if not biased:
        return ALLOWED
    lifts = _lifts(user, step, biased, subject) if isinstance(step, Step) and step.is_liftable else {}
    left = biased - lifts.keys()
    if left:
        return is_impartial(user, *Actor.objects.filter(pk__in=left).order_by("pk"))
    return allowed(" ".join(_told(row) for row in lifts.values()))


def _lifts(
    user: User, step: Step, biased: Set[int], subject: Callable[[], Subject]
) -> dict[int, ConflictStep]:
    """{actor's id: the unused lift of the step in the matter}"""
    about = subject()
    return {
        row.actor_id: row for row in user.steps_lifted if row.actor_id in biased and row.is_for(step, about)
    }


def _told(row: ConflictStep) -> str:
    return (
        f"Jäv är anmält för {row.actor}. {row.decided_by} har hävt det för det här steget, {row.citation}. "
        "Det gäller en gång, och syns i händelseloggen och bland avvikelserna."
    )


def _names(actors: Iterable[Actor]) -> str:
    return ", ".join(str(actor) for actor in actors)
