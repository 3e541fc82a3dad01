from django.db import models
from django.urls import reverse

from actors.subject import Subject
from digikoord.lib import constraints
from programmes.subject import for_programme

from .payment_account import Giro


class BankDetails(models.Model):
    """The account the disbursing authority pays from in a programme, and its bank. Where it is repaid is its PaymentAccount.

    Not known from any source, so they are fields; entered by one payer, confirmed by another.
    """

    programme = models.OneToOneField("programmes.Programme", models.PROTECT, related_name="bank_details")
    debit_giro = models.CharField("slag", max_length=20, choices=Giro, blank=True)
    debit_number = models.CharField("konto som betalningar görs från", max_length=12, blank=True)
    bic = models.CharField("bankens BIC", max_length=11, blank=True)
    # Where the programme's file does not know it; what the file says goes first
    org_nr = models.CharField("myndighetens organisationsnummer", max_length=11, blank=True)
    entered_by = models.ForeignKey("actors.User", models.PROTECT, related_name="+")
    entered_on = models.DateField("angivna")
    confirmed_by = models.ForeignKey("actors.User", models.PROTECT, null=True, related_name="+")
    confirmed_on = models.DateField("bekräftade", null=True)

    class Meta:
        constraints = [
            constraints.together("bank_details_confirmed", "confirmed_by", "confirmed_on"),
            constraints.different_people(
                "bank_details_four_eyes",
                "confirmed_by",
                "entered_by",
                "Den som angett bankuppgifterna kan inte bekräfta dem.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme.disburser}s bankuppgifter"

    def get_absolute_url(self) -> str:
        return reverse("grants:bank_details_detail", args=[self.programme.code])

    @property
    def payer_org_nr(self) -> str:
        return self.programme.disburser.org_nr or self.org_nr

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_by_id is not None

    def subject(self) -> Subject:
        return for_programme(
            self.programme,
            label=str(self),
            key=f"bank_details:{self.pk}",
            url=self.get_absolute_url(),
        )
