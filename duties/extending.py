"""Who may ask for a later day (anstånd), and who may give it."""

from typing import cast

from actors import steps
from actors.models import Actor, User
from actors.roles import Role
from digikoord.lib.verdict import ALLOWED, Verdict, refused
from programmes.handling import another, holds, unbiased

from .models import Extension, Obligation

ASKING = (Role.WRITER, Role.SIGNATORY)


def is_extendable(duty: Obligation) -> Verdict:
    """Whether anybody may give the duty a later day at all."""
    if not duty.is_open:
        return refused("Skyldigheten har redan upphört.")
    if duty.extender_id is None or not duty.ladder:
        return refused("Anstånd kan inte ges för den här skyldigheten: dagen följer av beslutet eller lagen.")
    if duty.act_by is None:
        return refused("Skyldigheten har ingen sista dag.")
    return ALLOWED


def can_ask(user: User, duty: Obligation) -> Verdict:
    """The debtor's own writer or signatory."""
    if not any(user.has(role, duty.debtor_id) for role in ASKING):
        return refused(f"Bara den som skriver för eller företräder {duty.debtor} kan begära anstånd.")
    return is_extendable(duty)


def can_decide(user: User, extension: Extension) -> Verdict:
    duty = extension.obligation
    if not duty.is_open:
        return refused("Skyldigheten har upphört. Begäran behöver inte avgöras.")
    return (
        holds(user, Role(duty.extender_role), cast(Actor, duty.extender), steps.DECIDE_EXTENSION.words)
        & unbiased(user, steps.DECIDE_EXTENSION, extension)
        & another(user, extension.asked_by_id, "Du har själv begärt anståndet. En annan person avgör det.")
    )


def can_withdraw(user: User, extension: Extension) -> Verdict:
    """Whoever could have asked."""
    return can_ask(user, extension.obligation)
