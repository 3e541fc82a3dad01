"""Opens and closes what people owe. Called by the acts, in their transaction."""

import datetime

from digikoord.lib import calendar, clock
from digikoord.lib.verdict import Refused

from ..models import Obligation, Outcome

ENDED_WITH = "Skyldigheten som begäran gällde har upphört."


def open(kind, row, *, label, url, debtor, role, due, ladder=(), rolls=True, **more):
    """Somebody now owes this. An open duty of the same kind for the same row is kept, its day moved.

    `due` is the nominal day; a last day to act on a free day moves to the next working day
    (lag 1930:173 § 2) unless `rolls` is false. `ladder` is days left at each reminder, falling.
    `more` are further fields of Obligation.
    """
    subject = row.subject()
    act_by = calendar.last_day_to_act(due) if due and rolls else due
    duty, _ = Obligation.objects.update_or_create(
        kind=kind,
        key=subject.key,
        closed_on=None,
        defaults={
            "label": label,
            "url": url,
            "programme": subject.programme,
            "place": subject.place,
            "place_label": subject.place_label,
            "debtor": debtor,
            "role": role,
            "due": due,
            "act_by": act_by,
            "ladder": list(ladder),
            "next_step_on": next_step(act_by, ladder, clock.today()),
            "year": subject.year,
            **more,
        },
    )
    return duty


def next_step(act_by, ladder, after):
    """The day of the next reminder; steps already passed collapse into one, today."""
    if act_by is None:
        return None
    days = [act_by - datetime.timedelta(days=step) for step in ladder]
    if any(day <= after for day in days):
        return after
    return min(days, default=None)


def move(programme, kinds, *, before, due):
    """Move the programme's open duties of the kinds from the day `before` to `due`. Returns the number.

    A duty that was given a day of its own (an extension) keeps it.
    """
    rows = list(owed_on(programme, kinds, before))
    for duty in rows:
        _give(duty, due)
    return len(rows)


def extend(duty, due):
    """Give one open duty a day of its own; its ladder begins anew."""
    duty = Obligation.objects.select_for_update(of=("self",)).get(pk=duty.pk)
    if not duty.is_open:
        raise Refused("Skyldigheten har redan upphört.")
    return _give(duty, due)


def _give(duty, due):
    duty.due, duty.act_by = due, calendar.last_day_to_act(due)
    duty.next_step_on = next_step(duty.act_by, duty.ladder, clock.today())
    duty.save(update_fields=["due", "act_by", "next_step_on"])
    return duty


def owed_on(programme, kinds, day):
    """The programme's (a code) open duties of the kinds whose day it is."""
    return Obligation.objects.open().filter(programme=programme, kind__in=kinds, due=day)


def close(kind, row):
    """The duty is done. Closing one that is not open does nothing."""
    _end(kind, row, Outcome.DONE, "")


def void(kind, row, why):
    """The duty fell away, and why."""
    _end(kind, row, Outcome.VOID, why)


def _end(kind, row, outcome, why):
    ended = Obligation.objects.about(kind, row.subject().key)
    done = ended.open().update(closed_on=clock.today(), outcome=outcome, why=why, next_step_on=None)
    if done:
        Obligation.objects.open().filter(parent__in=ended).update(
            closed_on=clock.today(), outcome=Outcome.VOID, why=ENDED_WITH, next_step_on=None
        )
