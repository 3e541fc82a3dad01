from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse

from digikoord.lib import constraints, lifecycle
from digikoord.lib.locks import Locking
from digikoord.lib.money import ZERO

from ..lifecycle import payment
from ..lifecycle.tranche import DECIDED, TRANCHE, Status
from ..subject import for_place
from .balance import Balance
from .payment import Payment
from .repayment_claim import ClaimEntry, EntryKind, RepaymentClaim
from .requisition import Requisition
from .scope import holds, reads_programme

MONEY = {"max_digits": 14, "decimal_places": 2}


def _total(rows, field="amount"):
    """The sum of a correlated queryset, zero where there is nothing."""
    summed = rows.order_by().values("owner").annotate(total=Sum(field)).values("total")
    return Coalesce(Subquery(summed, output_field=models.DecimalField(**MONEY)), ZERO)


class TrancheQuerySet(Locking):
    def visible_to(self, user):
        return self.filter(reads_programme(user, "place__programme") | holds(user, "assignment__holder"))

    def with_money(self, on=None):
        """Adds the amounts that `balance` reads, summed from the rows: as known now, or by their
        own days up to and including `on`."""
        until = {"on": on} if on else {}
        return self.annotate(
            as_of=models.Value(on, output_field=models.DateField(null=True)),
            requisitioned=_total(_claims(on)),
            paid=_total(_payments(on)),
            claimed=_total(_repayable(on)),
            repaid=_total(_entries(EntryKind.RECEIPT, **until)),
            waived=_total(_entries(EntryKind.WAIVER, **until)),
        )


def _claims(on):
    rows = Requisition.objects.claiming().filter(tranche=OuterRef("pk"))
    rows = rows.filter(submitted_on__lte=on) if on else rows
    return rows.annotate(owner=F("tranche"))


def _payments(on):
    rows = Payment.objects.filter(requisition__tranche=OuterRef("pk"), status=payment.Status.PAID)
    rows = rows.filter(value_date__lte=on) if on else rows
    return rows.annotate(owner=F("requisition__tranche"))


def _repayable(on):
    rows = RepaymentClaim.objects.filter(tranche=OuterRef("pk"))
    rows = rows.filter(opened_on__lte=on) if on else rows
    return rows.annotate(owner=F("tranche"))


def _entries(kind, on=None):
    rows = ClaimEntry.objects.filter(claim__tranche=OuterRef("pk"), kind=kind)
    rows = rows.filter(on__lte=on) if on else rows
    return rows.annotate(owner=F("claim__tranche"))


class Tranche(models.Model):
    """A place's money of one year. All amounts in kronor with öre."""

    LIFECYCLE = TRANCHE
    LOCKS = ("year", "place")

    year = models.ForeignKey("grants.ProgrammeYear", models.PROTECT, related_name="tranches")
    place = models.ForeignKey("grants.Place", models.PROTECT, related_name="tranches")
    assignment = models.ForeignKey("grants.Assignment", models.PROTECT, related_name="tranches")
    ceiling = models.DecimalField("högsta belopp", **MONEY)
    amount = models.DecimalField("belopp", null=True, blank=True, **MONEY)
    status = models.CharField("status", max_length=20, choices=Status)
    prepared_by = models.ForeignKey("actors.User", models.PROTECT, null=True, related_name="+")
    prepared_on = models.DateField("berett", null=True)
    granted_by = models.ForeignKey("actors.User", models.PROTECT, null=True, related_name="+")
    granted_on = models.DateField("beviljat", null=True)
    used = models.DecimalField("använt enligt godtagen redovisning", null=True, **MONEY)
    used_reason = models.TextField("skäl för avvikelse", blank=True)
    used_by = models.ForeignKey("actors.User", models.PROTECT, null=True, related_name="+")
    used_on = models.DateField("redovisningen godtagen", null=True)
    closed_on = models.DateField("stängt", null=True)
    settled_on = models.DateField("slutreglerat", null=True)

    objects = TrancheQuerySet.as_manager()

    class Meta:
        ordering = ["year", "place"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "year"],
                name="tranche_once_a_place_and_year",
                violation_error_message="Platsen har redan ett årsbelopp för året.",
            ),
            constraints.known_status("tranche_known_status", Status),
            constraints.not_negative("tranche_ceiling_not_negative", "ceiling"),
            constraints.positive("tranche_amount_positive", "amount"),
            constraints.at_most(
                "tranche_granted_at_most_ceiling",
                "amount",
                "ceiling",
                "Beloppet är högre än det högsta beloppet enligt beslutet.",
            ),
            constraints.together("tranche_prepared", "prepared_by", "prepared_on", "amount"),
            constraints.together("tranche_granted", "granted_by", "granted_on"),
            constraints.different_people(
                "tranche_four_eyes",
                "granted_by",
                "prepared_by",
                "Den som berett beloppet kan inte bevilja det.",
            ),
            constraints.needs(
                "tranche_prepared_has_who",
                [Status.PREPARED, *DECIDED],
                "prepared_by",
                sentence="Ett berett belopp har någon som berett det.",
            ),
            constraints.needs(
                "tranche_granted_has_who",
                DECIDED,
                "granted_by",
                sentence="Ett beviljat belopp har någon som beviljat det.",
            ),
            constraints.rule(
                "tranche_undecided_has_no_decider",
                Q(granted_by__isnull=True) | Q(status__in=[*DECIDED, Status.CANCELLED]),
                "Ett belopp som inte är beviljat har ingen som beviljat det.",
            ),
            constraints.not_negative("tranche_used_not_negative", "used"),
            constraints.at_most(
                "tranche_used_at_most_granted",
                "used",
                "amount",
                "Använt belopp kan inte vara högre än det beviljade.",
            ),
            constraints.together("tranche_used", "used", "used_by", "used_on"),
        ]

    def __str__(self):
        return f"årsbeloppet {self.year} för {self.place}"

    def get_absolute_url(self):
        return reverse("grants:tranche_detail", args=[self.pk])

    @property
    def programme(self):
        return self.place.programme

    @property
    def holder(self):
        return self.assignment.holder

    @property
    def balance(self):
        """The chain of amounts; only on rows read `with_money`."""
        return Balance(
            ceiling=ZERO if self.status == Status.CANCELLED else self.ceiling,
            granted=self.amount if self._known(self.granted_on) else ZERO,
            requisitioned=self.requisitioned,
            paid=self.paid,
            used=self.used if self._known(self.used_on) else ZERO,
            to_repay=self.claimed - self.repaid - self.waived,
            repaid=self.repaid,
            waived=self.waived,
        )

    def _known(self, day):
        return day is not None and (self.as_of is None or day <= self.as_of)

    def subject(self):
        return for_place(
            self.place,
            self.holder,
            label=str(self),
            key=f"tranche:{self.pk}",
            url=self.get_absolute_url(),
            year=self.year,
        )

    def can(self, name):
        return lifecycle.can(self, name)
