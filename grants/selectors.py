"""What the money's pages show, read in a bounded number of queries."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Sum
from django.db.models.functions import Coalesce
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from actors.models import Event, Succession
from digikoord.lib import calendar
from digikoord.lib.money import ZERO, kr

from .lifecycle.tranche import Status
from .models import (
    Coordinator,
    Payment,
    PaymentBatch,
    Programme,
    ProgrammeYear,
    RepaymentClaim,
    Requisition,
    Tranche,
)
from .models.budget_decision import Kind


@dataclass(frozen=True)
class Choice:
    """A row of a previewed mass act. `amount` in kronor."""

    key: int
    label: str
    amount: Decimal | None
    note: str = ""


@dataclass(frozen=True)
class Excluded:
    """What a mass act leaves out, and why."""

    label: str
    reason: str


@dataclass(frozen=True)
class EffectSum:
    """How many of a year's amounts meet the same fate, and their new ceilings together."""

    sentence: str
    count: int
    total: Decimal


@dataclass(frozen=True)
class Day:
    """A day of the year's calendar: as decided, and as the last day to act where that differs."""

    label: str
    due: object
    act_by: object = None


def visible_programmes(user):
    """The programmes the person may read, oldest first; read once a request."""
    if not hasattr(user, "programmes_read"):
        rows = Programme.objects.visible_to(user).select_related("ministry", "disburser", "secretariat")
        user.programmes_read = list(rows.distinct().order_by("pk"))
    return user.programmes_read


def is_authority(user, programme):
    """Whether the person belongs to one of the programme's authorities, and so reads all of it."""
    return any(
        party and user.belongs_to(party)
        for party in (programme.ministry_id, programme.disburser_id, programme.secretariat_id)
    )


def programme_or_404(user, code):
    for programme in visible_programmes(user):
        if programme.code == code:
            return programme
    raise Http404


def year_or_404(user, code, year):
    programme = programme_or_404(user, code)
    found = get_object_or_404(ProgrammeYear, programme=programme, year=year)
    found.programme = programme
    return found


def decisions_url(programme):
    return reverse("grants:decision_list", args=[programme.code])


def days_of(year):
    """The year's days, in order of time."""
    acts = (
        ("Rekvisition senast", year.requisition_to),
        ("Redovisning senast", year.report_due),
        ("Återbetalning senast", year.repay_due),
    )
    days = [
        Day("Rekvisition från", year.requisition_from),
        Day("Kostnader från", year.costs_from),
        Day("Kostnader till", year.costs_to),
        *(Day(label, due, calendar.last_day_to_act(due)) for label, due in acts),
        Day("Sammanställning senast", year.compilation_due),
    ]
    return sorted((day for day in days if day.due), key=lambda day: day.due)


def budget_decisions_of(user, year):
    rows = year.budget_decisions.visible_to(user).order_by("decided_on", "pk")
    return rows.select_related("year__programme", "registered_by", "confirmed_by")


def effect_sums(effects):
    """The effects of a budget decision, counted by what happens."""
    groups = {}
    for effect in effects:
        groups.setdefault(effect.sentence, []).append(effect)
    return [
        EffectSum(sentence, len(rows), sum((row.new_ceiling for row in rows), start=ZERO))
        for sentence, rows in groups.items()
    ]


def outcome_of(decisions):
    """Of a year's decisions in order: the one that decides its money, or None while it is awaited."""
    deciding = [row for row in decisions if row.status == "confirmed" and row.kind != Kind.FRAME]
    return deciding[-1] if deciding else None


def trail_of(*rows):
    """The events about the rows together, latest first."""
    return Event.objects.filter(key__in=[row.subject().key for row in rows])


def year_tabs(year):
    rows = year.programme.years.order_by("year")
    return [
        {
            "label": row.year,
            "url": reverse("grants:year_detail", args=[year.programme.code, row.year]),
            "current": row.pk == year.pk,
        }
        for row in rows
    ]


def preparable(tranches):
    """How many amounts can be prepared now."""
    return sum(row.status == Status.OPEN and row.assignment.status == "in_force" for row in tranches)


def tranches_of_year(user, year):
    rows = Tranche.objects.visible_to(user).filter(year=year).with_money()
    return rows.select_related("place__programme__ministry", "assignment__holder", "year").order_by(
        "place__part", "place__code"
    )


def money_steps(balance):
    """The chain of amounts for components/money_chain.html."""
    repaid = f"Återbetalt {kr(balance.repaid)}" if balance.repaid else ""
    waived = f"Eftergivet {kr(balance.waived)}" if balance.waived else ""
    return [
        ("ceiling", "Högsta belopp", balance.ceiling, ""),
        ("granted", "Beviljat", balance.granted, ""),
        ("requisitioned", "Rekvirerat", balance.requisitioned, ""),
        ("paid", "Utbetalt", balance.paid, ""),
        ("used", "Använt, godtaget", balance.used, ""),
        ("repay", "Kvar att återbetala", balance.to_repay, ". ".join(filter(None, [repaid, waived]))),
    ]


