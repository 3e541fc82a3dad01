"""Money of a year that has ended is granted and paid only when another person has decided what it is charged to."""

from typing import cast

from django.db.models import Q

from actors import steps
from actors.models import User
from digikoord.lib import clock
from digikoord.lib.verdict import ALLOWED, Verdict, refused
from programmes.handling import another, decision_maker

from .lifecycle.payment import UNDER_WAY
from .lifecycle.tranche import Status
from .models import Payment, Tranche, YearCharge

DECIDED = "Du har själv beslutat vilket anslag som belastas. En annan person ska göra det här."
UNPAID = (Status.OPEN, Status.PREPARED, Status.GRANTED)


def has_ended(tranche: Tranche) -> bool:
    return clock.today().year > tranche.year.year


def charge_of(tranche: Tranche, budget_year: int) -> YearCharge | None:
    return next((row for row in tranche.charges.all() if row.budget_year == budget_year), None)


def is_charged(user: User | None, tranche: Tranche) -> Verdict:
    """May the person grant or release money of the tranche now, as far as the year goes? Of nobody in particular with None."""
    if not has_ended(tranche):
        return ALLOWED
    now = clock.today().year
    charge = charge_of(tranche, now)
    if charge is None:
        return refused(
            f"{tranche.year} är slut. Det som beviljas eller betalas nu belastar {now}. "
            "En annan person, en beslutsfattare, ska först besluta vilket anslag och budgetår som belastas."
        )
    return another(user, charge.decided_by_id, DECIDED) if user else ALLOWED


def has_decided_nothing(user: User, tranche: Tranche) -> Verdict:
    """May the person handle what is asked for of an ended year? Whoever decided what it is charged to does not."""
    if has_ended(tranche) and any(row.decided_by_id == user.pk for row in tranche.charges.all()):
        return refused(DECIDED)
    return ALLOWED


def can_charge(user: User, tranche: Tranche) -> Verdict:
    """A decision maker who has neither prepared the amount nor taken any step of its requisitions and payments."""
    verdict = decision_maker(user, tranche, steps.CHARGE) & another(
        user, tranche.prepared_by_id, "Du har själv berett beloppet. En annan person ska besluta om anslaget."
    )
    if not verdict:
        return verdict
    handled = Q(submitted_by=user) | Q(approved_by=user) | Q(steps__person=user)
    if tranche.requisitions.filter(handled).exists():
        return refused("Du har själv handlagt utbetalningen. En annan person ska besluta om anslaget.")
    return verdict


def is_chargeable(tranche: Tranche) -> Verdict:
    """Whether there is anything to decide."""
    if chargeable_years(tranche):
        return ALLOWED
    if not has_ended(tranche):
        return refused(f"{tranche.year} pågår. Medlen belastar sitt eget år.")
    if not _may_be_paid(tranche):
        return refused(f"Inget mer betalas för {tranche.year}.")
    return refused("Anslaget är redan beslutat.")


def _may_be_paid(tranche: Tranche) -> bool:
    """Whether more may be granted or paid, or what came back paid anew."""
    under_way = Payment.objects.filter(requisition__tranche=tranche, status__in=UNDER_WAY)
    return tranche.status in UNPAID or under_way.exists()


def chargeable_years(tranche: Tranche) -> list[int]:
    """The budget years that lack a decision: the running one where more may be paid of an ended year, and those in which it
    has been paid."""
    paid = Payment.objects.filter(requisition__tranche=tranche, charged_year__gt=tranche.year.year)
    years = cast("set[int]", set(paid.values_list("charged_year", flat=True)))
    if has_ended(tranche) and _may_be_paid(tranche):
        years.add(clock.today().year)
    return sorted(years - {row.budget_year for row in tranche.charges.all()})
