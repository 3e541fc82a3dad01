"""The whole of 2018, from a loaded file to an acknowledged compilation, page by page as the people do it."""

import hashlib
from decimal import Decimal

from access.actions import memberships
from actors.roles import Role
from digikoord import daily
from digikoord.rehearsal import giro
from grants.models import (
    Assignment,
    BudgetDecision,
    Payment,
    PaymentAccount,
    PaymentBatch,
    RepaymentClaim,
    Requisition,
    Tranche,
)
from overview.selectors import ledger
from records.models import Event
from reporting.models import ActivityReport, CompilationVersion
from tests.factories import walk


def test_from_decision_to_acknowledged_compilation(case, worker):
    busy = one_with_both_halves(case)
    dispatch(case)
    answers(case)
    coordinator(case)
    accounts(case, busy)
    money(case, busy)
    requisitions(case, busy)
    payments(case, busy)
    budget(case, busy)
    successions(case)
    reports(case, busy)
    settlement(case)
    compilation(case, busy, worker)
    the_books(case)


def one_with_both_halves(case):
    """Somebody with both roles of every pair: four eyes are two persons, not two roles."""
    ministry, secretariat = case.programme.ministry, case.programme.secretariat
    ministrys = (Role.OFFICIAL, Role.DECISION_MAKER, Role.PAYER)
    secretariats = (Role.CASE_OFFICER, Role.HEAD, Role.SIGNATORY)
    case.on("2018-07-12")
    for actor, roles in ((ministry, ministrys), (secretariat, secretariats)):
        for role in roles:
            made = memberships.invite(actor, email="ensam@prov.example", name="Ensam Dubbel", role=role)
    return made.user


def dispatch(case):
    for decision in case.programme.decisions.all():
        assert "Bara beslutsfattare" in case.refused(
            case.people.official(), "grants:decision_dispatch", decision.pk
        )
        case.do(case.people.decider(), "grants:decision_dispatch", decision.pk)
    statuses = list(Assignment.objects.values_list("instrument", "status").order_by("status"))
    assert statuses.count(("offer", "offered")) == 20
    assert statuses.count(("assignment", "in_force")) == 2


def answers(case):
    case.on("2018-08-20")
    offers = Assignment.objects.filter(status="offered").select_related("holder", "place")
    for row in offers:
        signatory = case.people.signatory(row.holder)
        if row.place.code == "23":
            declined_and_asked_again(case, row, signatory)
        if row.place.code == "14":
            assert "Bara behörig företrädare" in case.refused(
                case.people.writer(row.holder), "grants:assignment_accept", row.pk
            )
            page = case.fails(signatory, "grants:assignment_accept", row.pk)
            assert "Intyga att du läst" in page.said_at("read")
        page = case.do(signatory, "grants:assignment_accept", row.pk, read="on")
        assert "Gäller" in page.text
    assert not Assignment.objects.exclude(status="in_force").exists()


def declined_and_asked_again(case, row, signatory):
    case.do(signatory, "grants:assignment_decline", row.pk, read="on", reason="Resurser saknas.")
    assert set(row.tranches.values_list("status", flat=True)) == {"cancelled"}
    asked = {"answer_due": "2018-09-28", "reason": "Regionen har bett om det."}
    case.do(case.people.decider(), "grants:assignment_reopen", row.pk, **asked)
    statuses = list(row.tranches.order_by("year__year").values_list("status", flat=True))
    assert statuses == ["open", "conditional", "conditional"]


def coordinator(case):
    row = Assignment.objects.select_related("holder").get(place__code="14")
    signatory = case.people.signatory(row.holder)
    named = {"name": "Åsa Öberg", "email": "asa@vgr.example", "share": "100", "starts": "2018-09-01"}
    page = case.fails(signatory, "grants:coordinator_appoint", row.pk, **named | {"ends": "2018-08-01"})
    assert "slutar innan det börjar" in page.said_at("ends")
    page = case.do(signatory, "grants:coordinator_appoint", row.pk, **named)
    assert "Åsa Öberg" in page.text


