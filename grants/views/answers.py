# An address names a programme by its code and a year by its number; the view goes on with the rows themselves.
# mypy: allow-redefinition

from django.http import HttpResponse

from actors.request import Request
from digikoord.lib import lists, pages
from digikoord.lib.columns import Column

from .. import permissions, selectors
from ..actions import reminders
from ..forms.assignments import RemindManyForm
from ..forms.filters import AnswerFilter
from ..selectors import answers

COLUMNS = (
    Column("place", "Plats", value=lambda row: row.place.name, link=lambda row: row.get_absolute_url()),
    Column("answer", "Svar", value=lambda row: row.answer[1]),
    Column("holder", "Aktör", value=lambda row: row.holder.legal_name),
    Column("act_by", "Sista svarsdag", "date"),
    Column("answer_due", "Dag enligt beslutet", "date"),
    Column("days_left", "Dagar kvar", "int", value=answers.days_left),
    Column("answered_on", "Svarade", "date"),
    Column("signers", "Undertecknat av", value=answers.signers),
)


def list_(request: Request, programme: str) -> HttpResponse:
    programme = selectors.programme_or_404(request.user, programme)
    rows = answers.answers_of(request.user, programme)
    everyone = list(rows)
    may_remind = permissions.can_remind(request.user, programme)
    return lists.listing(
        request,
        template="grants/answer_list.html",
        name="svar",
        columns=COLUMNS,
        rows=rows,
        filters=AnswerFilter,
        programme=programme,
        counts=answers.counts(everyone),
        may_remind=may_remind and any(row.status == "offered" for row in everyone),
    )


def remind_many(request: Request, programme: str) -> HttpResponse:
    programme = selectors.programme_or_404(request.user, programme)
    letters = answers.reminders(answers.silent(programme))
    verdicts = [(letter, permissions.can_remind(request.user, letter.assignment)) for letter in letters]
    told = [letter for letter, verdict in verdicts if letter.people and verdict]
    return pages.act(
        request,
        verdict=permissions.can_remind(request.user, programme),
        template="grants/answer_remind_many.html",
        context={
            "programme": programme,
            "rows": told,
            "excluded": [
                selectors.Excluded(letter.label, verdict.reason or "Ingen behörig företrädare att påminna.")
                for letter, verdict in verdicts
                if letter not in told
            ],
            "cancel_url": answers.url(programme),
        },
        form=RemindManyForm,
        form_kwargs={"rows": answers.silent(programme).filter(pk__in=[letter.key for letter in told])},
        do=lambda **data: reminders.remind_many(programme, by=request.user, offers=data["rows"]),
        done=lambda sent: f"{len(sent)} {'aktör är påmind' if len(sent) == 1 else 'aktörer är påminda'}.",
        to=answers.url(programme),
    )
