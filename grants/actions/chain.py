"""The chain of people of a payment: each step is kept as a row with its act, and who is missing is somebody's duty."""

from actors.actions import obligations
from actors.models import Actor, Obligation, User
from actors.roles import Role
from digikoord.lib import clock

from ..duties import owe
from ..four_eyes import SIDES, Step, bar
from ..lifecycle import requisition as requisitions
from ..lifecycle.payment import UNDER_WAY
from ..models import Payment, PaymentStep, Programme, Requisition
from ..selectors import FOUR_EYES, FOUR_EYES_OF_REQUISITIONS, finishing

MISSING = "find_person"
# Who sees to it that a party has the people its payments need: the first of these roles that somebody holds there
HEADS = (Role.HEAD, Role.DECISION_MAKER, Role.ADMINISTRATOR)


def take(payment, *steps: tuple):
    """Keep who took which step of the payment's present attempt: (step, person's id) or (step, person's id, account)."""
    known = {(row.end_to_end, row.step, row.person_id) for row in PaymentStep.objects.filter(payment=payment)}
    rows = [
        PaymentStep(
            requisition_id=payment.requisition_id,
            payment=payment,
            end_to_end=payment.end_to_end,
            step=step,
            side=SIDES[step],
            person_id=person,
            account=account[0] if account else None,
            on=clock.today(),
        )
        for step, person, *account in steps
        if (payment.end_to_end, step, person) not in known
    ]
    PaymentStep.objects.bulk_create(rows)


def take_account(payment, account):
    """Whoever entered the account that the payment goes to, and whoever verified it last, stand on its sides."""
    take(
        payment,
        (Step.ENTERED, account.entered_by_id, account),
        (Step.VERIFIED, account.vouched_by_id, account),
    )


def barred(payment, step):
    """The one who took the present attempt's step on the other side of `step`, for whom the duty is not; else anybody
    who did: a duty bars one person, and the page says it of the rest.
    """
    taken = payment.taken()
    first = payment.prepared_by_id if step == Step.RELEASED else payment.released_by_id
    others = sorted(person for person, steps in taken.items() if person != first and bar(step, steps))
    if first and bar(step, taken.get(first, ())) and _holds_the_role(first, payment, step):
        return first
    return next((person for person in others if _holds_the_role(person, payment, step)), first)


def _holds_the_role(person, payment, step):
    role, party = (
        (Role.OFFICIAL, payment.programme.ministry_id)
        if step in finishing.OFFICIALS_DO
        else (Role.PAYER, payment.programme.disburser_id)
    )
    return User.objects.get(pk=person).has(role, party)


def look(row, people=None):
    """Open or end the duty to find whom the payment, or the requisition, lacks to be finished."""
    people = people or finishing.people_of(row.programme)
    lacking = finishing.missing(row, people)
    if lacking is None:
        obligations.close(MISSING, row)
        return
    debtor, role = head_of(lacking.party)
    if debtor is not None:
        owe(MISSING, row, debtor=debtor, role=role)


def head_of(actor) -> tuple[Actor | None, str]:
    """(actor, role) of who answers for the party's people: its head, else who decides there, else the administrator.

    A party with none of them is seen to by the ministry's administrator.
    """
    ministry = Actor.objects.ministry()
    for party in dict.fromkeys([actor, ministry]):
        for role in HEADS if party else ():
            if User.objects.holding(role, party, clock.today()).exists():
                return party, role
    return ministry, Role.ADMINISTRATOR


def look_again(actor, role):
    """Somebody has got or lost a role at the actor: whom payments lack may be another now."""
    if role not in (Role.PAYER, Role.OFFICIAL, *HEADS):
        return
    for programme in Programme.objects.filter(disburser=actor) | Programme.objects.filter(ministry=actor):
        look_at(programme)


def look_at_all():
    """The nightly look: a role may have begun or ended by its day. Returns how many payments lack somebody."""
    return sum(look_at(programme) for programme in Programme.objects.select_related("ministry", "disburser"))


def look_at(programme):
    """Look at all that is under way in the programme. Returns how many payments lack somebody."""
    found = rows_under_way(programme)
    waiting = Obligation.objects.open().filter(kind=MISSING, programme=programme.code)
    told = set(waiting.values_list("key", flat=True))
    people = finishing.people_of(programme) if found else None
    lacking = {row.subject().key for row in found if finishing.missing(row, people)}
    for row in found:
        if row.subject().key in lacking | told:
            look(row, people)
    for key in told - {row.subject().key for row in found}:  # it has ended
        obligations.close_by_key(MISSING, key)
    return len(lacking)


def look_at_actor(actor):
    """The actor's account is another, or another has verified it: whom its payments lack may be another too."""
    for row in Payment.objects.filter(requisition__tranche__assignment__holder=actor, status__in=UNDER_WAY):
        look(row)


def rows_under_way(programme):
    """The payments that have not ended, and the requisitions that are to be payments, with what their four eyes read."""
    payments = Payment.objects.filter(
        requisition__tranche__place__programme=programme, status__in=UNDER_WAY
    ).select_related("requisition__tranche__year", "requisition__tranche__assignment__holder")
    payments = payments.select_related("requisition__tranche__place__programme").prefetch_related(*FOUR_EYES)
    asked = Requisition.objects.filter(
        tranche__place__programme=programme, status=requisitions.Status.SUBMITTED
    ).select_related("tranche__year", "tranche__place__programme", "tranche__assignment__holder")
    return [*payments, *asked.prefetch_related(*FOUR_EYES_OF_REQUISITIONS)]
