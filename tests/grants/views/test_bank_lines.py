"""Att reda ut: what a payer sees and presses; and that nobody else, no file and no sentence tells of what is not ours."""

import pytest
from django.urls import reverse
from lxml import html

from digikoord.lib.clock import standing_at
from digikoord.rehearsal import bank
from grants.actions import bank_deposits, bank_lines
from grants.models import BankFileLine, RepaymentClaim
from tests.factories.bank_notices import DAY, camt, received

WHO = "Anna Hemlig"


@pytest.fixture
def claim(cast):
    return cast.tranche("08", 2018).claims.get()


def number(cast):
    return cast.programme.disburser.payment_accounts.live().get().number


def taken(cast, *entries, **options):
    day = "2019-03-20"
    rows = [row if row.day != DAY else type(row)(**{**row.__dict__, "day": day}) for row in entries]
    content = camt(*rows, **{"account": number(cast), **options})
    return bank_deposits.take_in(cast.programme, by=cast.payer(), name="in.xml", content=content)


def page(client, url):
    return html.fromstring(client.get(url).content)


def words(tree):
    return " ".join(tree.text_content().split())


def test_a_line_is_booked_with_one_press_on_what_it_looks_like(client, cast, claim):
    taken(
        cast,
        received(
            claim.outstanding, text=f"OCR 00{claim.reference} tack", party=claim.tranche.holder.legal_name
        ),
    )
    client.force_login(cast.payer())
    url = reverse("grants:bank_line_list", args=[cast.programme.code])
    tree = page(client, url)
    button = tree.xpath("//button[@name='pick']")[0]
    assert button.get("value") == f"claim:{claim.pk}"
    assert "står i raden, beloppet är vad som återstår, avsändaren är aktören" in words(tree)
    form = button.getparent().getparent().getparent()
    after = client.post(form.get("action"), {"pick": button.get("value")}, follow=True)
    assert "Raden är utredd" in after.content.decode()
    assert "Inget att reda ut" in after.content.decode()
    assert RepaymentClaim.objects.get(pk=claim.pk).status == "closed"
    again = client.post(form.get("action"), {"pick": button.get("value")})
    assert again.status_code == 404


@pytest.mark.parametrize(
    "pick", ["", "claim:", "claim:x", "claim:²", "claim:0", "row:1", "entry:999999", f"claim:{'9' * 40}"]
)
def test_a_pick_that_is_none_is_told(pick, client, cast, claim):
    line = taken(cast, received(5)).lines.get()
    client.force_login(cast.payer())
    told = client.post(reverse("grants:bank_line_pick", args=[line.pk]), {"pick": pick}, follow=True)
    assert "Välj ett av förslagen" in told.content.decode() or "finns inte längre" in told.content.decode()
    assert BankFileLine.objects.get(pk=line.pk).waits


def test_a_claim_that_is_met_is_still_known_by_its_number(client, cast, claim):
    taken(cast, received(claim.outstanding, claim.reference))
    taken(cast, received(9, text=f"OCR 00{claim.reference}"))
    client.force_login(cast.payer())
    tree = page(client, reverse("grants:bank_line_list", args=[cast.programme.code]))
    assert "reglerat, så allt blir överskott" in words(tree)
    button = tree.xpath("//button[@name='pick']")[0]
    client.post(tree.xpath("//form[.//button[@name='pick']]")[0].get("action"), {"pick": button.get("value")})
    line = BankFileLine.objects.waiting().get()
    assert (line.outcome, line.claim, line.surplus, line.booked) == ("surplus", claim, 9, 0)


def test_surplus_is_handled_with_evidence_and_nothing_typed_is_lost(client, cast, claim):
    line = taken(cast, received(claim.outstanding + 50, claim.reference)).lines.get()
    client.force_login(cast.payer())
    url = reverse("grants:bank_line_settle", args=[line.pk])
    assert "Hantera överskottet på 50" in words(page(client, url))
    wrong = client.post(url, {"how": "sent_back", "note": "Åter till avsändaren"})
    assert wrong.status_code == 422
    assert "Ange underlaget" in wrong.content.decode()
    assert "Åter till avsändaren" in wrong.content.decode()
    client.post(url, {"how": "sent_back", "note": "Åter till avsändaren", "evidence": "Kvitto 7"})
    assert BankFileLine.objects.get(pk=line.pk).handled_evidence == "Kvitto 7"


