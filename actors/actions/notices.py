"""Tells people: rows first, then one letter per person and day with everything in it."""

import datetime

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string

from digikoord.lib import clock

from ..models import Notice, Obligation, User

CHUNK = 500


def tell(actor, role, *, text, url, but=()):
    """Tell everyone who holds the role at the actor, `but` these, something that is no duty."""
    people = [person for person in User.objects.holding(role, actor, clock.today()) if person not in but]
    return tell_people(people, text=text, url=url)


def tell_people(people, *, text, url):
    """Tell these people, and return them."""
    Notice.objects.bulk_create(Notice(recipient=person, text=text[:300], url=url) for person in people)
    return people


@transaction.atomic
def remind():
    """Write today's step of every open duty that has one; safe to run twice. Returns the number."""
    today = clock.today()
    due = Obligation.objects.open().filter(next_step_on__lte=today).select_related("debtor")
    count = 0
    for duty in due.order_by("pk").iterator(CHUNK):
        count += _remind(duty, today)
    return count


def _remind(duty, today):
    step = (duty.act_by - today).days
    people = User.objects.holding(duty.role, duty.debtor, today)
    rows = [
        Notice(
            recipient=person,
            obligation=duty,
            due=duty.act_by,
            step=step,
            text=sentence(duty),
            url=duty.url,
        )
        for person in people
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    coming = [duty.act_by - datetime.timedelta(days=days) for days in duty.ladder]
    duty.next_step_on = min((day for day in coming if day > today), default=None)
    duty.save(update_fields=["next_step_on"])
    return len(rows)


def sentence(duty):
    """The duty and how long there is, in words."""
    days = duty.days_left
    where = f", {duty.place_label}" if duty.place_label else ""
    if days < 0:
        when = f"skulle ha varit klart {duty.act_by}"
    elif days == 0:
        when = "ska vara klart idag"
    else:
        when = f"ska vara klart {duty.act_by}, om {days} {'dag' if days == 1 else 'dagar'}"
    return f"{duty.label}{where}: {when}."


def send_unsent():
    """Send each person one letter with all that is unsent. Returns the number of letters."""
    people = User.objects.filter(notices__sent_at__isnull=True, notices__isnull=False).distinct()
    return sum(_send(person) for person in people.order_by("pk"))


@transaction.atomic
def _send(person):
    unsent = Notice.objects.select_for_update().filter(recipient=person, sent_at__isnull=True)
    rows = list(unsent.order_by("due", "pk"))
    if not rows:
        return 0
    context = {
        "person": person,
        "notices": rows,
        "site": settings.SITE_URL,
        "rehearsal": clock.in_rehearsal(),
    }
    letter = EmailMultiAlternatives(
        subject=render_to_string("mail/digest_subject.txt", context).strip(),
        body=render_to_string("mail/digest.txt", context),
        to=[person.email],
        headers={"Message-ID": f"<notice-{rows[0].pk}-{rows[-1].pk}@digikoord>"},
    )
    letter.attach_alternative(render_to_string("mail/digest.html", context), "text/html")
    letter.send()
    unsent.filter(pk__in=[row.pk for row in rows]).update(sent_at=clock.now())
    return 1
