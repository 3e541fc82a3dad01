"""What a reviewer sees: a report beside last year's, what has been said of its fields, and what changed between versions."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from actors.models import User
from digikoord.lib import clock
from grants.selectors import Choice

from .. import fields
from ..lifecycle.activity_report import Status
from ..models import ActivityReport

if TYPE_CHECKING:
    from actors.models import Actor
    from actors.models.user import UserQuerySet
    from actors.roles import Role
    from digikoord.lib.verdict import Verdict
    from grants.models import ProgrammeYear

    from ..content import Content
    from ..models import ReportComment, ReportVersion


WORD = re.compile(r"\s+|[^\s]+")
LONGEST_COMPARED = 6_000  # words: beyond it the old and the new stand whole


@dataclass(frozen=True)
class Line:
    """A field as reported, beside last year's answer. `secret` is the reason the actor gives."""

    field: fields.Field
    told: str
    before: str
    secret: str
    comments: tuple[ReportComment, ...]


@dataclass(frozen=True)
class Part:
    """A section, or an initiative of one."""

    step: fields.Step
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Change:
    """`marked` is [(kind, text)] with kind same, gone or new."""

    field: fields.Field
    before: str
    after: str
    marked: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Check:
    code: str
    text: str
    by: str
    on: str

    @property
    def done(self) -> bool:
        return bool(self.by)


def labels_of(report: ActivityReport) -> dict[str, str]:
    """{key: words} of all that a supplement or a comment can point at, in the latest version."""
    return fields.labels(report.programme.definition, report.year.year, _latest(report))


def pointable_of(report: ActivityReport) -> list[tuple[str, dict[str, str]]]:
    """The same by step: [(title, {key: words})]."""
    return fields.pointable(report.programme.definition, report.year.year, _latest(report))


def _latest(report: ActivityReport) -> Content:
    version = report.versions.last()
    content: Content = version.content if version else report.draft
    return content


def said_of_fields(report: ActivityReport) -> dict[str, str]:
    """{key: the comments on it, together}: what a request for a supplement begins with."""
    latest = report.versions.count()
    found: dict[str, str] = {}
    for row in report.comments.standing().filter(version=latest):
        found[row.key] = f"{found[row.key]} {row.text}" if row.key in found else row.text
    return found


def checks_of(report: ActivityReport) -> list[Check]:
    return [
        Check(row.code, row.text, *(report.checks.get(row.code, {}).get(name, "") for name in ("by", "on")))
        for row in report.programme.definition.review_checks
    ]


def officers(reviewers: tuple[Actor, Role, Role]) -> UserQuerySet:
    """Those who may be given a report: the working role's people at the reviewing party."""
    actor, working, _ = reviewers
    return User.objects.holding(working, actor, clock.today())


def side_by_side(
    report: ActivityReport, version: ReportVersion, before: tuple[int, Content] | None, user: User
) -> list[Part]:
    """The version's sections and initiatives, each field with last year's answer and the standing comments."""
    definition, year = report.programme.definition, report.year.year
    said: dict[str, list[ReportComment]] = {}
    for row in report.comments.standing().select_related("by"):
        said.setdefault(row.key, []).append(row)
    claims = version.content.get("secrecy", {})
    return [
        Part(
            step,
            tuple(
                _line(field, version.content, before=before, claims=claims, said=said)
                for field in step.fields
            ),
        )
        for step in fields.steps(definition, year, version.content)
        if step.fields
    ]


def _line(
    field: fields.Field,
    content: Content,
    *,
    before: tuple[int, Content] | None,
    claims: Mapping[str, str],
    said: Mapping[str, list[ReportComment]],
) -> Line:
    own = field.path[0] != "initiatives"  # last year's initiatives are others
    claim = next((key for key in claims if fields.is_within(field.key, [key])), None)
    return Line(
        field=field,
        told=fields.told(content, field),
        before=fields.told(before[1], field) if before and own else "",
        secret=claims.get(claim, "") if claim else "",
        comments=tuple(said.get(field.key, ())),
    )


def compared(
    versions: Sequence[ReportVersion], older: str | None, newer: str | None
) -> tuple[ReportVersion | None, ReportVersion | None]:
    """The two versions asked for; without words the latest and the one before it. `versions` are latest first."""
    by_number: dict[str | None, ReportVersion] = {str(row.number): row for row in versions}
    last = by_number.get(newer) or (versions[0] if versions else None)
    earlier = [row for row in versions if last and row.number < last.number]
    first = by_number.get(older) or (earlier[0] if earlier else None)
    return first, last


def changes(report: ActivityReport, older: ReportVersion | None, newer: ReportVersion | None) -> list[Change]:
    """Every field that differs, in order; one that only the older has (a removed initiative) last."""
    if older is None or newer is None:
        return []
    definition, year = report.programme.definition, report.year.year
    both = {field.key: field for field in fields.catalogue(definition, year, newer.content)}
    both |= {
        field.key: field
        for field in fields.catalogue(definition, year, older.content)
        if field.key not in both
    }
    found = []
    for field in both.values():
        before, after = fields.told(older.content, field), fields.told(newer.content, field)
        if before != after:
            found.append(Change(field, before, after, tuple(marked(before, after))))
    return found


def marked(before: str, after: str) -> list[tuple[str, str]]:
    """[(same, gone or new, text)]: the two texts as one, word by word."""
    old, new = WORD.findall(before), WORD.findall(after)
    if len(old) + len(new) > LONGEST_COMPARED:
        return [("gone", before), ("new", after)]
    found = []
    for kind, start, stop, other, end in difflib.SequenceMatcher(None, old, new, False).get_opcodes():
        if kind == "equal":
            found.append(("same", "".join(old[start:stop])))
            continue
        pair = (("gone", old[start:stop]), ("new", new[other:end]))
        found += [(mark, "".join(words)) for mark, words in pair if words]
    return found


def to_assign(
    user: User, year: ProgrammeYear, permission: Callable[[User, ActivityReport], Verdict]
) -> list[Choice]:
    """The year's reports that wait for review and that the person may share out."""
    rows = (
        ActivityReport.objects.visible_to(user)
        .of_year(year)
        .filter(status=Status.SUBMITTED)
        .defer("draft")
        .select_related(
            "case_officer",
            "tranche__year",
            "tranche__place__programme__ministry",
            "tranche__place__programme__secretariat",
            "tranche__assignment__holder",
        )
        .order_by("tranche__place__part", "tranche__place__code")
    )
    return [
        Choice(row.pk, f"{row.place} – {row.holder}", None, f"Nu: {row.case_officer or 'ingen särskild'}")
        for row in rows
        if permission(user, row)
    ]
