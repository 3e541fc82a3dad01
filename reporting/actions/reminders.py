"""Reminders to those whose report the compilation waits for: previewed person by person, then written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from digikoord.lib.verdict import Refused
from duties.actions import notices
from duties.models import Notice, Obligation
from duties.models.notice import NoticeKind
from records.actions import audit

from .. import permissions
from ..events.activity_report import ReportReminded
from ..selectors import reminders
from ..selectors.readiness import reporting

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from actors.models import User
    from grants.models import ProgrammeYear


@transaction.atomic
def remind_many(year: ProgrammeYear, *, by: User, duties: QuerySet[Obligation]) -> list[reminders.Reminder]:
    """Remind the people of each of the duties. All, or nobody when one of them has met theirs."""
    permissions.can_compile(by, year.programme).require()
    if not duties:
        raise Refused("Välj minst en aktör.")
    wanted = {row.pk for row in Obligation.objects.select_for_update(of=("self",)).filter(pk__in=duties)}
    told, _ = reminders.reminders(year, reporting(year, versions=None), by.biased_against)
    chosen = [letter for letter in told if letter.key in wanted]
    if len(chosen) != len(wanted):
        raise Refused("Någon har hunnit redovisa eller är redan påmind. Läs sidan på nytt.")
    for letter in chosen:
        _remind(letter, by)
    return chosen


def _remind(letter: reminders.Reminder, by: User) -> None:
    duty = letter.duty
    kept = {"kind": NoticeKind.DUTY, "obligation": duty, "due": duty.act_by, "url": duty.url}
    text = notices.one_line(letter.text)
    notices.write(
        [
            Notice(recipient=person, text=text, consequence=duty.consequence, **kept)
            for person in letter.people
        ]
    )
    told = [f"{one.name} <{one.email}>" for one in letter.people]
    audit.record(ReportReminded(people=told), letter.row.tranche, by=by)
