from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from actors.subject import Subject
from digikoord.lib import clock, constraints
from digikoord.lib.lifecycle import Moving

from ..lifecycle.address_change import ADDRESS_CHANGE, Status


class AddressChangeQuerySet(models.QuerySet["AddressChange"]):
    def open(self) -> "AddressChangeQuerySet":
        return self.filter(status=Status.PROPOSED)


class AddressChange(Moving, models.Model):
    """Another e-mail address for somebody who decides or pays, proposed by one person and confirmed by another."""

    LIFECYCLE = ADDRESS_CHANGE

    person = models.ForeignKey("actors.User", models.PROTECT, related_name="address_changes")
    before = models.EmailField("adress nu")
    after = models.EmailField("ny adress")
    proposed_by = models.ForeignKey(
        "actors.User", models.PROTECT, related_name="+", verbose_name="föreslagen av"
    )
    proposed_on = models.DateField("föreslagen", default=clock.today)
    status = models.CharField("status", max_length=10, choices=Status, default=Status.PROPOSED)
    decided_by = models.ForeignKey("actors.User", models.PROTECT, null=True, related_name="+")
    decided_on = models.DateField("avgjord", null=True)

    objects = AddressChangeQuerySet.as_manager()

    class Meta:
        db_table = "actors_addresschange"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(status=Status.PROPOSED),
                name="address_change_open_once",
                violation_error_message="En ändring av adressen väntar redan på en andra person.",
            ),
            constraints.known_status("address_change_known_status", Status),
            constraints.different_people(
                "address_change_proposed_by_another", "person", "proposed_by", "Ingen ändrar sin egen adress."
            ),
            constraints.rule(
                "address_change_by_two",
                ~Q(status=Status.CONFIRMED)
                | (
                    Q(decided_by__isnull=False) & ~Q(decided_by=F("proposed_by")) & ~Q(decided_by=F("person"))
                ),
                "Adressen ändras av två personer: en föreslår och en annan bekräftar.",
            ),
            constraints.together("address_change_decided", "decided_by", "decided_on"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.before} till {self.after}"

    def get_absolute_url(self) -> str:
        return reverse("access:address_confirm", args=[self.pk])

    def subject(self) -> Subject:
        label = f"Ny adress för {self.person}"[:200]
        return Subject(label=label, key=f"address_change:{self.pk}", url=self.get_absolute_url())
