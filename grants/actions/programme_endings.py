"""A programme ends: all is paid, reported, compiled and repaid. Nothing more is done in it; it is read, searched and proved."""

from collections import Counter
from collections.abc import Mapping, Sequence

from django.conf import settings
from django.db import models, transaction
from django.db.models import IntegerField, Value
from django.utils.module_loading import import_string

from actors.models import Succession, User
from digikoord.lib import clock
from digikoord.lib.constraints import save
from digikoord.lib.locks import in_turn
from digikoord.lib.verdict import Refused
from duties.actions import obligations
from programmes.models import Programme
from records.actions import audit

from .. import permissions
from ..events.programme import ProgrammeEnded
from ..lifecycle import assignment, payment, requisition
from ..lifecycle import government_decision as decision
from ..lifecycle import recovery as recoveries
from ..lifecycle import tranche as tranches
from ..models import Assignment, Payment, Recovery, RepaymentClaim, Requisition, Tranche

ENDING = 5_003  # the advisory lock: each event of the trail takes it shared (0063_ended_whole)
WHY = "Programmet är avslutat."
DONE_WITH = (tranches.Status.SETTLED, tranches.Status.CANCELLED)


def hindrances(programme: Programme) -> list[str]:
    """What is left before the programme can end, a sentence each."""
    of = {"place__programme": programme}
    money = {"tranche__place__programme": programme}
    left = (
        (
            programme.decisions.filter(status=decision.Status.DRAFT),
            "beslut är inte expedierade eller makulerade",
        ),
        (
            Succession.objects.filter(status="planned", predecessor__in=_holders(programme)),
            "övergångar är planerade men inte registrerade",
        ),
        (
            Assignment.objects.filter(**of, status__in=assignment.LIVE),
            "uppdrag eller erbjudanden är inte avslutade",
        ),
        (
            Tranche.objects.filter(**of).exclude(status__in=DONE_WITH),
            "årsbelopp är inte slutreglerade eller inställda",
        ),
        (
            Requisition.objects.filter(**money, status__in=requisition.UNDER_WAY),
            "rekvisitioner är inte färdigbehandlade",
        ),
        (
            Payment.objects.filter(
                requisition__tranche__place__programme=programme, status__in=payment.UNDER_WAY
            ),
            "utbetalningar är inte färdiga",
        ),
        (
            RepaymentClaim.objects.filter(**money, closed_on__isnull=True),
            "återbetalningskrav är inte reglerade",
        ),
        (Recovery.objects.filter(**money, status__in=recoveries.LIVE), "ärenden om återkrav pågår"),
    )
    counted = _counted([rows for rows, _ in left])
    found = [f"{counted[at]} {what}." for at, (_, what) in enumerate(left) if counted[at]]
    return [*found, *import_string(settings.HINDERS_THE_END)(programme)]


def _holders(programme: Programme) -> models.QuerySet[Assignment, Mapping[str, object]]:
    return Assignment.objects.filter(place__programme=programme).values("holder")


def _counted(questions: Sequence[models.QuerySet[models.Model]]) -> Counter[int]:
    """{place of the question: how many rows it has}, of all in one question."""
    first, *others = (
        rows.order_by().annotate(which=Value(at, IntegerField())).values_list("which", flat=True)
        for at, rows in enumerate(questions)
    )
    return Counter(first.union(*others, all=True))


@transaction.atomic
def end(programme: Programme, *, by: User) -> Programme:
    """End the programme; refused with what is left. What somebody still owes in it falls away.

    Acts that are under way are waited for, and those that come meanwhile wait, and find it ended.
    """
    in_turn(ENDING, programme.pk)
    programme = Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    permissions.can_end_programme(by, programme).require()
    left = hindrances(programme)
    if left:
        raise Refused("Programmet kan inte avslutas än. " + " ".join(left))
    obligations.void_all(programme.code, WHY)
    audit.record(ProgrammeEnded(), programme, by=by)
    programme.ended_by, programme.ended_on = by, clock.today()
    return save(programme)
