from django.db import models
from django.db.models import OuterRef, Q, Subquery

from .account_verification import AccountVerification
from .payment_account import PaymentAccount


class AccountStop(models.Model):
    """The bank has sent money back from the account: nothing more goes there until it has been verified anew.

    Only `lifted` is ever filled in, once. A replaced account stays stopped for good.
    """

    account = models.ForeignKey("grants.PaymentAccount", models.PROTECT, related_name="stops")
    payment = models.ForeignKey("grants.Payment", models.PROTECT, related_name="stops")
    code = models.CharField("bankens kod", max_length=10)
    cause = models.TextField("orsak")
    stopped_on = models.DateField("spärrat")
    stopped_by = models.ForeignKey("actors.User", models.PROTECT, related_name="+")
    lifted = models.ForeignKey(
        "grants.AccountVerification",
        models.PROTECT,
        null=True,
        related_name="stops",
        verbose_name="hävt genom",
    )

    class Meta:
        ordering = ["account", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(lifted__isnull=True),
                name="account_stopped_once",
                violation_error_message="Kontot är redan spärrat.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account}, spärrat {self.stopped_on}"


def accounts_with_state() -> models.QuerySet[PaymentAccount]:
    """Every payment account with what stops it and who verified it last, in the one question that reads them."""
    stop = AccountStop.objects.filter(account=OuterRef("pk"), lifted__isnull=True)
    anew = AccountVerification.objects.filter(account=OuterRef("pk")).order_by("-pk")
    return PaymentAccount.objects.annotate(  # type: ignore[no-redef]  # declared on the class for whoever reads the rows
        halted_on=Subquery(stop.values("stopped_on")[:1]),
        halt_code=Subquery(stop.values("code")[:1]),
        halt_cause=Subquery(stop.values("cause")[:1]),
        anew_by=Subquery(anew.values("verified_by")[:1]),
    )
