"""Opens and closes what people owe. Called by the acts, in their transaction."""

import datetime

from digikoord.lib import calendar, clock

from ..models import Obligation, Outcome


def open(kind, row, *, label, url, debtor, role, due, ladder=(), rolls=True):
    """Somebody now owes this. An open duty of the same kind for the same row is kept, its day moved.

    `due` is the nominal day; a last day to act on a free day moves to the next working day
    (lag 1930:173 § 2) unless `rolls` is false. `ladder` is days left at each reminder, falling.
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


def close(kind, row):
    """The duty is done. Closing one that is not open does nothing."""
    _end(kind, row, Outcome.DONE, "")


def void(kind, row, why):
    """The duty fell away, and why."""
    _end(kind, row, Outcome.VOID, why)


def _end(kind, row, outcome, why):
    Obligation.objects.open().about(kind, row.subject().key).update(
        closed_on=clock.today(), outcome=outcome, why=why, next_step_on=None
    )


def open_keys(kind):
    """The keys of what the duty is open for."""
    return set(Obligation.objects.open().filter(kind=kind).values_list("key", flat=True))
