from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from actors.models import User
from actors.subject import Subject
from digikoord.lib import constraints
from digikoord.lib.lifecycle import Moving
from digikoord.lib.locks import Locking
from programmes.models import Programme
from programmes.models.scope import holds, reads_programme

from ..lifecycle.payment import CAME_BACK, LIVE, PAYMENT, Status
from ..subject import for_place

if TYPE_CHECKING:
    from .payment_account import PaymentAccount
    from .programme_year import ProgrammeYear
    from .tranche import Tranche
    from .year_charge import YearCharge


RELEASED = (Status.RELEASED, Status.EXPORTED, Status.ACCEPTED, Status.PAID)
# No account is fixed yet: it is the recipient's in use when somebody releases
UNFIXED = (Status.PREPARED, *CAME_BACK)


class PaymentQuerySet(Locking["Payment"]):
    def visible_to(self, user: User) -> PaymentQuerySet:
        return self.filter(
            reads_programme(user, "requisition__tranche__place__programme")
            | holds(user, "requisition__tranche__assignment__holder")
        )


class Payment(Moving, models.Model):
    """One approved requisition, paid. Amount in kronor; `end_to_end` is its identity at the bank."""

    LIFECYCLE = PAYMENT
    LOCKS = (
        "requisition__tranche__year",
        "requisition__tranche__place",
        "requisition__tranche",
        "requisition",
    )
    READS = ("requisition__tranche__place__programme", "requisition__tranche__assignment__holder")

    requisition = models.ForeignKey("grants.Requisition", models.PROTECT, related_name="payments")
    amount = models.DecimalField("belopp", max_digits=14, decimal_places=2)
    account = models.ForeignKey("grants.PaymentAccount", models.PROTECT, null=True)
    end_to_end = models.CharField("betalningens identitet", max_length=35, unique=True)
    status = models.CharField("status", max_length=20, choices=Status, default=Status.PREPARED)
    batch = models.ForeignKey("grants.PaymentBatch", models.PROTECT, null=True, related_name="payments")
    prepared_by = models.ForeignKey("actors.User", models.PROTECT, related_name="+")
    prepared_on = models.DateField("förberedd")
    released_by = models.ForeignKey("actors.User", models.PROTECT, null=True, related_name="+")
    released_on = models.DateField("utanordnad", null=True)
    confirmed_by = models.ForeignKey("actors.User", models.PROTECT, null=True, related_name="+")
    settled_in = models.ForeignKey("grants.BankFile", models.PROTECT, null=True, related_name="settled")
    value_date = models.DateField("valutadag", null=True)
    # The budget year it is charged to, that of its value date, whatever year was granted (anslagsförordningen 12 § 1)
    charged_year = models.PositiveSmallIntegerField("belastar budgetår", null=True, editable=False)
    evidence = models.CharField("underlag", max_length=200, blank=True)
    failed_reason = models.TextField("varför den misslyckades", blank=True)

    objects = PaymentQuerySet.as_manager()

    class Meta:
        ordering = ["requisition__tranche", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["requisition"],
                condition=Q(status__in=[*LIVE, *CAME_BACK]),
                name="payment_one_live_a_requisition",
                violation_error_message="Rekvisitionen har redan en utbetalning.",
            ),
            constraints.known_status("payment_known_status", Status),
            constraints.positive("payment_amount_positive", "amount"),
            constraints.together("payment_released", "released_by", "released_on"),
            constraints.different_people(
                "payment_four_eyes",
                "released_by",
                "prepared_by",
                "Den som attesterat kan inte utanordna.",
            ),
            constraints.needs(
                "payment_released_has_who",
                RELEASED,
                "released_by",
                "account",
                sentence="En utanordnad betalning har någon som utanordnat den, och ett konto.",
            ),
            constraints.rule(
                "payment_confirmed",
                Q(value_date__isnull=False, confirmed_by__isnull=False, settled_in__isnull=True)
                | Q(value_date__isnull=False, confirmed_by__isnull=True, settled_in__isnull=False)
                | Q(value_date__isnull=True, confirmed_by__isnull=True, settled_in__isnull=True),
                "Betald är betalningen när banken säger det, eller när någon bekräftat det, med valutadag.",
            ),
            constraints.different_people(
                "payment_confirmed_by_another",
                "confirmed_by",
                "released_by",
                "Den som utanordnat kan inte bekräfta att beloppet är betalt.",
            ),
            constraints.needs(
                "payment_paid_has_value_date",
                [Status.PAID, Status.RETURNED],
                "value_date",
                sentence="En betald betalning har en valutadag.",
            ),
            constraints.needs(
                "payment_exported_in_batch",
                [Status.EXPORTED, Status.ACCEPTED, Status.PAID, Status.RETURNED],
                "batch",
                sentence="En betalning som skickats till banken hör till en betalningslista.",
            ),
        ]

    def __str__(self) -> str:
        return f"utbetalning {self.end_to_end} till {self.requisition.tranche.holder}"

    def save(self, **options: Any) -> None:  # what Model.save takes
        self.charged_year = self.value_date.year if self.value_date else None
        super().save(**options)

    def get_absolute_url(self) -> str:
        return reverse("grants:payment_detail", args=[self.pk])

    @property
    def tranche(self) -> Tranche:
        return self.requisition.tranche

    @property
    def year(self) -> ProgrammeYear:
        return self.tranche.year

    @property
    def charge(self) -> YearCharge | None:
        """What was decided of the appropriation, where it is charged to another year than was granted; or None."""
        return next((row for row in self.tranche.charges.all() if row.budget_year == self.charged_year), None)

    @property
    def programme(self) -> Programme:
        return self.tranche.programme

    @property
    def live_account(self) -> PaymentAccount | None:
        """The recipient's payment account in use, verified or not, or None."""
        return self.requisition.live_account

    def taken(self) -> dict[int, set[str]]:
        """{person id: the four-eyes steps taken}, over every attempt and of the account the next one goes to."""
        return self.requisition.taken(self.live_account if self.status in UNFIXED else None)

    def subject(self) -> Subject:
        return for_place(
            self.tranche.place,
            self.tranche.holder,
            label=str(self),
            key=f"payment:{self.pk}",
            url=self.get_absolute_url(),
            year=self.year,
        )
