"""The whole story, played from nothing."""

import io
import json
from decimal import Decimal

from django.core.management import call_command

from digikoord.lib import pdf
from duties.kinds import KINDS
from duties.models import Obligation
from grants.models import Tranche
from reporting.models import CompilationVersion

# What the story has no occasion for; tests/grants/actions has.
UNTOLD = {"enter_account", "correct_requisition", "correct_payment"}
UNTOLD |= {"answer_recovery", "decide_recovery", "follow_recovery"}
UNTOLD |= {"handle_return", "replace_account", "verify_stopped_account", "find_person", "settle_bank_lines"}
UNTOLD |= {"charge", "enter_bank_details"}


def test_the_whole_programme_ends_with_three_delivered_compilations(db, monkeypatch):
    """Real documents are rendered elsewhere; here their bytes are a stand-in."""
    monkeypatch.setattr(pdf, "render", lambda *_args, **_options: b"%PDF-stand-in")
    call_command("rehearse", "--to", "2021-03-26", stdout=io.StringIO())
    told = io.StringIO()
    call_command("ledger", "--format", "json", stdout=told)
    years = json.loads(told.getvalue())["years"]
    assert {year: row["actors"]["ceiling"] for year, row in years.items()} == {
        "2018": "10500000.00",
        "2019": "21000000.00",
        "2020": "21000000.00",
    }
    total = {
        name: sum(Decimal(row["total"][name]) for row in years.values()) for name in years["2018"]["total"]
    }
    everything = Decimal("57500000.00")
    assert total["ceiling"] == total["granted"] == total["requisitioned"] == total["paid"] == everything
    assert total["used"] + total["repaid"] + total["to_repay"] + total["waived"] == everything
    delivered = CompilationVersion.objects.filter(status="acknowledged")
    assert sorted(row.year.year for row in delivered) == [2018, 2019, 2020]
    recipients = list(delivered.order_by("compilation__year").values_list("recipient", flat=True))
    assert recipients == ["Näringsdepartementet", "Infrastrukturdepartementet", "Infrastrukturdepartementet"]
    assert set(Tranche.objects.values_list("status", flat=True)) == {"settled"}
    every_duty_opened_and_ended()


def every_duty_opened_and_ended():
    """At the end nothing is owed but that the ministry concludes the 22 assignments."""
    duties = Obligation.objects.all()
    kinds = set(KINDS)
    assert kinds - set(duties.values_list("kind", flat=True)) == UNTOLD
    assert list(duties.open().values_list("kind", flat=True)) == ["conclude"] * 22
    assert not duties.exclude(closed_on=None).filter(outcome="").exists()
    assert not duties.exclude(closed_on=None).exclude(next_step_on=None).exists()
