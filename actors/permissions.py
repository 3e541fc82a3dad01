"""Who may lay up people: the party's administrator, for others than oneself."""

from digikoord.lib.verdict import ALLOWED, refused

from .roles import ANSWERING, EXAMINING, HANDLING, Role


def can_administer(user, actor):
    if user.has(Role.ADMINISTRATOR, actor.pk):
        return ALLOWED
    return refused(f"Bara administratören hos {actor} kan lägga upp användare.")


def can_end_membership(user, membership):
    if membership.user_id == user.pk:
        return refused("Du kan inte ändra dina egna behörigheter. En annan administratör gör det.")
    return can_administer(user, membership.actor)


def is_impartial(user, actor):
    """Whoever has declared a conflict of interest takes no part in the actor's matters (förvaltningslagen 17 §)."""
    if actor is not None and actor.pk in user.biased_against:
        return refused(f"Jäv är anmält för {actor}. En annan person handlägger aktörens ärenden.")
    return ALLOWED


def can_declare_conflict(user, person):
    """For oneself; the administrator and those who examine may register that somebody has declared it."""
    handles = any(row.role in HANDLING for row in person.memberships_now)
    if person.pk == user.pk:
        registers = any(row.role == Role.ADMINISTRATOR for row in user.memberships_now)
        if handles or registers:
            return ALLOWED
        return refused("Jäv anmäls av den som handlägger eller beslutar om aktörers ärenden.")
    if handles and _stands_beside(user, person, ANSWERING):
        return ALLOWED
    return refused(f"Bara administratören eller den som beslutar hos parten kan anmäla jäv för {person}.")


def can_lift_conflict(user, conflict):
    """Another person, who decides at the person's own party and has no conflict of their own."""
    if user.pk == conflict.person_id:
        return refused("Du kan inte häva ditt eget jäv. En annan person prövar det.")
    if not _stands_beside(user, conflict.person, EXAMINING):
        return refused("Jäv prövas av en beslutsfattare eller fastställare hos samma part.")
    return is_impartial(user, conflict.actor)


def _stands_beside(user, person, roles):
    """Whether the user holds one of the roles at a party of the person's."""
    theirs = {row.actor_id for row in person.memberships_now}
    return any(row.role in roles and row.actor_id in theirs for row in user.memberships_now)
