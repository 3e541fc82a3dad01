"""The account accepted cost line by cost line, in the browser: reported beside accepted, and what follows."""

from decimal import Decimal

import pytest
from django.urls import reverse

from digikoord.lib.verdict import Refused
from grants.models import AccountLine, Tranche
from reporting.actions import accounts
from tests.factories.played import fingerprint

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("here")]


@pytest.fixture
def row(municipalities):
    return municipalities.tranches(2022)[1].report


@pytest.fixture
def posted(browse, municipalities, row):
    """posted(**fields): the page's answer; the fields not named are as the page shows them."""
    client = browse(municipalities.payer())
    address = reverse("reporting:account_accept", args=[row.pk])
    form = client.get(address).context["form"]
    shown = {name: form.get_initial_for_field(field, name) or "0" for name, field in form.fields.items()}
    shown = {name: "" if name.startswith("reason") else str(value) for name, value in shown.items()}
    return lambda **fields: client.post(address, shown | fields)


def test_as_it_was_reported_every_line_is_kept(posted, row, municipalities):
    page = posted()
    assert page.status_code == 302
    tranche = Tranche.objects.get(pk=row.tranche_id)
    lines = list(tranche.account_lines.values_list("code", "reported", "accepted", "reason"))
    codes = [line.code for line in municipalities.programme.definition.cost_lines]
    assert [line[0] for line in lines] == codes
    assert all(reported == accepted and not reason for _, reported, accepted, reason in lines)
    assert tranche.used == sum(line[2] for line in lines) == Decimal(299_000)


def test_a_line_that_differs_needs_a_reason_at_that_line_and_nothing_is_lost(posted):
    before = fingerprint()
    page = posted(accepted_salaries="290 000,50")
    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["reason_salaries"]
    told = page.content.decode()
    assert 'value="290 000,50"' in told
    assert 'href="#id_reason_salaries"' in told
    assert fingerprint() == before
    assert (
        posted(accepted_salaries="290 000,50", reason_salaries="En kostnad godtas inte.").status_code == 302
    )
    line = AccountLine.objects.get(code="salaries")
    assert (line.accepted, line.reason) == (Decimal("290000.50"), "En kostnad godtas inte.")
    assert line.tranche.claims.get().amount == Decimal("9999.50")


@pytest.mark.parametrize("typed", ["-1", "tusen", "1,005", ""])
def test_a_bad_amount_is_said_at_its_line(posted, typed):
    before = fingerprint()
    page = posted(accepted_salaries=typed, reason_salaries="Skäl.")
    assert page.status_code == 422
    assert "accepted_salaries" in page.context["form"].errors
    assert fingerprint() == before


def test_more_than_was_paid_is_refused_with_both_amounts(posted):
    page = posted(accepted_salaries="300 000,01", reason_salaries="Mer.")
    assert page.status_code == 422
    told = page.content.decode().replace("\u00a0", " ")
    assert "300 000,01 kr, är högre än det utbetalda, 300 000 kr" in told


def test_counting_again_accepts_nothing_and_tells_what_would_follow(posted):
    before = fingerprint()
    page = posted(accepted_salaries="290 000", reason_salaries="Avdrag.", count="1")
    assert page.status_code == 200
    told = " ".join(page.content.decode().replace("\u00a0", " ").split())
    assert "<span data-repay>10 000</span> kr krävs tillbaka senast" in told
    assert fingerprint() == before


def test_the_report_must_be_approved(municipalities):
    unapproved = [row.report for row in municipalities.tranches(2022) if hasattr(row, "report")]
    unapproved = next(row for row in unapproved if row.status != "approved")
    with pytest.raises(Refused, match="inte godkänd"):
        accounts.accept(unapproved, by=municipalities.payer(), differing={})
