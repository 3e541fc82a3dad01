"""Who may lay up people: the party's administrator, for others than oneself."""

from digikoord.lib.verdict import ALLOWED, refused

from .roles import Role


def can_administer(user, actor):
    if user.has(Role.ADMINISTRATOR, actor.pk):
        return ALLOWED
    return refused(f"Bara administratören hos {actor} kan lägga upp användare.")


def can_end_membership(user, membership):
    if membership.user_id == user.pk:
        return refused("Du kan inte ändra dina egna behörigheter. En annan administratör gör det.")
    return can_administer(user, membership.actor)
