"""How far the writing of a report has come, step by step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from django.http import Http404
from django.urls import reverse

from .. import fields, secrecy
from ..faults import faults_in
from ..models import ActivityReport
from .attachments import attachments_in

if TYPE_CHECKING:
    from actors.models import User
    from programmes.programme_file.shape import ProgrammeFile

    from ..content import Content, InitiativeContent


EMPTY, BEGUN, DONE, LOCKED = "Inte påbörjat", "Påbörjat", "Klart", "Låst"


@dataclass(frozen=True)
class Progress:
    """One step in the list. `left` is how many faults hinder submission, `asked` whether a supplement concerns it."""

    step: fields.Step
    url: str
    state: str
    left: int
    asked: bool
    saved: str

    @property
    def look(self) -> str:
        """The key of its icon and tone."""
        return {EMPTY: "none", BEGUN: "draft", DONE: "done", LOCKED: "closed"}[self.state]


def steps_of(report: ActivityReport) -> tuple[fields.Step, ...]:
    return fields.steps(report.programme.definition, report.year.year, report.draft)


def step_or_404(report: ActivityReport, slug: str) -> fields.Step:
    found = next((row for row in steps_of(report) if row.slug == slug), None)
    if found is None:
        raise Http404
    return found


def section_url(report: ActivityReport, form: str) -> str:
    """The address of the step of the section with the form; 404 where the year does not ask for it."""
    found = next((row for row in steps_of(report) if row.section.form == form), None)
    if found is None:
        raise Http404
    return url_of(report, found)


def initiative_or_404(report: ActivityReport, number: int | None) -> fields.Step:
    found = next((row for row in steps_of(report) if number is not None and row.number == number), None)
    if found is None:
        raise Http404
    return found


def initiative_url(report: ActivityReport, number: int | None) -> str:
    return url_of(report, initiative_or_404(report, number))


def url_of(report: ActivityReport, step: fields.Step) -> str:
    return reverse("reporting:activity_report_step", args=[report.pk, step.slug])


def after(report: ActivityReport, step: fields.Step) -> str:
    """The address of the step after, or of the overview after the last."""
    rows = steps_of(report)
    at = next((at for at, row in enumerate(rows) if row.key == step.key), len(rows))
    if at + 1 < len(rows):
        return url_of(report, rows[at + 1])
    return reverse("reporting:activity_report_write", args=[report.pk])


def progress(report: ActivityReport) -> list[Progress]:
    """Every step with its state, in order; initiatives under their section."""
    definition, year = report.programme.definition, report.year.year
    faults = faults_in(report.draft, definition, year, report.tranche.paid)
    left: dict[str, int] = {}
    for fault in faults:
        left[fault.step] = left.get(fault.step, 0) + 1
    return [_progress(report, step, left.get(step.slug, 0)) for step in steps_of(report)]


def _progress(report: ActivityReport, step: fields.Step, left: int) -> Progress:
    open_ = _is_open(report, step)
    last = report.editions.get(step.key, {})
    return Progress(
        step=step,
        url=url_of(report, step),
        state=_state(report, step, left) if open_ else LOCKED,
        left=left if open_ else 0,
        asked=bool(report.wanted) and open_,
        saved=f"{last['by']}, {last['at']}" if last else "",
    )


def _is_open(report: ActivityReport, step: fields.Step) -> bool:
    if step.fields:
        return any(fields.is_open(field.key, report.wanted) for field in step.fields)
    return not report.wanted or takes_rows(report, step)


def takes_rows(report: ActivityReport, step: fields.Step) -> bool:
    """Whether initiatives or attachments may be added to and taken from the step now."""
    return step.section.form in ("initiatives", "attachments") and fields.is_open(
        step.section.form, report.wanted
    )


def _state(report: ActivityReport, step: fields.Step, left: int) -> str:
    if step.section.form == "parties":
        return DONE
    if step.section.form == "attachments":
        return DONE if report.draft["attachments"] else EMPTY
    if step.section.form == "initiatives" and step.number is None:
        return DONE if report.draft["initiatives"] else EMPTY
    written = any(fields.value(report.draft, field) for field in step.fields)
    if not written:
        return EMPTY
    return BEGUN if left else DONE


def last_year(user: User, report: ActivityReport) -> tuple[int, Content] | None:
    """(year, content) of what the same place submitted the year before, as the person may read it; None without any."""
    rows = ActivityReport.objects.visible_to(user).filter(
        tranche__place=report.tranche.place_id, tranche__year__year=report.year.year - 1
    )
    before = rows.select_related("tranche__year", "tranche__assignment__holder").first()
    version = before.versions.last() if before else None
    if before is None or version is None:
        return None
    content = version.content
    if before.holder != report.holder and not user.belongs_to(before.holder.pk):
        content = secrecy.masked(content, report.programme.definition, before.year.year)
    return before.year.year, content


def initiatives(content: Content, definition: ProgrammeFile, year: int) -> list[dict[str, object]]:
    """{number, slug, title, goal, good_example} of each, for the list of initiatives."""
    goals: dict[str | None, str] = {row.code: row.name for row in definition.sub_goals}
    rows = {row["id"]: row for row in content["initiatives"]}
    return [
        {
            "number": step.number,
            "slug": step.slug,
            "title": rows[step.number].get("title") or fields.UNTITLED.capitalize(),
            "goal": goals.get(rows[step.number].get("sub_goal"), ""),
            "good_example": bool(rows[step.number].get("good_example")),
        }
        for step in fields.steps(definition, year, content)
        if step.number is not None
    ]


CARRIED = ("title", "sub_goal", "other_goals", "target_group", "kind", "role", "partners")


def carried_over(before: tuple[int, Content] | None) -> tuple[list[InitiativeContent], list[dict[str, str]]]:
    """(rows, claims) of last year's initiatives as this year's begin: what they are, not what came of them. What was secret
    of them is so until somebody says otherwise."""
    content: Content = before[1] if before else {"initiatives": []}
    rows = content["initiatives"]
    told = [
        cast(
            "InitiativeContent",
            {name: cast("Mapping[str, object]", row)[name] for name in CARRIED if name in row},
        )
        for row in rows
    ]
    marks = [secrecy.claims_of_initiative(content, row["id"]) for row in rows]
    return told, [{name: why for name, why in row.items() if name in ("", *CARRIED)} for row in marks]


def claims_told(report: ActivityReport, content: Content) -> list[tuple[str, str]]:
    """[(words, why)] of what is marked as secret in the content."""
    words = fields.labels(report.programme.definition, report.year.year, content)
    claims = secrecy.claims(content)
    named = {
        f"{secrecy.ATTACHMENT}{row.pk}": f"Bilagan {row.title}"
        for row in (attachments_in(report, content) if claims else ())
    }
    return [(words.get(key) or named.get(key, key), why) for key, why in claims.items()]


def claimable(report: ActivityReport) -> list[tuple[str, dict[str, str]]]:
    """[(step's title, {key: words})] of all that can be marked as secret: whole initiatives, fields and attachments."""
    definition, year = report.programme.definition, report.year.year
    keys = {field.key for field in secrecy.claimable(definition, year, report.draft)}
    keys |= {f"{fields.ALL_INITIATIVES}-{row['id']}" for row in report.draft["initiatives"]}
    groups = [
        (title, {key: label for key, label in words.items() if key in keys})
        for title, words in fields.pointable(definition, year, report.draft)
    ]
    papers = {f"{secrecy.ATTACHMENT}{row.pk}": row.title for row in attachments_in(report, report.draft)}
    return [*((title, words) for title, words in groups if words), *([("Bilagor", papers)] if papers else [])]
