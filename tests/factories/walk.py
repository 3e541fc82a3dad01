"""A programme walked by the acts themselves to where a test begins: money paid, reports in every state."""

import datetime
from dataclasses import dataclass
from pathlib import Path

from access.actions import memberships
from actors.models import User
from actors.roles import Role
from digikoord.lib.clock import standing_at
from digikoord.rehearsal.reports import fill_in
from grants import documents
from grants.actions import (
    assignments,
    bank_details,
    coordinators,
    decisions,
    payment_accounts,
    payments,
    programmes,
    requisitions,
    tranches,
)
from grants.models import Assignment, Payment, Tranche
from reporting import content
from reporting.actions import report_drafts, report_reviews, reports

ROOT = Path(__file__).resolve().parents[2]
FIRST = ROOT / "programmes/files/regional-digital-coordinators-2018.toml"
SECOND = ROOT / "tests/programmes/files/second-programme.toml"


@dataclass
class Walk:
    """Where the walk goes: the programme, and people made as they are asked for."""

    programme: object
    begins: datetime.date

    def person(self, actor, role, which=1):
        email = f"{role}{which}@{actor.code}.example"
        known = User.objects.filter(email=email).first()
        if known is None:
            with standing_at(self.begins):
                memberships.invite(actor, email=email, name=f"{role.label} {which} {actor}", role=role)
            known = User.objects.get(email=email)
        return User.objects.get(pk=known.pk)  # nothing cached: rights follow the day

    def official(self, which=1):
        return self.person(self.programme.ministry, Role.OFFICIAL, which)

    def decider(self, which=1):
        return self.person(self.programme.ministry, Role.DECISION_MAKER, which)

    def payer(self, which=1):
        return self.person(self.programme.disburser, Role.PAYER, which)

    def compiler(self):
        secretariat = self.programme.secretariat
        role = Role.CASE_OFFICER if secretariat else Role.OFFICIAL
        return self.person(secretariat or self.programme.ministry, role)

    def head(self, which=1):
        secretariat = self.programme.secretariat
        role = Role.HEAD if secretariat else Role.DECISION_MAKER
        return self.person(secretariat or self.programme.ministry, role, which)

    def writer(self, actor):
        return self.person(actor, Role.WRITER)

    def signatory(self, actor):
        return self.person(actor, Role.SIGNATORY)

    def tranches(self, year):
        rows = Tranche.objects.filter(place__programme=self.programme, year__year=year)
        return list(rows.select_related("place__programme", "year", "assignment__holder"))


def loaded(source=FIRST, begins=datetime.date(2018, 7, 12)):
    """Loaded: its decisions are drafts."""
    with standing_at(begins):
        programme, _ = programmes.load(source.read_text(), by=User.objects.system())
    return Walk(programme, begins)


def dispatched(source=FIRST, begins=datetime.date(2018, 7, 12)):
    """Loaded and dispatched: assignments in force, offers out."""
    walk = loaded(source, begins)
    with standing_at(begins):
        for decision in walk.programme.decisions.all():
            decisions.dispatch(decision, by=walk.decider())
    return walk


def begin(source=FIRST, begins=datetime.date(2018, 7, 12)):
    """Loaded, dispatched, accepted by all, with a coordinator each."""
    walk = dispatched(source, begins)
    with standing_at(begins):
        for row in Assignment.objects.filter(place__programme=walk.programme).select_related("holder"):
            if row.is_offer:
                text = documents.sha256(documents.offer_text(row))
                assignments.accept(row, by=walk.signatory(row.holder), text_sha256=text)
            if row.keeps_function:
                coordinators.appoint(
                    Assignment.objects.get(pk=row.pk),
                    by=walk.signatory(row.holder),
                    name=f"Åsa Öberg {row.place.code}",
                    email=f"koordinator@{row.holder.code}.example",
                    starts=begins,
                )
    return walk


