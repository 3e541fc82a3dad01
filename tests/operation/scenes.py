"""The story's scenes, done at the pages. Each has the name of the scene it stands for (digikoord/rehearsal).

Rows are looked up as the person would see them named on a page; everything that changes goes over HTTP.
"""

import time
import zlib

from digikoord.rehearsal import bank, giro
from digikoord.rehearsal import compilation_texts as texts
from digikoord.rehearsal import reports as contents
from duties.models import Extension, Obligation
from grants.models import Assignment, Payment, PaymentAccount, PaymentBatch, RepaymentClaim, Requisition
from reporting import fields
from reporting.models import ActivityReport, CompilationVersion, FactCheck, Rendering

SCENES = {}


def scene(function):
    SCENES[function.__name__] = function
    return function


# --- Decisions, offers, coordinators


@scene
def dispatch(crew, cast):
    for decision in cast.programme.decisions.filter(status="draft"):
        crew.do(cast.decider(), "grants:decision_dispatch", decision.pk)


@scene
def answer_days(crew, cast, day):
    offered = Assignment.objects.filter(place__programme=cast.programme, status="offered")
    for row in offered:
        crew.do(cast.official(), "grants:assignment_set_answer_day", row.pk, answer_due=f"{day}")


@scene
def accept(crew, cast, code):
    row = cast.assignment(code)
    crew.do(cast.signatory(row.holder), "grants:assignment_accept", row.pk, read="on")


@scene
def decline(crew, cast, code, reason):
    row = cast.assignment(code)
    crew.do(cast.signatory(row.holder), "grants:assignment_decline", row.pk, read="on", reason=reason)


@scene
def reopen(crew, cast, code, answer_due, reason):
    row = Assignment.objects.get(place__programme=cast.programme, place__code=code, status="declined")
    named = {"answer_due": f"{answer_due}", "reason": reason}
    crew.do(cast.decider(), "grants:assignment_reopen", row.pk, **named)


@scene
def appoint(crew, cast, code, name, starts=None):
    row = cast.assignment(code)
    first = max(row.starts, row.starts.replace(month=8, day=1)) if row.starts.year == 2018 else row.starts
    named = {
        "name": name,
        "email": f"koordinator@{row.holder.code}.example",
        "starts": f"{starts or first}",
        "share": "50" if int(code) % 3 else "100",
    }
    crew.do(cast.signatory(row.holder), "grants:coordinator_appoint", row.pk, **named)


@scene
def resign(crew, cast, code, ends):
    row = cast.assignment(code)
    serving = row.coordinators.get(ends__isnull=True)
    crew.do(cast.signatory(row.holder), "grants:coordinator_end", serving.pk, ends=f"{ends}")


@scene
def succeed(crew, cast, decided_on, answer_due):
    days = {"decided_on": f"{decided_on}", "answer_due": f"{answer_due}"}
    crew.do(cast.decider(), "grants:succession_register_many", cast.programme.code, **days)


# --- A year's money


@scene
def prepare_all(crew, cast, year):
    crew.do(cast.official(), "grants:tranche_prepare_many", cast.programme.code, year)


@scene
def grant_all(crew, cast, year):
    crew.do(cast.decider(), "grants:tranche_grant_many", cast.programme.code, year)


@scene
def budget(crew, cast, year, decided_on, expenditure_area, **citation):
    named = citation | {"decided_on": f"{decided_on}"}
    crew.do(cast.official(), "grants:budget_decision_register", cast.programme.code, year, **named)


@scene
def confirm_budget(crew, cast, year):
    waiting = cast.year(year).budget_decisions.get(status="registered")
    crew.do(cast.decider(), "grants:budget_decision_confirm", waiting.pk)


@scene
def requisition(crew, cast, code, year):
    row = cast.tranche(code, year)
    crew.do(cast.writer(row.holder), "grants:requisition_write", row.pk)
    written = Requisition.objects.get(tranche=row, status="draft")
    crew.do(cast.signatory(row.holder), "grants:requisition_submit", written.pk)


@scene
def approve_all(crew, cast):
    crew.do(cast.official(), "grants:requisition_approve_many", cast.programme.code)


# --- Accounts and payments


@scene
def enter_account(crew, cast, code, spare=0):
    holder = cast.assignment(code).holder
    number = giro.bankgiro(zlib.crc32(holder.code.encode()) % 10_000 * 10 + spare)
    enter(crew, cast.signatory(holder), holder, number)


