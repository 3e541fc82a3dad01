"""Who is logged in, with all that decides what they may: one question at the beginning of each request."""

from typing import TYPE_CHECKING, cast

from django.db import models
from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from actors.lifecycle.succession import Status
from actors.models import Membership, User
from digikoord.lib import clock
from duties.models import Notice

if TYPE_CHECKING:

    class Known(Membership):
        """A membership with what is asked for along with it."""

        unread: int
        answers_for: int | None
        biased_against: int | None

        class Meta:
            abstract = True


def logged_in(pk: int) -> User | None:
    """The person with all that decides what they may, in one question; None for nobody."""
    rows = list(_memberships_and_ties(pk))
    if not rows:
        return User.objects.filter(pk=pk).first()
    person = rows[0].user
    person.unread_notices = rows[0].unread
    person.memberships_now = list({row.pk: row for row in rows}.values())
    ties: set[tuple[str, int, int]] = {
        ("answers", row.actor_id, row.answers_for) for row in rows if row.answers_for
    }
    ties |= {("biased", row.biased_against, pk) for row in rows if row.biased_against}
    person.ties = ties
    return person


def _memberships_and_ties(pk: int) -> "QuerySet[Known]":
    """Each membership valid today, once for every dissolved predecessor and every open conflict of interest."""
    today = clock.today()
    dissolved = models.Q(
        actor__successions__status=Status.REGISTERED,
        actor__successions__predecessor_dissolved=True,
        actor__successions__effective_on__lte=today,
    )
    unread = Notice.objects.unread().filter(recipient=models.OuterRef("user")).order_by()
    rows = Membership.objects.valid_on(today).filter(user=pk).select_related("user", "actor")
    told = rows.annotate(
        unread=Coalesce(
            models.Subquery(unread.values("recipient").annotate(n=models.Count("pk")).values("n")), 0
        ),
        succession=models.FilteredRelation("actor__successions", condition=dissolved),
        conflict=models.FilteredRelation(
            "user__conflicts", condition=models.Q(user__conflicts__lifted_on__isnull=True)
        ),
        answers_for=models.F("succession__predecessor"),
        biased_against=models.F("conflict__actor"),
    ).order_by("pk")
    return cast("QuerySet[Known]", told)