def accounts(case, busy):
    case.on("2018-10-03")
    holders = Assignment.objects.select_related("holder", "place")
    for row in holders:
        own = row.place.is_secretariat
        signatory = busy if own else case.people.signatory(row.holder)
        number = giro.bankgiro(row.pk)
        if row.place.code == "14":
            wrong = {"giro": "bankgiro", "number": "5052-5782"}
            page = case.fails(signatory, "grants:payment_account_enter", row.holder.code, **wrong)
            assert "Kontrollsiffran" in page.said_at("number")
        case.do(signatory, "grants:payment_account_enter", row.holder.code, giro="bankgiro", number=number)
    for row in PaymentAccount.objects.select_related("actor"):
        if row.entered_by_id == busy.pk:
            said = case.refused(busy, "grants:payment_account_verify", row.pk)
            assert "Du har själv angett" in said
        case.do(
            case.people.payer(),
            "grants:payment_account_verify",
            row.pk,
            evidence_kind="register",
            evidence="Bankgirots register",
        )


def budget(case, busy):
    """The frame releases nothing; the appropriation does."""
    year = case.programme.years.get(year=2019)
    cited = {"proposition": "2018/19:1", "committee_report": "2018/19:TU1", "riksdag_letter": "2018/19:109"}
    for kind, day in (("frame", "2018-12-12"), ("appropriation", "2018-12-20")):
        case.on(day)
        fields = {"kind": kind, "outcome": "as_proposed", "decided_on": day, **cited}
        case.do(busy, "grants:budget_decision_register", case.programme.code, 2019, **fields)
        row = BudgetDecision.objects.get(kind=kind)
        assert "Du har själv registrerat" in case.refused(busy, "grants:budget_decision_confirm", row.pk)
        preview = case.see(case.people.decider(), "grants:budget_decision_confirm", row.pk).text
        assert ("Frigörs." in preview) == (kind == "appropriation")
        case.do(case.people.decider(), "grants:budget_decision_confirm", row.pk)
        released = year.tranches.filter(status="open").count()
        assert released == (22 if kind == "appropriation" else 0)


def tranche(code, year=2018):
    return Tranche.objects.select_related("assignment__holder", "place__programme").get(
        place__code=code, year__year=year
    )


def money(case, busy):
    """One by one where the amount differs, the rest as one mass act, by another person."""
    case.on("2018-10-10")
    code, official, decider = case.programme.code, case.people.official(), case.people.decider()
    lower, own = tranche("14"), tranche("12")
    page = case.fails(official, "grants:tranche_prepare", lower.pk, amount="500 000,01")
    assert "högre än det högsta beloppet" in " ".join(page.summary)
    case.do(official, "grants:tranche_prepare", lower.pk, amount="450 000 kr")
    case.do(busy, "grants:tranche_prepare", own.pk)
    assert "Du har själv berett" in case.refused(busy, "grants:tranche_grant", own.pk)
    page = case.do(official, "grants:tranche_prepare_many", code, 2018)
    assert "20 årsbelopp är beredda" in page.text
    assert "Bara beslutsfattare" in case.refused(official, "grants:tranche_grant_many", code, 2018)
    page = case.do(decider, "grants:tranche_grant_many", code, 2018)
    assert "22 årsbelopp är beviljade" in page.text
    assert Tranche.objects.get(pk=lower.pk).amount == Decimal("450000.00")


def requisitions(case, busy):
    case.on("2018-10-15")
    for row in Tranche.objects.filter(status="granted").select_related("assignment__holder", "place"):
        holder = row.assignment.holder
        signatory = busy if row.place.is_secretariat else case.people.signatory(holder)
        if row.place.code == "14":
            written_by_one_submitted_by_another(case, row, signatory)
        else:
            page = case.do(signatory, "grants:requisition_write", row.pk)
            assert "Inskickad" in page.text
    official = case.people.official()
    sent_back = Requisition.objects.get(tranche__place__code="12")
    case.do(official, "grants:requisition_return", sent_back.pk, reason="Ange er referens.")
    signatory = case.people.signatory(tranche("12").assignment.holder)
    case.do(signatory, "grants:requisition_submit", sent_back.pk, reference="D-enheten")
    assert "Du har själv skickat in" in case.refused(
        busy, "grants:requisition_approve", Requisition.objects.get(tranche__place__code="sek").pk
    )
    case.do(busy, "grants:requisition_approve", sent_back.pk)
    page = case.do(official, "grants:requisition_approve_many", case.programme.code)
    assert "21 rekvisitioner är attesterade" in page.text


def written_by_one_submitted_by_another(case, row, signatory):
    writer = case.people.writer(row.assignment.holder)
    page = case.fails(writer, "grants:requisition_write", row.pk, amount="450 000,01", reference="Ref 14")
    assert "kvar att rekvirera" in " ".join(page.summary)
    case.do(writer, "grants:requisition_write", row.pk, amount="450 000")
    draft = Requisition.objects.get(tranche=row)
    assert "Bara behörig företrädare" in case.refused(writer, "grants:requisition_submit", draft.pk)
    case.see(case.people.official(), "grants:requisition_detail", draft.pk, status=404)
    case.do(signatory, "grants:requisition_submit", draft.pk)