def enter(crew, person, holder, number):
    crew.do(person, "grants:payment_account_enter", holder.code, giro="bankgiro", number=number)


@scene
def verify_accounts(crew, cast):
    held = PaymentAccount.objects.filter(
        actor__assignments__place__programme=cast.programme, status="unverified"
    )
    for row in held.distinct():
        verify(crew, cast.payer(), row)


def verify(crew, person, row):
    seen = {"evidence_kind": "register", "evidence": "Bankgirots register"}
    crew.do(person, "grants:payment_account_verify", row.pk, **seen)


@scene
def bank_details(crew, cast):
    code, own = cast.programme.code, cast.programme.disburser
    named = {"debit_giro": "bankgiro", "debit_number": giro.bankgiro(99991), "bic": "OVNGSESS"}
    crew.do(cast.payer(), "grants:bank_details_enter", code, **named)
    crew.do(cast.other_payer(), "grants:bank_details_confirm", code)
    enter(crew, cast.payer(), own, giro.bankgiro(99992))
    verify(crew, cast.other_payer(), PaymentAccount.objects.get(actor=own, status="unverified"))


@scene
def pay_all(crew, cast):
    """Released, listed, handed to the bank, and settled as the bank answers."""
    code = cast.programme.code
    crew.do(cast.payer(), "grants:payment_release_many", code)
    crew.do(cast.payer(), "grants:payment_export", code)
    batch = PaymentBatch.objects.filter(programme=cast.programme).latest("number")
    file = crew.client(cast.payer()).post(f"{batch.get_absolute_url()}betalningsfil.xml")
    assert file.content.startswith(b"<?xml"), batch
    batch.refresh_from_db()
    answer = bank.answer(batch, "ACSC", on=batch.created_on)
    crew.upload(
        cast.other_payer(), "grants:bank_file_take_in_answer", batch.pk, name="svar.xml", content=answer
    )


@scene
def release(crew, cast, code):
    row = Payment.objects.get(requisition__tranche__place__code=code, status="prepared")
    crew.do(cast.payer(), "grants:payment_release", row.pk)


# --- After the year


@scene
def report(crew, cast, code, year, unused=0):
    """Begun, written step by step as the forms ask, and handed in by the signatory."""
    tranche = cast.tranche(code, year)
    writer, signatory = cast.writer(tranche.holder), cast.signatory(tranche.holder)
    row = ActivityReport.objects.filter(tranche=tranche).first()
    if row is None:
        crew.do(writer, "reporting:activity_report_start", tranche.pk)
        row = ActivityReport.objects.get(tranche=tranche)
    paid = sum(one.amount for one in Payment.objects.filter(requisition__tranche=tranche, status="paid"))
    content = contents.written(tranche, used=paid - unused)
    if not row.draft["initiatives"]:
        for _ in content["initiatives"]:
            crew.press(writer, "reporting:initiative_add", row.pk)
    row.refresh_from_db()
    for begun, told in zip(row.draft["initiatives"], content["initiatives"], strict=True):
        told["id"] = begun["id"]
    for step in fields.steps(row.programme.definition, year, row.draft):
        if step.fields:
            write_step(crew, writer, row, step, content)
    crew.do(signatory, "reporting:activity_report_submit", row.pk, certified="on")


def write_step(crew, writer, row, step, content):
    """What may be written of the step, as a person types it."""
    values = {}
    for one in step.fields:
        value = fields.value(content, one) if fields.is_open(one.key, row.wanted) else None
        if value not in (None, False):
            values[one.key] = "on" if value is True else value if isinstance(value, list) else f"{value}"
    if values:
        crew.do(writer, "reporting:activity_report_step", row.pk, step.key.lower(), **values)


@scene
def send_back(crew, cast, code, year, reason, due, wanted=None):
    reviewer, _ = cast.reviewers(cast.tranche(code, year).place)
    asked = {"reason": reason, "due": f"{due}"}
    for key, word in (wanted or {}).items():
        asked |= {f"mark_{key}": "on", f"word_{key}": word}
    crew.do(reviewer, "reporting:activity_report_return", cast.report(code, year).pk, **asked)


@scene
def review(crew, cast, code, year):
    reviewer, _ = cast.reviewers(cast.tranche(code, year).place)
    row = cast.report(code, year)
    crew.check(reviewer, row)
    crew.do(reviewer, "reporting:activity_report_review", row.pk)


