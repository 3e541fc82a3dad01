"""The doors of activity reports: writing them, reviewing them, and what is put with them."""

from digikoord.lib.papers import Paper, Type
from reporting.actions import report_drafts, report_reviews, reports
from tests import papers

from .doors import DOORS, Door, door, of

__all__ = ["DOORS"]

PDF = Paper("underlag.pdf", Type.PDF, papers.PDF)


@door(
    "reporting:activity_report_write",
    "reporting:activity_report_submit",
    "reporting:activity_report_secrecy",
    "reporting:activity_report_print",
    "reporting:activity_report_detail | returned",
)
def returned_report(cast):
    row = cast.report("19", 2018)
    return of(row, row.holder)


def step(row, slug, **post):
    return Door({"pk": row.pk, "step": slug}, row.holder, post or None)


@door("reporting:activity_report_step")
def texts(cast):
    return step(cast.report("19", 2018), "b")


@door("reporting:activity_report_step | initiatives")
def initiatives(cast):
    return step(cast.report("19", 2018), "d")


@door("reporting:activity_report_step | one initiative")
def initiative(cast):
    return step(cast.report("19", 2018), "d-1")


@door("reporting:activity_report_step | the account")
def account(cast):
    return step(cast.report("19", 2018), "h")


@door("reporting:activity_report_autosave")
def typed(cast):
    row = cast.report("19", 2018)
    return step(row, "b", edition=row.edition("B"))


@door(
    "reporting:activity_report_examine", "reporting:activity_report_note", "reporting:activity_report_assign"
)
@door(
    "reporting:activity_report_detail", "reporting:activity_report_review", "reporting:activity_report_return"
)
@door("reporting:activity_report_check", "reporting:activity_report_compare")
def submitted_report(cast):
    row = cast.report("21", 2018)
    return of(row, row.holder)


@door("reporting:report_comment")
def field(cast):
    row = cast.report("21", 2018)
    return Door({"pk": row.pk, "key": "function_fte"}, row.holder)


@door("reporting:report_comment_withdraw")
def comment(cast):
    row = cast.report("21", 2018)
    made = report_reviews.comment(row, by=cast.case_officer(), key="function_fte", text="Stämmer det?")
    return of(made, row.holder)


def draft(cast):
    tranche = cast.tranche("22", 2018)
    return report_drafts.start(tranche, by=cast.writer(tranche.holder))


@door(
    "reporting:activity_report_detail | a draft",
    "reporting:initiative_import",
    "reporting:initiative_template",
)
def draft_report(cast):
    row = draft(cast)
    return of(row, row.holder)


@door("reporting:initiative_add", "reporting:initiative_copy")
def button(cast):
    row = draft(cast)
    return Door({"pk": row.pk}, row.holder, post={})


@door("reporting:initiative_remove")
def own_initiative(cast):
    row = draft(cast)
    report_drafts.add_initiatives(row, by=cast.writer(row.holder), rows=[{"title": "Nätverk"}])
    return Door({"pk": row.pk, "number": 1}, row.holder)


def whole_year(cast):
    """A draft of a year that asks for attachments."""
    tranche = cast.tranche("14", 2019)
    return report_drafts.start(tranche, by=cast.writer(tranche.holder))


@door("reporting:report_attachment_add")
def without_attachments(cast):
    row = whole_year(cast)
    return of(row, row.holder)


@door("reporting:activity_report_step | attachments")
def attachments_step(cast):
    return step(whole_year(cast), "i")


@door("reporting:activity_report_step | results")
def results_step(cast):
    return step(whole_year(cast), "e")


@door("reporting:activity_report_step | cooperation")
def cooperation_step(cast):
    return step(whole_year(cast), "f")


@door("reporting:report_attachment_read", "reporting:report_attachment_remove")
def attachment(cast):
    row = whole_year(cast)
    row = report_drafts.attach(row, by=cast.writer(row.holder), paper=PDF, title="Underlag")
    return Door({"pk": row.pk, "attachment": row.draft["attachments"][0]}, row.holder)


def reviewed(cast):
    officer = cast.case_officer()
    report_reviews.check(cast.report("21", 2018), by=officer, done=[row.code for row in cast.checks])
    return reports.review(cast.report("21", 2018), by=officer)


@door("reporting:activity_report_approve")
def reviewed_report(cast):
    row = reviewed(cast)
    return of(row, row.holder)


@door("reporting:activity_report_reopen", "reporting:activity_report_detail | approved")
def approved_report(cast):
    row = cast.report("14", 2018)
    return of(row, row.holder)


@door("reporting:account_accept")
def unaccepted_report(cast):
    reviewed(cast)
    row = reports.approve(cast.report("21", 2018), by=cast.head())
    return of(row, row.holder)


@door("reporting:activity_report_approve | the secretariat's own")
def own_report(cast):
    approver, official = cast.decider(), cast.official()
    row = reports.reopen(cast.report("sek", 2018), by=approver, reason="Komplettera.")
    reports.submit(row, by=cast.signatory(row.holder), certified=True)
    report_reviews.check(cast.report("sek", 2018), by=official, done=[one.code for one in cast.checks])
    return of(reports.review(cast.report("sek", 2018), by=official), row.holder)
