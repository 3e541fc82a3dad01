"""Another programme is another file: other years and amounts, eight municipalities, no secretariat. Every screen, no code."""

import re
from decimal import Decimal
from io import BytesIO

import pypdf
from django.core.management import call_command

from grants.models import Assignment, Payment, PaymentBatch, RepaymentClaim, Requisition, Tranche
from overview.selectors import ledger
from programmes.models import Programme
from reporting.documents import verification
from reporting.models import ActivityReport, CompilationVersion, Rendering
from tests.factories import walk as walks
from tests.factories.walk import SECOND, Walk

PROGRAMME = (
    "overview:board",
    "overview:ledger",
    "overview:trail",
    "reporting:activity_report_list",
    "overview:results",
    "overview:exception_list",
    "overview:calendar",
    "reporting:compilation_list",
    "overview:staffing",
    "grants:decision_list",
    "grants:coordinator_list",
    "grants:requisition_list",
    "grants:payment_list",
    "grants:repayment_claim_list",
    "grants:succession_list",
)
YEAR = ("grants:year_detail", "reporting:compilation_detail", "reporting:readiness")
OF_THE_FIRST = re.compile(r"län\b|länen|länets|sekretariat|digitaliser|Tillväxtverket", re.IGNORECASE)


def test_loaded_beside_the_first_and_used_in_every_screen(case, worker):
    first = case.programme
    call_command("load_programme", str(SECOND), verbosity=0)
    case.programme = Programme.objects.get(code="dkr-2022")
    case.people = Walk(case.programme, case.programme.definition.programme.starts)
    every_screen_is_open(case)
    offers(case)
    money(case)
    reports(case)
    compilation(case, worker)
    every_screen_is_open(case)
    assert not Tranche.objects.filter(place__programme=first).exists(), "the first is left alone"


def every_screen_is_open(case):
    """All pages, before anything is there and when everything is, to the ministry and to an actor."""
    case.on("2023-05-02" if CompilationVersion.objects.exists() else "2022-02-01")
    programme, official = case.programme, case.people.official()
    signatory = (
        case.people.signatory(programme.places.get(code="bjorkdala").assignments.get().holder)
        if (Tranche.objects.exists())
        else official
    )
    for where in PROGRAMME:
        speaks_of_this_programme(case.see(official, where, programme.code))
        if where != "overview:exception_list":
            speaks_of_this_programme(case.see(signatory, where, programme.code))
    for year in programme.years.all():
        for where in YEAR:
            speaks_of_this_programme(case.see(official, where, programme.code, year.year))
    for place in programme.places.all():
        case.see(official, "overview:place_detail", programme.code, place.code)
    for model in (Tranche, Requisition, Payment, Assignment, ActivityReport, RepaymentClaim, PaymentBatch):
        for row in model.objects.visible_to(official):
            assert case.client(official).get(row.get_absolute_url()).status_code == 200, str(row)
    for rendering in Rendering.objects.all():
        case.see(official, "reporting:rendering_detail", rendering.pk)
    elsewhere = Assignment.objects.exclude(place__programme=programme).earliest("pk")
    case.see(official, "grants:assignment_detail", elsewhere.pk, status=404)
    board = case.see(official, "overview:board", programme.code).text
    assert ("Björkdala kommun" in board) == Tranche.objects.exists()
    assert "Stockholms län" not in board


def speaks_of_this_programme(page):
    """Municipalities are no counties, one to one: they are places, and not on the map."""
    told = OF_THE_FIRST.findall(page.text)
    assert not told, f"{page.heading}: {told}"
    assert b"chart-map" not in page.response.content, page.heading


def offers(case):
    case.on("2022-02-01")
    decision = case.programme.decisions.get()
    case.do(case.people.decider(), "grants:decision_dispatch", decision.pk)
    case.on("2022-03-01")
    for row in decision.assignments.select_related("holder"):
        signatory = case.people.signatory(row.holder)
        page = case.do(signatory, "grants:assignment_accept", row.pk, read="on")
        assert "Gäller" in page.text
    row = decision.assignments.earliest("pk")
    named = {"name": "Kim Ek", "email": "kim@kommun.example", "share": "50", "starts": "2022-03-01"}
    case.do(case.people.signatory(row.holder), "grants:coordinator_appoint", row.pk, **named)