@scene
def approve_report(crew, cast, code, year):
    _, approver = cast.reviewers(cast.tranche(code, year).place)
    crew.do(approver, "reporting:activity_report_approve", cast.report(code, year).pk)


@scene
def accept_account(crew, cast, code, year):
    crew.do(cast.payer(), "reporting:account_accept", cast.report(code, year).pk)


@scene
def repay(crew, cast, code, year):
    claim = RepaymentClaim.objects.get(tranche=cast.tranche(code, year))
    paid = {"amount": f"{claim.outstanding}".replace(".", ","), "on": f"{claim.opened_on}"}
    crew.do(cast.payer(), "grants:repayment_claim_receive", claim.pk, **paid)


@scene
def ask_later(crew, cast, kind, year, code, wanted, reason):
    duty = Obligation.objects.open().get(programme=cast.programme.code, place=code, kind=kind, year=year)
    named = {"wanted": f"{wanted}", "reason": reason}
    crew.do(cast.writer(duty.debtor), "duties:extension_ask", duty.pk, **named)


@scene
def grant_later(crew, cast, code, reason):
    row = _asked(code)
    crew.do(cast.case_officer(), "duties:extension_grant", row.pk, due=f"{row.wanted}", reason=reason)


@scene
def refuse_later(crew, cast, code, reason):
    crew.do(cast.case_officer(), "duties:extension_refuse", _asked(code).pk, reason=reason)


def _asked(code):
    return Extension.objects.asked().get(obligation__place=code)


# --- The compilation


@scene
def begin(crew, cast, year):
    crew.do(cast.case_officer(), "reporting:compilation_begin", cast.programme.code, year)
    for chapter, text in texts.of_year(year).items():
        crew.do(
            cast.case_officer(), "reporting:compilation_write", _version(cast, year).pk, chapter, text=text
        )


@scene
def pick_examples(crew, cast, year):
    """Every other of those on the page."""
    page = crew.see(cast.case_officer(), "reporting:compilation_pick", _version(cast, year).pk)
    offered = page.form.xpath(".//input[@name='picked']/@value")
    crew.do(cast.case_officer(), "reporting:compilation_pick", _version(cast, year).pk, picked=offered[::2])


@scene
def ask_for_facts(crew, cast, year, due):
    crew.do(cast.case_officer(), "reporting:fact_check_ask_many", _version(cast, year).pk, due=f"{due}")


@scene
def confirm_facts(crew, cast, year, but=()):
    checks = FactCheck.objects.filter(version=_version(cast, year), status="asked")
    for check in checks.exclude(tranche__place__code__in=but).select_related("tranche__assignment__holder"):
        crew.do(cast.writer(check.holder), "reporting:fact_check_confirm", check.pk)


@scene
def object_to_facts(crew, cast, code, year, answer):
    check = FactCheck.objects.get(version=_version(cast, year), tranche__place__code=code, status="asked")
    crew.do(cast.writer(check.holder), "reporting:fact_check_object", check.pk, answer=answer)


@scene
def handle_objection(crew, cast, code, year, handling):
    check = FactCheck.objects.get(version=_version(cast, year), tranche__place__code=code)
    crew.do(cast.case_officer(), "reporting:fact_check_handle", check.pk, handling=handling)


@scene
def draft(crew, cast, year):
    crew.do(cast.case_officer(), "reporting:compilation_draft", _version(cast, year).pk)
    _rendered(_version(cast, year))


@scene
def freeze(crew, cast, year):
    crew.do(cast.case_officer(), "reporting:compilation_freeze", _version(cast, year).pk)
    _rendered(_version(cast, year))


def _rendered(version):
    """The worker has made the document."""
    deadline = time.monotonic() + 120
    while Rendering.objects.filter(version=version).latest("pk").status not in ("done", "failed"):
        assert time.monotonic() < deadline, "nobody made the document"
        time.sleep(0.1)
    assert Rendering.objects.filter(version=version).latest("pk").status == "done"


@scene
def establish(crew, cast, year):
    crew.do(cast.head(), "reporting:compilation_establish", _version(cast, year).pk)


@scene
def deliver(crew, cast, year):
    crew.do(cast.head(), "reporting:compilation_deliver", _version(cast, year).pk)


@scene
def acknowledge(crew, cast, year):
    crew.do(cast.official(), "reporting:compilation_acknowledge", _version(cast, year).pk)


def _version(cast, year):
    rows = CompilationVersion.objects.filter(compilation__year=cast.year(year))
    return rows.latest("number")
