"""What every permission is made of: a role at a party, another person than the first, and no conflict of interest."""

from actors.permissions import is_impartial
from actors.roles import Role
from digikoord.lib.verdict import ALLOWED, refused


def holds(user, role, actor, what):
    if user.has(role, actor.pk):
        return ALLOWED
    return refused(f"Bara {role.label} hos {actor} kan {what}.")


def another(user, person_id, sentence):
    return refused(sentence) if user.pk == person_id else ALLOWED


def handles(user, role, party, matter, what):
    """May the person handle the matter: a row of some programme's, or a programme as a whole?

    Every permission of those who handle and decide passes here: what concerns one actor is not for
    whoever has declared a conflict of interest for it.
    """
    programme = getattr(matter, "programme", matter)
    return holds(user, role, getattr(programme, party), what) & is_impartial(user, holder_of(matter))


def holder_of(matter):
    """The actor a matter concerns; None where it is the whole programme's."""
    return getattr(getattr(matter, "tranche", matter), "holder", None)


def official(user, matter, what):
    return handles(user, Role.OFFICIAL, "ministry", matter, what)


def decision_maker(user, matter, what):
    return handles(user, Role.DECISION_MAKER, "ministry", matter, what)


def payer(user, matter, what):
    return handles(user, Role.PAYER, "disburser", matter, what)


def signatory(user, holder, what):
    return holds(user, Role.SIGNATORY, holder, what)


def writer(user, holder, what):
    return holds(user, Role.WRITER, holder, what) | signatory(user, holder, what)
