"""Read by `manage.py shell` of the version that is kept (bin/landed): a file of the bank's with a deposit that fits no claim."""

from decimal import Decimal

from digikoord.lib.clock import standing_at
from digikoord.models import Stage
from digikoord.rehearsal import bank
from digikoord.rehearsal.people import person
from grants.actions import bank_deposits
from grants.models import RepaymentClaim
from programmes.models import Programme

day = Stage.current().today
programme = Programme.objects.select_related("disburser").get()
claim = RepaymentClaim.objects.filter(status="open").earliest("pk")
sums = [
    (claim.reference, Decimal("1000.00"), "Region Kalmar"),
    ("9999999", Decimal("500.00"), "Okänd"),
]
with standing_at(day):
    content = bank.deposits(programme, sums, on=day)
    payer = person("ekonom", programme.disburser.code)
    bank_deposits.take_in(programme, by=payer, name="inbet.xml", content=content)
