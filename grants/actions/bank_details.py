"""The account the disbursing authority pays from: entered by one payer, confirmed by another."""

from django.db import transaction

from actors.models import User
from digikoord.lib import clock, locks
from digikoord.lib.constraints import save
from digikoord.lib.verdict import ALLOWED, Refused, Verdict, refused
from duties.actions import obligations
from duties.actions.obligations import owe
from programmes.models import Programme
from records.actions import audit

from .. import permissions
from ..events.bank_details import BankDetailsConfirmed, BankDetailsEntered
from ..lifecycle.payment import Status
from ..models import BankDetails, Payment

TO_BE_SENT = (Status.PREPARED, Status.RELEASED)


@transaction.atomic
def enter(
    programme: Programme,
    *,
    by: User,
    debit_giro: str = "",
    debit_number: str = "",
    bic: str = "",
    org_nr: str = "",
) -> BankDetails:
    """Say which account payments are made from. A change must be confirmed anew."""
    Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    permissions.can_pay(by, programme).require()
    row = of(programme) or BankDetails(programme=programme)
    before = row.debit_number
    row.debit_giro, row.debit_number = debit_giro if debit_number else "", debit_number
    row.bic, row.org_nr = bic, org_nr
    row.entered_by, row.entered_on = by, clock.today()
    row.confirmed_by = row.confirmed_on = None
    save(row)
    audit.record(
        BankDetailsEntered(before=before, account=debit_number, bic=bic, org_nr=row.payer_org_nr), row, by=by
    )
    look(programme)
    owe("confirm_bank_details", row)
    return row


@transaction.atomic
def confirm(details: BankDetails, *, by: User) -> BankDetails:
    """Confirm what somebody else has entered: from now on it is used."""
    row = BankDetails.objects.select_for_update(of=("self",)).get(pk=details.pk)
    permissions.can_confirm_bank_details(by, row).require()
    if row.is_confirmed:
        raise Refused("Bankuppgifterna är redan bekräftade.")
    if not (row.debit_number and row.payer_org_nr):
        raise Refused("Konto eller organisationsnummer saknas. Ange dem innan uppgifterna bekräftas.")
    row.confirmed_by, row.confirmed_on = by, clock.today()
    save(row)
    audit.record(BankDetailsConfirmed(account=row.debit_number), row, by=by)
    obligations.close("confirm_bank_details", row)
    return row


def of(programme: Programme) -> BankDetails | None:
    """The programme's details, confirmed or not, or None."""
    return (
        BankDetails.objects.filter(programme=programme).select_related("entered_by", "confirmed_by").first()
    )


def confirmed(programme: Programme) -> BankDetails | None:
    """The programme's details where another person has confirmed them, or None."""
    row = of(programme)
    return row if row and row.is_confirmed else None


@locks.part_of_act
def look(programme: Programme) -> bool:
    """Open or end the duty to enter what a file to the bank lacks. Whether it waits."""
    payments = Payment.objects.filter(requisition__tranche__place__programme=programme)
    waits = bool(lacking(of(programme))) and payments.filter(status__in=TO_BE_SENT).exists()
    if waits:
        owe("enter_bank_details", programme, due=obligations.day_of("enter_bank_details", programme))
    else:
        obligations.close("enter_bank_details", programme)
    return waits


@transaction.atomic
def look_at(programme: Programme) -> bool:
    """Look at one programme. Whether its payments wait for the authority's own details."""
    return look(Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk))


def look_at_all() -> int:
    """The nightly look: details that were enough for an earlier version may lack something now. Returns how many
    programmes wait."""
    return sum(look_at(row) for row in Programme.objects.filter(ended_on__isnull=True).order_by("pk"))


def lacking(row: BankDetails | None) -> list[str]:
    """What the details lack for a file to the bank, in words."""
    known = (
        ("kontot som betalningar görs från", row and row.debit_number),
        ("myndighetens organisationsnummer", row and row.payer_org_nr),
    )
    return [name for name, value in known if not value]


def is_known(programme: Programme) -> Verdict:
    """Whether a file to the bank can say whose money it is: an account and an organisation number that another person
    has confirmed.
    """
    row = of(programme)
    where = f"Se sidan Myndighetens bankuppgifter för {programme.short_name}."
    if row is None:
        return refused(
            f"Myndighetens bankuppgifter är inte angivna. Ingen betalningsfil skapas innan dess. {where}"
        )
    if lacking(row):
        return refused(f"I myndighetens bankuppgifter saknas {' och '.join(lacking(row))}. {where}")
    if not row.is_confirmed:
        return refused(
            f"Myndighetens bankuppgifter är inte bekräftade. En annan person än {row.entered_by} ska bekräfta dem. {where}"
        )
    return ALLOWED