def payments(case, busy):
    case.on("2018-11-01")
    code, one, other = case.programme.code, case.people.payer(), case.people.payer(2)
    own = Payment.objects.get(prepared_by=busy)
    assert "Du har själv attesterat" in case.refused(busy, "grants:payment_release", own.pk)
    assert "22 utbetalningar är utanordnade" in case.do(one, "grants:payment_release_many", code).text
    case.do(one, "grants:bank_details_enter", code, debit_giro="bankgiro", debit_number="160-9908")
    assert "Du har själv angett" in case.refused(one, "grants:bank_details_confirm", code)
    case.do(other, "grants:bank_details_confirm", code)
    listed = case.do(one, "grants:payment_export", code)
    batch = PaymentBatch.objects.get()
    assert "11 450 000" in listed.text.replace("\u00a0", " ")
    csv = case.client(one).get(f"{batch.get_absolute_url()}lista.csv").content.decode("utf-8-sig")
    assert csv.count("N2018/04129/D") == 21
    assert case.client(one).get(f"{batch.get_absolute_url()}lista.pdf").content.startswith(b"%PDF")
    said = case.refused(one, "grants:payment_confirm", Payment.objects.earliest("pk").pk)
    assert "Du har själv utanordnat" in said
    late = {"value_date": "2018-11-02", "evidence": "Kontoutdrag 7"}
    page = case.fails(other, "grants:payment_confirm_many", code, **late)
    assert "Valutadagen" in " ".join(page.summary)
    case.do(other, "grants:payment_confirm_many", code, **late | {"value_date": "2018-11-01"})
    assert set(Payment.objects.values_list("status", flat=True)) == {"paid"}


def successions(case):
    case.on("2019-01-08")
    assert "Bara beslutsfattare" in case.refused(
        case.people.official(), "grants:succession_register_many", case.programme.code
    )
    page = case.do(
        case.people.decider(),
        "grants:succession_register_many",
        case.programme.code,
        decided_on="2019-01-08",
        answer_due="2019-03-29",
    )
    assert "7 övergångar är registrerade" in page.text
    offers = Assignment.objects.filter(status="offered").select_related("succeeds")
    assert len(offers) == 7
    for row in offers:
        assert row.succeeds.status == "transferred"
        assert [one.year.year for one in row.tranches.order_by("year__year")] == [2019, 2020]


def reports(case, busy):
    case.on("2019-01-21")
    daily.run()
    for row in Tranche.objects.filter(year__year=2018).select_related("assignment__holder", "place"):
        if row.place.code not in ("01", "12", "14", "sek"):
            walk.report(case.people, row, until="submitted")
            continue
        signatory = busy if row.place.is_secretariat else case.people.signatory(row.assignment.holder)
        case.do(signatory, "reporting:activity_report_start", row.pk)
        report = ActivityReport.objects.get(tranche=row)
        used = "400 000" if row.place.code == "14" else str(row.amount)
        write(case, signatory, report, used)
        case.do(signatory, "reporting:activity_report_submit", report.pk, certified="on")
    case.on("2019-02-04")
    returned(case)
    for row in ActivityReport.objects.filter(status="submitted").select_related("tranche__place"):
        own, first = row.place.is_secretariat, row.place.code == "12"
        reviewer = case.people.official() if own else busy if first else case.people.compiler()
        case.check(reviewer, row)
        case.do(reviewer, "reporting:activity_report_review", row.pk)
    twelfth = ActivityReport.objects.get(tranche__place__code="12")
    assert "Du har själv granskat" in case.refused(busy, "reporting:activity_report_approve", twelfth.pk)
    page = case.do(case.people.head(), "reporting:activity_report_approve_many", case.programme.code, 2018)
    assert "21 redovisningar är godkända" in page.text
    own = ActivityReport.objects.get(tranche__place__code="sek")
    case.refused(case.people.head(), "reporting:activity_report_approve", own.pk)
    case.do(case.people.decider(), "reporting:activity_report_approve", own.pk)