def test_something_else_may_be_a_claim_that_nobody_proposed(client, cast, claim):
    line = taken(cast, received(7, party="Någon")).lines.get()
    client.force_login(cast.payer())
    url = reverse("grants:bank_line_settle", args=[line.pk])
    assert client.post(url, {"how": "booked"}).status_code == 422
    assert client.post(url, {"how": "booked", "claim": claim.pk}).status_code == 302
    assert BankFileLine.objects.get(pk=line.pk).claim == claim


def test_the_list_is_filtered_and_exported_without_what_is_not_ours(client, cast, claim):
    taken(
        cast,
        received(11, text="elva"),
        received(claim.outstanding + 50, claim.reference),
        received(13, direction="DBIT"),
    )
    taken(cast, received(9, party=WHO), iban="SE4550000000058398257466")
    client.force_login(cast.payer())
    url = reverse("grants:bank_line_list", args=[cast.programme.code])
    assert len(page(client, url).xpath("//section[contains(@class, 'bank-line')]")) == 3
    for query, count in {
        "outcome=surplus": 1,
        "credit=false": 1,
        "sought=elva": 1,
        "sought=13,00": 1,
        "sought=x": 0,
    }.items():
        assert (
            len(page(client, f"{url}?{query}").xpath("//section[contains(@class, 'bank-line')]")) == count
        ), query
    table = client.get(f"{url}?format=csv").content.decode("utf-8-sig")
    assert table.count("\r\n") == 1 + 1 + 3
    assert WHO not in table
    assert client.get(f"{url}?format=xlsx").content.startswith(b"PK")


def test_what_is_not_ours_is_read_by_payers_alone(client, cast, claim):
    """Every page, file and sentence of every other role, after lines of a foreign account and one that was set aside."""
    foreign = taken(cast, received(9, party=WHO, text=WHO), iban="SE4550000000058398257466")
    mixed = taken(cast, received(claim.outstanding + 5, claim.reference), received(11, party=WHO))
    with standing_at(foreign.imported_on):
        line = mixed.lines.get(payer=WHO)
        bank_lines.say(line, by=cast.payer(), how="not_ours", note=f"Hör till {WHO}")
    client.force_login(cast.payer())
    assert WHO in client.get(foreign.get_absolute_url()).content.decode()
    code = cast.programme.code
    urls = [foreign.get_absolute_url(), mixed.get_absolute_url(), claim.get_absolute_url()]
    urls += [
        reverse(name, args=[code])
        for name in ("grants:bank_file_list", "overview:exception_list", "overview:trail")
    ]
    urls += [f"{url}?format=csv" for url in urls[3:5]]
    for person in (cast.official(), cast.decider(), cast.case_officer(), cast.head()):
        client.force_login(person)
        for url in urls:
            told = client.get(url)
            assert told.status_code == 200, url
            assert WHO not in told.content.decode("utf-8-sig"), (str(person), url)
        for name, args in {"grants:bank_file_original": [mixed.pk], "grants:bank_line_list": [code]}.items():
            assert client.get(reverse(name, args=args)).status_code == 403
    client.force_login(cast.official())
    shown = words(page(client, mixed.get_absolute_url()))
    assert "Överskott" in shown, "what concerns a claim is read by all who read the programme"
    assert "Inte vår" not in shown.split("Händelser")[0]


def test_a_long_file_is_paged_and_the_answers_stand_as_before(client, cast, claim):
    file = taken(cast, *[received(n) for n in range(1, 120)])
    client.force_login(cast.payer())
    tree = page(client, file.get_absolute_url())
    assert len(tree.xpath("//table[2]/tbody/tr | (//table)[2]/tbody/tr")) == 50
    assert "119 rader väntar" in words(tree)


def test_the_exercise_bank_writes_to_our_own_account(cast, claim):
    content = bank.deposits(cast.programme, [(claim.reference, 5, "Aktören")], on=claim.opened_on)
    file = bank_deposits.take_in(cast.programme, by=cast.payer(), name="in.xml", content=content)
    assert file.lines.get().outcome == "matched"
