"""What every permission is made of: a role at a party, another person than the first, and no conflict of interest."""

from functools import partial

from actors.concerned import whom
from actors.impartial import may_take
from actors.roles import Role
from digikoord.lib.verdict import ALLOWED, is_open, refused

from .models import Programme


def holds(user, role, actor, what):
    if user.has(role, actor.pk):
        return ALLOWED
    return refused(f"Bara {role.label} hos {actor} kan {what}.")


def another(user, person_id, sentence):
    return refused(sentence) if user.pk == person_id else ALLOWED


def handles(user, role, party, matter, step):
    """May the person take the step in the matter: a row of some programme's, or a programme as a whole?

    Every permission of those who handle and decide passes here: what concerns an actor is not for
    whoever has declared a conflict of interest for it. `step` is one of actors/steps.py; words alone are a step that
    a conflict is never lifted for.
    """
    programme = matter if isinstance(matter, Programme) else matter.programme
    verdict = is_open(programme) & holds(user, role, getattr(programme, party), getattr(step, "words", step))
    return verdict & unbiased(user, step, matter)


def unbiased(user, step, *matters):
    """No actor that one of the matters concerns is one for which the person has declared a conflict of interest."""
    verdict = ALLOWED
    for matter in matters:
        asked = whom(matter)
        # Who has declared nothing is not asked about: that would cost every page its questions.
        if user.biased_against:
            verdict &= may_take(user, step, asked(matter), partial(_subject, matter))
    return verdict


def _subject(matter):
    return matter.subject()


def official(user, matter, step):
    return handles(user, Role.OFFICIAL, "ministry", matter, step)


def decision_maker(user, matter, step):
    return handles(user, Role.DECISION_MAKER, "ministry", matter, step)


def payer(user, matter, step):
    return handles(user, Role.PAYER, "disburser", matter, step)


def signatory(user, holder, what):
    return holds(user, Role.SIGNATORY, holder, what)


def writer(user, holder, what):
    return holds(user, Role.WRITER, holder, what) | signatory(user, holder, what)