def counted(rows):
    """{status: how many}, for the buttons of a list's mass acts."""
    return Counter(rows.order_by().values_list("status", flat=True))


def split(user, tranches, move, permission):
    """(choosable, excluded) tranches of a mass act, by the same verdicts as the act's own."""
    chosen, left_out = [], []
    for row in tranches:
        verdict = permission(user, row) & row.can(move)
        if verdict and row.assignment.status != "in_force":
            left_out.append(Excluded(str(row.place), f"{row.holder} har inte tackat ja."))
        elif verdict:
            chosen.append(row)
        elif row.status not in (Status.SETTLED, Status.CLOSED):
            left_out.append(Excluded(str(row.place), verdict.reason))
    return chosen, left_out


def tranche_choice(row):
    amount = row.ceiling if row.amount is None else row.amount
    note = "" if amount == row.ceiling else f"Högsta belopp {kr(row.ceiling)}"
    return Choice(row.pk, f"{row.place} – {row.holder}", amount, note)


def planned_successions(programme):
    """How many successions wait to be registered."""
    planned = Succession.objects.filter(status="planned")
    return planned.filter(predecessor__assignments__place__programme=programme).distinct().count()


def succession_choice(plan):
    moving = ", ".join(str(row.year) for row in plan.moving) or "inga"
    return Choice(
        plan.succession.pk,
        f"{plan.assignment.place}: {plan.succession}",
        sum((row.ceiling for row in plan.moving), start=Decimal(0)),
        f"Från {plan.succession.effective_on}. Årsbelopp som följer platsen: {moving}.",
    )


def coordinators_serving(user, programme, day):
    """The coordinators on the day, by place; the directory is the network's own and open to it."""
    rows = Coordinator.objects.serving_on(day).filter(assignment__place__programme=programme)
    return rows.select_related("assignment__place", "assignment__holder").order_by(
        "assignment__place__part", "assignment__place__code", "starts"
    )


def requisitions_of(user, programme):
    rows = Requisition.objects.visible_to(user).filter(tranche__place__programme=programme)
    return rows.select_related(
        "tranche__year", "tranche__place__programme__ministry", "tranche__assignment__holder"
    ).order_by("-tranche__year__year", "tranche__place__part", "tranche__place__code", "pk")


def requisition_choice(row):
    note = "Inkommen för sent" if row.received_late else f"Inkom {row.submitted_on}"
    label = f"{row.tranche.place} – {row.tranche.holder}, {row.tranche.year}"
    return Choice(row.pk, label, row.amount, note)


def payments_of(user, programme):
    rows = Payment.objects.visible_to(user).filter(requisition__tranche__place__programme=programme)
    return (
        rows.select_related(
            "requisition__tranche__year",
            "requisition__tranche__place__programme__disburser",
            "requisition__tranche__assignment__holder",
            "account",
            "batch",
        )
        .prefetch_related("requisition__tranche__assignment__holder__payment_accounts")
        .order_by("-requisition__tranche__year__year", "requisition__tranche__place__code", "pk")
    )


def payment_choice(row):
    tranche = row.requisition.tranche
    return Choice(row.pk, f"{tranche.place} – {tranche.holder}, {tranche.year}", row.amount, row.end_to_end)


def payment_counts(rows):
    counts = counted(rows)
    counts["at_bank"] = counts["exported"] + counts["accepted"]
    return counts


def split_payments(user, rows, move, permission):
    """(choosable, excluded) payments of a mass act."""
    chosen, left_out = [], []
    for row in rows:
        if not row.can(move):
            continue
        verdict = permission(user, row)
        if verdict:
            chosen.append(row)
        else:
            left_out.append(Excluded(payment_choice(row).label, verdict.reason))
    return chosen, left_out


def requisitions_url(programme):
    return reverse("grants:requisition_list", args=[programme.code])


def payments_url(programme):
    return reverse("grants:payment_list", args=[programme.code])


def batches_of(user, programme):
    rows = PaymentBatch.objects.visible_to(user).filter(programme=programme)
    return rows.annotate(count=Count("payments"), total=Sum("payments__amount"))


def claims_of(user, programme):
    rows = RepaymentClaim.objects.visible_to(user).filter(tranche__place__programme=programme)
    return (
        rows.annotate(paid_in=Coalesce(Sum("entries__amount"), ZERO))
        .select_related("tranche__year", "tranche__place", "tranche__assignment__holder")
        .order_by("-tranche__year__year", "tranche__place__part", "tranche__place__code")
    )


def disburser_of(user, actor):
    """The authority that pays the actor: the one the user belongs to, where there are several."""
    rows = Programme.objects.filter(places__assignments__holder=actor).select_related("disburser")
    disbursers = [row.disburser for row in rows.distinct()]
    own = [row for row in disbursers if user.belongs_to(row.pk)]
    return (own or disbursers)[0]
