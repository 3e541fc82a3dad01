"""A report is written step by step, by several people; nothing of it has been received until it is submitted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localtime

from digikoord.lib import clock, lifecycle, locks
from digikoord.lib.constraints import save
from digikoord.lib.verdict import Refused
from grants.lifecycle.tranche import DECIDED
from grants.models import Tranche
from records.actions import audit, papers

from .. import content as contents
from .. import fields, permissions, secrecy
from ..events.activity_report import ReportSecrecyClaimed, ReportStarted
from ..models import ActivityReport, ReportAttachment

if TYPE_CHECKING:
    from actors.models import User
    from digikoord.lib.papers import Paper


MOST_INITIATIVES = 200
MOST_ATTACHMENTS = 20
ATTACHMENTS = "attachments"
TAKEN_MEANWHILE = "Någon annan sparade avsnittet medan du skrev. Läs sidan på nytt och för samman texterna."
LOCKED = "Bara det som ska kompletteras kan ändras nu."


@transaction.atomic
def start(tranche: Tranche, *, by: User) -> ActivityReport:
    """The tranche's report, begun now if nobody has begun it."""
    tranche = Tranche.objects.locked(tranche)
    permissions.can_write_report(by, tranche).require()
    return begun(tranche, by=by)


@locks.part_of_act
def begun(tranche: Tranche, *, by: User) -> ActivityReport:
    """The report of the locked tranche, created now if there is none. Raises Refused where there is nothing to report."""
    known = ActivityReport.objects.filter(tranche=tranche).first()
    if known:
        return known
    if tranche.status not in DECIDED:
        raise Refused("Det finns inga beviljade medel att redovisa för året.")
    draft = contents.blank(tranche.programme.definition)
    report = ActivityReport.objects.create(tranche=tranche, draft=draft)
    audit.record(ReportStarted(), report, by=by)
    return report


def _open(report: ActivityReport, by: User) -> ActivityReport:
    """The report locked and fresh, if the person may write it now."""
    report = ActivityReport.objects.locked(report)
    permissions.can_write(by, report).require()
    lifecycle.can(report, "submit").require()
    return report


def _saved(report: ActivityReport, step: str, by: User) -> ActivityReport:
    at = localtime(clock.now())
    number = report.edition(step) + 1
    report.editions[step] = {"number": number, "by": by.name, "at": f"{at:%Y-%m-%d} kl. {at:%H.%M}"}
    report.save(update_fields=["draft", "editions"])
    return report


@transaction.atomic
def write(
    report: ActivityReport, *, by: User, step: str, values: Mapping[str, object], edition: int
) -> ActivityReport:
    """Save the `values` {field key: as kept} of one step. `edition` is how often the step had been saved when it was
    read: somebody else's later saving is never overwritten unseen."""
    report = _open(report, by)
    found = _step(report, step)
    if edition != report.edition(step):
        raise Refused(TAKEN_MEANWHILE)
    for field in found.fields:
        if values.get(field.key, fields.value(report.draft, field)) != fields.value(report.draft, field):
            _require_open(report, field.key)
            fields.put(report.draft, field, values[field.key])
    return _saved(report, step, by)


def _step(report: ActivityReport, step: str) -> fields.Step:
    known = fields.steps(report.programme.definition, report.year.year, report.draft)
    found = next((row for row in known if row.key == step), None)
    if found is None:
        raise Refused("Avsnittet finns inte längre. Någon har tagit bort insatsen.")
    return found


def _require_open(report: ActivityReport, key: str) -> None:
    if not fields.is_open(key, report.wanted):
        raise Refused(LOCKED)


@transaction.atomic
def add_initiatives(
    report: ActivityReport,
    *,
    by: User,
    rows: Collection[contents.InitiativeContent],
    replace: bool = False,
    claims: Iterable[Mapping[str, str]] = (),
) -> ActivityReport:
    """Add initiatives ({field: as kept}), after those there are or instead of them; the report with the new ids. `claims`
    are of each row what is secret in it: {field, or "" of the whole: why}."""
    report = _open(report, by)
    _require_open(report, fields.ALL_INITIATIVES)
    if replace:
        report.draft["initiatives"] = []
        secrecy.forget(report.draft, fields.ALL_INITIATIVES)
    if len(report.draft["initiatives"]) + len(rows) > MOST_INITIATIVES:
        raise Refused(f"En redovisning kan ha högst {MOST_INITIATIVES} insatser.")
    report.added = contents.add_initiatives(report.draft, rows)
    for number, marks in zip(report.added, claims, strict=False):
        secrecy.claim_initiative(report.draft, number, marks)
    return _saved(report, fields.ALL_INITIATIVES, by)


@transaction.atomic
def remove_initiative(report: ActivityReport, *, by: User, number: int) -> ActivityReport:
    """Take an initiative out of the draft."""
    report = _open(report, by)
    _require_open(report, fields.ALL_INITIATIVES)
    contents.remove_initiative(report.draft, number)
    secrecy.forget(report.draft, f"{fields.ALL_INITIATIVES}-{number}")
    return _saved(report, fields.ALL_INITIATIVES, by)


@transaction.atomic
def claim_secrecy(
    report: ActivityReport, *, by: User, claims: dict[str, str], edition: int
) -> ActivityReport:
    """Mark the fields and attachments that should be kept from others: {key: why}. Those left out are marked no longer, so
    `edition` says how often the marks had been saved when they were read."""
    report = _open(report, by)
    if edition != report.edition("secrecy"):
        raise Refused(TAKEN_MEANWHILE)
    definition, year = report.programme.definition, report.year.year
    known = {field.key for field in secrecy.claimable(definition, year, report.draft)}
    known |= {f"{fields.ALL_INITIATIVES}-{row['id']}" for row in report.draft["initiatives"]}
    known |= {f"{secrecy.ATTACHMENT}{pk}" for pk in report.draft[ATTACHMENTS]}
    if claims.keys() - known:
        raise Refused("En av uppgifterna kan inte sekretessmarkeras, eller finns inte längre.")
    if not all(reason.strip() for reason in claims.values()):
        raise Refused("Ange för varje sekretessmarkering varför uppgiften bör skyddas.")
    report.draft["secrecy"] = claims
    audit.record(ReportSecrecyClaimed(count=len(claims)), report, by=by)
    return _saved(report, "secrecy", by)


@transaction.atomic
def attach(report: ActivityReport, *, by: User, paper: Paper, title: str) -> ActivityReport:
    """Put a paper with the report; a lib.papers.Paper."""
    report = _open(report, by)
    _require_open(report, ATTACHMENTS)
    if len(report.draft[ATTACHMENTS]) >= MOST_ATTACHMENTS:
        raise Refused(f"En redovisning kan ha högst {MOST_ATTACHMENTS} bilagor.")
    attachment = save(ReportAttachment(report=report, document=papers.keep(paper, by=by), title=title))
    report.draft[ATTACHMENTS].append(attachment.pk)
    return _saved(report, ATTACHMENTS, by)


@transaction.atomic
def detach(report: ActivityReport, *, by: User, attachment: ReportAttachment) -> ActivityReport:
    """Take an attachment out of the draft; versions that had it still have it."""
    report = _open(report, by)
    _require_open(report, ATTACHMENTS)
    report.draft[ATTACHMENTS] = [pk for pk in report.draft[ATTACHMENTS] if pk != attachment.pk]
    report.draft["secrecy"].pop(f"{secrecy.ATTACHMENT}{attachment.pk}", None)
    return _saved(report, ATTACHMENTS, by)