def money(case):
    """The ministry decides, another authority pays, and its people are others."""
    case.on("2022-04-04")
    code, official = case.programme.code, case.people.official()
    case.do(official, "grants:tranche_prepare_many", code, 2022)
    page = case.do(case.people.decider(), "grants:tranche_grant_many", code, 2022)
    assert "8 årsbelopp är beviljade" in page.text
    for row in Tranche.objects.filter(year__year=2022).select_related("assignment__holder"):
        signatory = case.people.signatory(row.holder)
        case.do(signatory, "grants:requisition_write", row.pk)
        account = {"giro": "bankgiro", "number": "5052-5781"}
        page = case.do(signatory, "grants:payment_account_enter", row.holder.code, **account)
        entered = row.holder.payment_accounts.get()
        case.do(
            case.people.payer(),
            "grants:payment_account_verify",
            entered.pk,
            evidence_kind="register",
            evidence="Registret",
        )
    case.do(official, "grants:requisition_approve_many", code)
    assert "hos Provverket" in case.refused(official, "grants:payment_release_many", code)
    case.do(case.people.payer(), "grants:payment_release_many", code)
    told = {"org_nr": "222000-9993", "debit_giro": "bankgiro", "debit_number": "160-9908"}
    page = case.fails(case.people.payer(), "grants:payment_export", code)
    assert "bankuppgifter är inte angivna" in " ".join(page.summary)
    case.do(case.people.payer(), "grants:bank_details_enter", code, **told)
    case.do(case.people.payer(2), "grants:bank_details_confirm", code)
    case.do(case.people.payer(), "grants:payment_export", code)
    paid = {"value_date": "2022-04-04", "evidence": "Kontoutdrag 1"}
    case.do(case.people.payer(2), "grants:payment_confirm_many", code, **paid)


def reports(case):
    """Without a secretariat the ministry reviews; the sections are those of this file."""
    case.on("2023-01-20")
    rows = list(
        Tranche.objects.filter(year__year=2022).select_related("assignment__holder", "place__programme")
    )
    written, *others = rows
    signatory = case.people.signatory(written.holder)
    case.do(signatory, "reporting:activity_report_start", written.pk)
    report = ActivityReport.objects.get()
    form = case.see(signatory, "reporting:activity_report_step", report.pk, "a").form
    texts = [field.name for field in form.xpath(".//textarea")]
    assert texts == ["text_A"], "this programme asks one thing in words"
    case.write(signatory, report, "a")
    case.write(signatory, report, "b", account_salaries_grant="299 999,30")
    case.do(signatory, "reporting:activity_report_submit", report.pk, certified="on")
    case.do(case.people.official(), "reporting:activity_report_review", report.pk)
    case.do(case.people.decider(), "reporting:activity_report_approve", report.pk)
    case.do(case.people.payer(), "reporting:account_accept", report.pk)
    for row in others:
        walks.report(case.people, row, used=300_000)
    claim = RepaymentClaim.objects.get()
    assert claim.amount == Decimal("0.70"), "to the öre"
    case.do(case.people.payer(), "grants:repayment_claim_receive", claim.pk)
    year = ledger.ledger(case.programme, year=2022)[0]
    assert (year.total.paid, year.total.repaid) == (Decimal("2400000.00"), Decimal("0.70"))
    assert year.secretariat.ceiling == 0


def compilation(case, worker):
    case.on("2023-04-03")
    code, official, decider = case.programme.code, case.people.official(), case.people.decider()
    case.do(official, "reporting:compilation_begin", code, 2022)
    version = CompilationVersion.objects.get()
    case.do(official, "reporting:compilation_freeze", version.pk)
    worker()
    case.do(decider, "reporting:compilation_establish", version.pk)
    case.do(decider, "reporting:compilation_deliver", version.pk)
    case.do(official, "reporting:compilation_acknowledge", version.pk)
    version.refresh_from_db()
    text = " ".join(row.extract_text() for row in pypdf.PdfReader(BytesIO(bytes(version.pdf))).pages)
    assert "Gemensamma tjänster" in text
    assert "tjanster" not in text, "a code is for the file"
    assert "avsnittet Resultat" not in " ".join(text.split()), "the year did not ask for initiatives"
    verified = verification.verify(bytes(version.pdf))
    assert verified.faults == (), "whatever decimals the engine sums with"
    amounts = {seat["money"]["repaid"] for seat in verified.data["seats"]}
    assert amounts == {"0.00", "0.70"}
    assert version.recipient == "Provdepartementet"
