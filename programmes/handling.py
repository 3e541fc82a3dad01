"""What every permission is made of: a role at a party, another person than the first, and no conflict of interest."""

from functools import partial

from actors.concerned import whom
from actors.impartial import may_take
from actors.models import Actor, User
from actors.roles import Role
from actors.steps import Step
from actors.subject import HasSubject, Subject
from digikoord.lib.verdict import ALLOWED, Verdict, is_open, refused

from .models import Matter, Programme


def holds(user: User, role: Role, actor: Actor, what: str) -> Verdict:
    if user.has(role, actor.pk):
        return ALLOWED
    return refused(f"Bara {role.label} hos {actor} kan {what}.")


def another(user: User, person_id: int | None, sentence: str) -> Verdict:
    return refused(sentence) if user.pk == person_id else ALLOWED


def handles(user: User, role: Role, *, party: str, matter: Matter, step: Step | str) -> Verdict:
    """May the person take the step in the matter: a row of some programme's, or a programme as a whole?

    Every permission of those who handle and decide passes here: what concerns an actor is not for
    whoever has declared a conflict of interest for it. `step` is one of actors/steps.py; words alone are a step that
    a conflict is never lifted for.
    """
    programme = matter if isinstance(matter, Programme) else matter.programme
    verdict = is_open(programme) & holds(
        user, role, getattr(programme, party), step if isinstance(step, str) else step.words
    )
    return verdict & unbiased(user, step, matter)


def unbiased(user: User, step: Step | str, *matters: HasSubject) -> Verdict:
    """No actor that one of the matters concerns is one for which the person has declared a conflict of interest."""
    verdict = ALLOWED
    for matter in matters:
        asked = whom(matter)
        # Who has declared nothing is not asked about: that would cost every page its questions.
        if user.biased_against:
            verdict &= may_take(user, step, asked(matter), partial(_subject, matter))
    return verdict


def _subject(matter: HasSubject) -> Subject:
    return matter.subject()


def official(user: User, matter: Matter, step: Step | str) -> Verdict:
    return handles(user, Role.OFFICIAL, party="ministry", matter=matter, step=step)


def decision_maker(user: User, matter: Matter, step: Step | str) -> Verdict:
    return handles(user, Role.DECISION_MAKER, party="ministry", matter=matter, step=step)


def payer(user: User, matter: Matter, step: Step | str) -> Verdict:
    return handles(user, Role.PAYER, party="disburser", matter=matter, step=step)


def signatory(user: User, holder: Actor, what: str) -> Verdict:
    return holds(user, Role.SIGNATORY, holder, what)


def writer(user: User, holder: Actor, what: str) -> Verdict:
    return holds(user, Role.WRITER, holder, what) | signatory(user, holder, what)
