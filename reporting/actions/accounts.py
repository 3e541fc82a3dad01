"""The disbursing authority accepts a report's financial account: that is what was used."""

from django.db import transaction

from actors.actions import obligations
from digikoord.lib.verdict import Refused
from grants.actions import settlements

from ..lifecycle.activity_report import Status
from ..models import ActivityReport


@transaction.atomic
def accept(report, *, by, used, reason=""):
    """Accept `used` kronor of the account in the approved report; say why where it differs."""
    report = ActivityReport.objects.locked(report)
    if report.status != Status.APPROVED:
        raise Refused("Redovisningen är inte godkänd än.")
    reported = report.versions.last().used
    tranche = settlements.accept_account(report.tranche, by=by, used=used, reported=reported, reason=reason)
    obligations.close("accept_account", report)
    return tranche