def pay(walk, year, day):
    """Granted, requisitioned and paid to the full."""
    with standing_at(day):
        rows = walk.tranches(year)
        for row in rows:
            tranches.prepare(row, by=walk.official(), amount=row.ceiling)
        tranches.grant_many([Tranche.objects.get(pk=row.pk) for row in rows], by=walk.decider())
        for row in walk.tranches(year):
            _requisition(walk, row)
        due = list(Payment.objects.filter(requisition__tranche__in=rows))
        payments.release_many(due, by=walk.payer(2))
        _say_who_pays(walk)
        payments.export(
            walk.programme,
            by=walk.payer(),
            payments=list(Payment.objects.filter(pk__in=[row.pk for row in due])),
        )
        payments.confirm_many(
            list(Payment.objects.filter(pk__in=[row.pk for row in due])),
            by=walk.payer(3),
            value_date=day,
            evidence="Kontoutdrag 1",
        )


def _say_who_pays(walk):
    if bank_details.of(walk.programme) is None:
        numbers = {"debit_giro": "bankgiro", "debit_number": "160-9908", "org_nr": "222000-9993"}
        row = bank_details.enter(walk.programme, by=walk.payer(), bic="ESSESESS", **numbers)
        bank_details.confirm(row, by=walk.payer(3))


def _requisition(walk, tranche):
    signatory = walk.signatory(tranche.holder)
    row = requisitions.write(tranche, by=walk.writer(tranche.holder), amount=tranche.amount)
    row = requisitions.submit(row, by=signatory)
    requisitions.approve(row, by=walk.official(2))
    if not tranche.holder.payment_accounts.exists():
        account = payment_accounts.enter(tranche.holder, by=signatory, giro="bankgiro", number="5052-5781")
        payment_accounts.verify(
            account, by=walk.payer(2), disburser=walk.programme.disburser, evidence="Registret"
        )


def fill(definition, year, used):
    """A report's content that has no faults; `used` kronor of the grant in the first cost line."""
    filled = content.blank(definition)
    for section in content.sections(definition, year):
        for name, label, _required in content.text_fields(section):
            filled["texts"][name] = (
                "1,0" if name == "function_fte" else f"{label}: vi har kommit en bit på väg.\n\nMer återstår."
            )
    filled["initiatives"] = [
        {
            "title": f"Insats {at}",
            "sub_goal": goal.code,
            "result": "Fler kommuner samverkar.",
            "good_example": at == 1,
        }
        for at, goal in enumerate(definition.sub_goals, 1)
    ]
    filled["indicators"] = {row.code: "12" for row in definition.indicators}
    filled["account"][definition.cost_lines[0].code]["grant"] = str(used)
    return filled


def report(walk, tranche, used=None, until="approved"):
    """Written, and on as far as `until`: submitted, returned, reviewed or approved."""
    definition = walk.programme.definition
    signatory = walk.signatory(tranche.holder)
    row = report_drafts.start(tranche, by=signatory)
    filled = fill(definition, tranche.year.year, tranche.ceiling if used is None else used)
    row = fill_in(row, by=signatory, content=filled)
    if until == "draft":
        return row
    row = reports.submit(row, by=signatory, certified=True)
    own = tranche.place.is_secretariat
    if until == "returned":
        return reports.return_(
            row, by=walk.official() if own else walk.compiler(), reason="Beskriv resultaten."
        )
    if until in ("reviewed", "approved"):
        reviewer = walk.official() if own else walk.compiler()
        row = report_reviews.check(row, by=reviewer, done=[one.code for one in definition.review_checks])
        row = reports.review(row, by=reviewer)
    if until == "approved":
        row = reports.approve(row, by=walk.decider() if own else walk.head())
    return row


def first_programme():
    """2018 paid; on 2019-03-20 all but two have reported: one in review, one returned, two missing."""
    walk = begin()
    pay(walk, 2018, datetime.date(2018, 11, 1))
    with standing_at(datetime.date(2019, 1, 25)):
        rows = walk.tranches(2018)
        states = {"03": "submitted", "04": "returned", "05": "draft", "06": None}
        for at, row in enumerate(rows):
            until = states.get(row.place.code, "approved")
            if until:
                report(walk, row, used=row.ceiling - 1500 * (at % 4), until=until)
    return walk
