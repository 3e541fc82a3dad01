"""The doors of decisions registered in the browser, and of letters, signatures and answers."""

import datetime

from access.actions import conflicts, signing
from digikoord.lib.papers import Paper
from digikoord.rehearsal.people import person
from grants import documents
from grants.actions import amendments, assignments, decisions
from grants.models import Assignment, Requisition
from records.models import Registration

from .doors import Door, door, of
from .report_doors import DOORS

__all__ = ["DOORS"]

PDF = Paper("beslut.pdf", "application/pdf", b"%PDF-1.4\n%%EOF\n")


@door("grants:decision_register", "grants:programme_end", "grants:answer_list", "grants:answer_remind_many")
def programme(cast):
    return Door({"programme": cast.programme.code})


def _draft(cast):
    return decisions.register(
        cast.programme,
        by=cast.official(),
        title="Ändring",
        decided_on=datetime.date(2019, 3, 14),
        text="Regeringen ändrar sitt beslut.",
        paper=PDF,
    )


@door(
    "grants:decision_correct",
    "grants:decision_offer",
    "grants:decision_ceiling",
    "grants:decision_day",
    "grants:decision_document",
    "grants:decision_discard",
)
def registered_decision(cast):
    return of(_draft(cast))


@door("grants:decision_number")
def unnumbered_decision(cast):
    return of(cast.programme.decisions.get(key="secretariat"))


@door("grants:decision_remove")
def amendment(cast):
    return of(
        amendments.ceiling(
            _draft(cast), by=cast.official(), year=cast.year(2019), amount=900_000, part="recipient"
        )
    )


@door(
    "grants:assignment_letter",
    "grants:assignment_letter_pdf",
    "grants:assignment_register_answer",
    "grants:assignment_annul",
)
def offered(cast):
    row = cast.assignment("01")
    return of(row, row.holder)


@door("grants:assignment_receipt", "grants:assignment_receipt_pdf")
def answered(cast):
    row = cast.assignment("14")
    return of(row, row.holder)


@door("grants:assignment_acknowledge")
def given(cast):
    row = cast.assignment("sek")
    return of(row, row.holder)


@door("grants:answer_document")
def scanned(cast):
    row = assignments.register_answer(
        cast.assignment("01"),
        by=cast.official(),
        answer="accept",
        answered_on=datetime.date(2019, 3, 18),
        signers=[("Ada Berg", "regiondirektör")],
        paper=PDF,
    )
    return of(row.signatures.get().document, row.holder)


@door("overview:registration_detail")
def registered(cast):
    row = Requisition.objects.get(tranche__place__code="03", status="submitted")
    return of(Registration.objects.get(key=row.subject().key), row.tranche.holder)


@door("overview:registration_file")
def registered_scan(cast):
    paper = scanned(cast)
    return of(Registration.objects.get(document=paper.kwargs["pk"]), paper.holder)


@door("grants:signature_withdraw")
def signed_by_one(cast):
    row = cast.assignment("01")
    administrator = person("administrator", row.holder.code)
    signing.require_signatures(row.holder, by=administrator, signatures_required=2)
    row = Assignment.objects.get(pk=row.pk)
    text = documents.sha256(documents.offer_text(row))
    assignments.accept(row, by=cast.signatory(row.holder), text_sha256=text)
    return of(row.signatures.get(), row.holder)


@door("grants:tranche_close_many")
def past_year(cast):
    return Door({"programme": cast.programme.code, "year": 2018})


@door("grants:requisition_register")
def requisitionable(cast):
    row = cast.tranche("04", 2019)
    return of(row, row.holder)


@door("access:conflict_list", "access:conflict_declare")
def conflicts_declared(cast):
    return Door()


@door("access:conflict_lift", "access:conflict_lift_step", "access:conflict_uphold")
def conflict(cast):
    official = cast.official()
    return of(conflicts.declare(official, by=official, actor=cast.assignment("14").holder, reason="Syskon."))


@door("access:actor_signing")
def ministry(cast):
    return Door({"code": cast.programme.ministry.code})