def write(case, signatory, report, used):
    """Every field that the pages ask for, step by step."""
    fields = {"function_start": "2018-08-01", "function_fte": "0,5"}
    if report.place.code == "14":
        wrong = fields | {"function_fte": "halvtid"}
        page = case.fails(signatory, "reporting:activity_report_step", report.pk, "b", **wrong)
        assert "Skriv ett tal" in page.said_at("function_fte")
    case.write(signatory, report, "b", **fields)
    page = case.press(signatory, "reporting:initiative_add", report.pk)
    goals = page.form.inputs["initiatives-1-sub_goal"].value_options
    told = {"title": "Kunskapslyft", "sub_goal": goals[1], "result": "Tolv kommuner deltog."}
    initiative = {f"initiatives-1-{name}": text for name, text in told.items()}
    case.write(signatory, report, "d-1", **initiative)
    case.write(signatory, report, "g")
    money = report.programme.definition.cost_lines[0].code
    case.write(signatory, report, "h", **{f"account_{money}_grant": used})


def returned(case):
    """Sent back with a reason and one field, which is supplemented and sent in again as a version of its own."""
    report = ActivityReport.objects.get(tranche__place__code="14")
    signatory, officer = case.people.signatory(report.holder), case.people.compiler()
    wanted = {"mark_obstacles": "on", "word_obstacles": "Vad hindrade er?"}
    case.do(officer, "reporting:activity_report_return", report.pk, reason="Beskriv hindren.", **wanted)
    assert "Beskriv hindren." in case.see(signatory, "reporting:activity_report_write", report.pk).text
    page = case.see(signatory, "reporting:activity_report_step", report.pk, "g")
    assert "Vad hindrade er?" in page.text
    case.write(signatory, report, "g", obstacles="Rekryteringen drog ut.")
    case.do(signatory, "reporting:activity_report_submit", report.pk, certified="on")
    assert report.versions.count() == 2


def settlement(case):
    case.on("2019-03-01")
    payer = case.people.payer()
    for row in ActivityReport.objects.select_related("tranche__place"):
        if row.place.code == "12":
            page = case.fails(payer, "reporting:account_accept", row.pk, accepted_salaries="499 000")
            assert "Ange skäl" in " ".join(page.summary)
        case.do(payer, "reporting:account_accept", row.pk)
    claim = RepaymentClaim.objects.get()
    assert (claim.tranche.place.code, claim.amount) == ("14", Decimal("50000.00"))
    page = case.fails(payer, "grants:repayment_claim_receive", claim.pk, amount="50 000,01")
    assert "Beloppet är högre" in " ".join(page.summary)
    case.do(payer, "grants:repayment_claim_receive", claim.pk, amount="50 000")
    assert set(Tranche.objects.filter(year__year=2018).values_list("status", flat=True)) == {"settled"}


def compilation(case, busy, worker):
    case.on("2019-03-25")
    code, head = case.programme.code, case.people.head()
    case.do(busy, "reporting:compilation_begin", code, 2018)
    version = CompilationVersion.objects.get()
    case.do(busy, "reporting:compilation_write", version.pk, "summary", text="Ett **gott** år.")
    case.do(busy, "reporting:compilation_write", version.pk, "conclusions", text="Fortsätt.")
    case.do(busy, "reporting:compilation_freeze", version.pk)
    worker()
    assert "Du har själv fryst" in case.refused(busy, "reporting:compilation_establish", version.pk)
    case.do(head, "reporting:compilation_establish", version.pk)
    case.do(head, "reporting:compilation_deliver", version.pk, case_number="Ä 2019-1234")
    case.do(case.people.official(), "reporting:compilation_acknowledge", version.pk)
    version.refresh_from_db()
    assert version.status == "acknowledged"
    pdf = case.client(case.people.official()).get(f"/sammanstallning/{version.pk}/dokument.pdf").content
    assert pdf.startswith(b"%PDF")
    assert hashlib.sha256(pdf).hexdigest() == version.sha256


def the_books(case):
    """The ledger adds up, and the trail tells it in sentences, with somebody behind each."""
    year = ledger.ledger(case.programme, year=2018)[0].total
    told = (year.ceiling, year.granted, year.requisitioned, year.paid, year.used, year.to_repay, year.repaid)
    assert [int(kronor) for kronor in told] == [
        11_500_000,
        11_450_000,
        11_450_000,
        11_450_000,
        11_400_000,
        0,
        50_000,
    ]
    reader = case.people.person(case.programme.ministry, Role.AUDITOR)
    for page in range(1, 40):
        text = case.see(reader, "overview:trail", case.programme.code, query=f"?plats=14&page={page}").text
        assert "None" not in text
    assert not Event.objects.filter(by_name="").exists()
