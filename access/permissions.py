"""Who may lay up people and see to their letters: the party's administrator, for others than oneself."""

from collections.abc import Collection, Iterable

from actors.impartial import is_impartial
from actors.models import Actor, ConflictOfInterest, Membership, User
from actors.roles import ADDRESS_BY_TWO, ANSWERING, EXAMINING, HANDLING, Role
from digikoord.lib import clock
from digikoord.lib.verdict import ALLOWED, Verdict, refused
from duties.models import Letter

from . import selectors
from .models import AddressChange, MembershipOffer


def can_administer(user: User, actor: Actor) -> Verdict:
    if user.has(Role.ADMINISTRATOR, actor.pk):
        return ALLOWED
    return refused(f"Bara administratören hos {actor} kan lägga upp användare.")


def can_end_membership(user: User, membership: Membership) -> Verdict:
    if membership.user_id == user.pk:
        return refused("Du kan inte ändra dina egna behörigheter. En annan administratör gör det.")
    return can_administer(user, membership.actor)


def can_see_letters(user: User, actor: Actor) -> Verdict:
    """The letters sent for the party, and nobody else's."""
    if user.has(Role.ADMINISTRATOR, actor.pk):
        return ALLOWED
    return refused(f"Bara administratören hos {actor} ser vilka brev som har kommit fram.")


def can_see_to_letter(user: User, parties: Iterable[int]) -> Verdict:
    """Whoever is the administrator of a party that the letter was sent for (`parties`: their ids)."""
    if any(user.has(Role.ADMINISTRATOR, party) for party in parties):
        return ALLOWED
    return refused("Bara administratören hos parten som brevet skickades för sköter det.")


def can_tell_of_bounce(user: User, letter: Letter, parties: Iterable[int]) -> Verdict:
    """To say that a letter came back stops all of the person's mail: so of every party where the person is somebody."""
    person = letter.recipient
    elsewhere = [row.actor for row in person.memberships_now] if person else []
    if person and any(not user.has(Role.ADMINISTRATOR, actor.pk) for actor in elsewhere):
        return refused(
            f"{person.name} har roller hos fler än er. Bara e-posttjänstens eget studsmeddelande stoppar breven till en sådan person."
        )
    return can_see_to_letter(user, parties)


def address_works(person: User | None) -> Verdict:
    if person and person.address_bounces:
        return refused(f"Brev till {person.email} kommer tillbaka. Rätta adressen först.")
    return ALLOWED


def can_correct_address(user: User, person: User) -> Verdict:
    """Who gives the person all of their roles: an address is what one logs in with, so no less will do."""
    if user.pk == person.pk:
        return refused("Du kan inte ändra din egen adress. En annan administratör gör det.")
    if not person.address_bounces:
        return refused(f"Adressen till {person.name} fungerar, så vitt vi vet.")
    waiting = person.address_changes.open().select_related("proposed_by").first()
    if waiting:
        return refused(f"{waiting.proposed_by} har föreslagit en ny adress, som väntar på en andra person.")
    parties = [row.actor for row in person.memberships.valid_on(clock.today()).select_related("actor")]
    foreign = [actor for actor in parties if not user.has(Role.ADMINISTRATOR, actor.pk)]
    if parties and (not foreign or _answers_without_administrator(user, foreign, person)):
        return ALLOWED
    return refused(f"Bara den som är administratör för alla {person.name}s roller kan rätta adressen.")


def _answers_without_administrator(user: User, parties: Iterable[Actor], person: User) -> bool:
    """An official of the ministry, for parties where nobody, but the person, is the administrator."""
    official = any(row.role == Role.OFFICIAL and row.actor.is_ministry for row in user.memberships_now)
    there = Membership.objects.valid_on(clock.today()).filter(actor__in=parties, role=Role.ADMINISTRATOR)
    return official and not there.filter(user__is_active=True).exclude(user=person).exists()


def is_changed_by_two(person: User) -> bool:
    """Whether the person decides, pays or sees to people, or ever has: a role that was ended is soon given back."""
    return person.memberships.filter(role__in=ADDRESS_BY_TWO).exists()


def can_decide_address(user: User, change: AddressChange) -> Verdict:
    """To confirm or reject it: another administrator of the person's, or where there is none the secretariat."""
    if user.pk == change.person_id:
        return refused("Du kan inte bekräfta din egen adress. En annan person gör det.")
    if user.pk == change.proposed_by_id:
        return refused("Du har föreslagit adressen. En annan person bekräftar den.")
    actors, roles = selectors.address_deciders(change.person, change.proposed_by)
    if any(user.has(role, actor) for role in roles for actor in actors):
        return ALLOWED
    return refused(
        "Adressen bekräftas av en annan administratör hos parten, eller av sekretariatet om ingen finns."
    )


def can_reject_address(user: User, change: AddressChange) -> Verdict:
    """Whose address it is, whoever proposed it, and whoever may confirm it."""
    if user.pk in (change.person_id, change.proposed_by_id):
        return ALLOWED
    return can_decide_address(user, change)


def can_answer_offer(user: User, offer: MembershipOffer) -> Verdict:
    if user.pk == offer.person_id:
        return ALLOWED
    return refused("Bara den som har erbjudits rollen svarar.")


def can_declare_conflict(user: User, person: User) -> Verdict:
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


def can_examine_conflict(user: User, conflict: ConflictOfInterest) -> Verdict:
    """To lift it or let it stand: another person, who decides at the person's own party and has no conflict of their own."""
    if user.pk == conflict.person_id:
        return refused("Du kan inte pröva ditt eget jäv. En annan person gör det.")
    if not _stands_beside(user, conflict.person, EXAMINING):
        return refused("Jäv prövas av en beslutsfattare eller fastställare hos samma part.")
    return is_impartial(user, conflict.actor)


def can_lift_step(user: User, conflict: ConflictOfInterest) -> Verdict:
    """To lift it for one step is to examine it for that step: by the same people, with the same bars."""
    return can_examine_conflict(user, conflict)


def is_unexamined(conflict: ConflictOfInterest) -> Verdict:
    if conflict.upheld_on is not None:
        return refused(
            f"Jävet prövades {conflict.upheld_on} och står kvar. Det kan hävas om något har ändrats."
        )
    return ALLOWED


def _stands_beside(user: User, person: User, roles: Collection[str]) -> bool:
    """Whether the user holds one of the roles at a party of the person's."""
    theirs = {row.actor_id for row in person.memberships_now}
    return any(row.role in roles and row.actor_id in theirs for row in user.memberships_now)
