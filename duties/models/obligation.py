import datetime
from collections.abc import Iterable

from django.db import models
from django.db.models import F, Q

from actors.models import User
from actors.roles import Role
from digikoord.lib import clock, constraints
from digikoord.lib.calendar import LAW, LastDay


class Outcome(models.TextChoices):
    DONE = "done", "Fullgjord"
    VOID = "void", "Bortfallen"


class ObligationQuerySet(models.QuerySet["Obligation"]):
    def open(self) -> "ObligationQuerySet":
        return self.filter(closed_on__isnull=True)

    def step_reached(self, day: datetime.date) -> "ObligationQuerySet":
        return self.open().filter(next_step_on__lte=day)

    def about(self, kind: str, key: str) -> "ObligationQuerySet":
        return self.filter(kind=kind, key=key)

    def visible_to(self, user: User, programmes: Iterable[str]) -> "ObligationQuerySet":
        """Those of the person's parties, and all of the programmes (codes) that the person reads all of."""
        return self.filter(Q(debtor__in=list(user.acting_for)) | Q(programme__in=programmes))


class Obligation(models.Model):
    """Somebody owes something by a day. Opened and closed by the acts."""

    kind = models.CharField("slag", max_length=40)
    label = models.CharField("vad", max_length=200)
    key = models.CharField("vad, nyckel", max_length=60)
    url = models.CharField("sida", max_length=200)
    about_url = models.CharField("sakens sida", max_length=200, blank=True)
    programme = models.CharField("program", max_length=60)
    place = models.CharField("plats", max_length=60, blank=True)
    place_label = models.CharField("plats, namn", max_length=120, blank=True)
    year = models.PositiveSmallIntegerField("programår", null=True)
    debtor = models.ForeignKey("actors.Actor", models.PROTECT, related_name="obligations")
    role = models.CharField("roll", max_length=20, choices=Role)
    # Whose it is among those who hold the role; nobody's in particular where it is empty
    given_to = models.ForeignKey("actors.User", models.PROTECT, null=True, related_name="+")
    # The one who holds the role and yet may not do this: whom it concerns, or who took the first of two steps
    barred = models.ForeignKey("actors.User", models.PROTECT, null=True, related_name="+")
    # Who may give the debtor a later day; nobody where the decision allows none.
    extender = models.ForeignKey("actors.Actor", models.PROTECT, null=True, related_name="+")
    extender_role = models.CharField("anstånd avgörs av", max_length=20, choices=Role, blank=True)
    limit = models.DateField("ska räcka till", null=True)
    # A duty about a duty (to decide on an extension) ends with it.
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    due = models.DateField("dag", null=True)
    act_by = models.DateField("sista dag att handla", null=True)
    # Why a free day gives way to the next weekday; empty where it does not
    ground = models.CharField("flyttas enligt", max_length=200, blank=True, default=LAW, db_default=LAW)
    # A legal duty, not a handling time of one's own: nobody can turn its letters off
    legal = models.BooleanField("rättslig skyldighet", default=False)
    consequence = models.CharField("följd av att dagen missas", max_length=300, blank=True)
    ladder = models.JSONField("påminnelsetrappa", default=list)
    # [{"at": days left, "actor": id, "role": …}]: who else hears of it then
    escalations = models.JSONField("vem som får veta sedan", default=list)
    told_step = models.IntegerField("senaste steg", null=True)
    next_step_on = models.DateField("nästa påminnelse", null=True)
    # How many times the day has moved, and when it last did: what a calendar program compares
    moves = models.PositiveIntegerField("flyttad, gånger", default=0)
    changed_at = models.DateTimeField("dagen bestämdes", default=clock.now)
    opened_on = models.DateField("uppkom", default=clock.today)
    closed_on = models.DateField("upphörde", null=True)
    outcome = models.CharField("utfall", max_length=10, choices=Outcome, blank=True)
    why = models.CharField("varför", max_length=200, blank=True)

    objects = ObligationQuerySet.as_manager()

    class Meta:
        db_table = "actors_obligation"
        ordering = [F("act_by").asc(nulls_last=True), "kind", "place", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"],
                condition=Q(closed_on__isnull=True),
                name="obligation_open_once",
            ),
            constraints.in_order("obligation_acts_after_due", "due", "act_by"),
            constraints.rule(
                "obligation_closed_has_outcome",
                Q(closed_on__isnull=True, outcome="")
                | Q(closed_on__isnull=False, outcome__in=Outcome.values),
                "En avslutad skyldighet har ett utfall.",
            ),
            constraints.rule(
                "obligation_extended_by_a_role",
                Q(extender__isnull=True, extender_role="")
                | Q(extender__isnull=False, extender_role__in=Role.values),
                "Den som avgör anstånd har en roll.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_step_on"],
                condition=Q(closed_on__isnull=True),
                name="obligation_next_step",
            ),
            models.Index(
                fields=["debtor", "act_by"],
                condition=Q(closed_on__isnull=True),
                name="obligation_owed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} ({self.act_by})"

    def is_for(self, user: User) -> bool:
        """Whether it is the person's to do, today."""
        whose = self.given_to_id in (None, user.pk) and user.pk != self.barred_id
        return whose and user.has(self.role, self.debtor_id)

    @property
    def is_open(self) -> bool:
        return self.closed_on is None

    @property
    def passes_limit(self) -> bool:
        """Whether its last day comes after the day that waits for it."""
        return bool(self.limit and self.act_by and self.act_by > self.limit)

    @property
    def steps(self) -> list[int]:
        """Every step in the ladder, the reminders' and the escalations', most days left first."""
        return sorted({*self.ladder, *(row["at"] for row in self.escalations)}, reverse=True)

    def steps_reached(self, today: datetime.date) -> list[int]:
        """Those whose day has come and that nobody has been told of."""
        if self.act_by is None:
            return []
        left = (self.act_by - today).days
        return [
            step for step in self.steps if step >= left and (self.told_step is None or step < self.told_step)
        ]

    def day_of_next_step(self, today: datetime.date) -> datetime.date | None:
        """The day of the next untold step; today for those already passed. None when the ladder has ended."""
        ahead = [step for step in self.steps if self.told_step is None or step < self.told_step]
        if self.act_by is None or not ahead:
            return None
        return max(today, self.act_by - datetime.timedelta(days=ahead[0]))

    @property
    def last(self) -> LastDay | None:
        """The last day as decided and as it holds; None where no day is set."""
        return LastDay(self.due, self.ground) if self.due else None

    @property
    def days_left(self) -> int | None:
        """Days until the last day to act; negative when overdue, None where no day is set."""
        return (self.act_by - clock.today()).days if self.act_by else None
