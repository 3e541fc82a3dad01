import datetime
from collections.abc import Collection, Iterable

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.functional import cached_property

from digikoord.lib import clock

from ..lifecycle.succession import Status
from ..subject import Subject
from .actor import Actor
from .conflict import ConflictOfInterest
from .conflict_step import ConflictStep
from .membership import Membership
from .succession import Succession

SYSTEM_EMAIL = "system@digikoord.invalid"


class UserQuerySet(models.QuerySet["User"]):
    def holding(self, role: str, actor: Actor, day: datetime.date) -> "UserQuerySet":
        """The active people who hold the role on the day at the actor, or at the one that answers
        for it since it was dissolved, by name."""
        there = {actor.pk} | Succession.objects.heirs(day).get(actor.pk, set())
        held = Membership.objects.valid_on(day).filter(actor__in=there, role=role)
        return self.filter(is_active=True, memberships__in=held).distinct().order_by("name", "pk")

    def told(self, day: datetime.date) -> "UserQuerySet":
        """Those who are somebody somewhere on the day; others hear nothing."""
        return self.filter(is_active=True, pk__in=Membership.objects.valid_on(day).values("user"))

    def bouncing(self) -> "UserQuerySet":
        """Those whose address letters come back from."""
        return self.exclude(bounced_address="").filter(bounced_address=models.F("email"))

    def hearers(
        self, wanted: Collection[tuple[int, str]], day: datetime.date
    ) -> dict[tuple[int, str], list["User"]]:
        """{(actor id, role): people} of many at once, as `holding` says it of one."""
        actors = {actor for actor, _role in wanted}
        heirs = Succession.objects.heirs(day)
        there = actors.union(*(heirs.get(actor, ()) for actor in actors))
        held = Membership.objects.valid_on(day).filter(actor__in=there, user__is_active=True)
        rows = list(held.filter(role__in={role for _actor, role in wanted}).select_related("user"))
        found: dict[tuple[int, str], list[User]] = {}
        for actor, role in wanted:
            own = {actor} | heirs.get(actor, set())
            people = {row.user for row in rows if row.role == role and row.actor_id in own}
            found[actor, role] = sorted(people, key=lambda person: (person.name, person.pk))
        return found


class UserAccounts(BaseUserManager["User"]):
    """Creates people by e-mail address; the address is kept in lower case."""

    def create_user(self, email: str, name: str, *, title: str = "", password: str | None = None) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), name=name, title=title)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email__iexact=email)

    def system(self) -> "User":
        """The user in whose name the scheduler acts; it cannot log in."""
        user, _ = self.get_or_create(email=SYSTEM_EMAIL, defaults={"name": "digikoord", "is_active": False})
        return user


def _ties(user: "User", actors: Iterable[int]) -> list[tuple[str, int, int]]:
    """(tie, actor, other) in one question: "answers" for a dissolved predecessor, "biased" against an actor."""
    if not actors:
        return []
    answers = Succession.objects.filter(
        status=Status.REGISTERED,
        predecessor_dissolved=True,
        effective_on__lte=clock.today(),
        successor__in=actors,
    )
    biased = ConflictOfInterest.objects.open().filter(person=user)
    return list(
        answers.annotate(tie=models.Value("answers"))
        .order_by()
        .values_list("tie", "successor_id", "predecessor_id")
        .union(
            biased.annotate(tie=models.Value("biased"))
            .order_by()
            .values_list("tie", "actor_id", "person_id"),
            all=True,
        )
    )


class User(AbstractBaseUser):
    email = models.EmailField("e-post", unique=True)
    name = models.CharField("namn", max_length=120)
    title = models.CharField("titel", max_length=120, blank=True)
    is_active = models.BooleanField("aktiv", default=True)
    created_on = models.DateField("upplagd", default=clock.today)
    # The address as it was when letters came back: another address is another matter
    bounced_address = models.EmailField("studsad adress", blank=True)
    bounced_on = models.DateField("studsade", null=True)
    bounce_reason = models.CharField("varför", max_length=300, blank=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = UserAccounts.from_queryset(UserQuerySet)()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_once",
                violation_error_message="E-postadressen används redan.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def address_bounces(self) -> bool:
        return bool(self.bounced_address) and self.bounced_address == self.email

    @cached_property
    def unread_notices(self) -> int:
        """How many notices are unread, read once a request."""
        return self.notices.unread().count()

    @cached_property
    def memberships_now(self) -> list[Membership]:
        """The memberships valid today, read once a request."""
        return list(self.memberships.valid_on(clock.today()).select_related("actor").order_by("pk"))

    @cached_property
    def ties(self) -> Collection[tuple[str, int, int]]:
        """Whom the person's actors answer for, and whom the person is biased against; read once a request."""
        return _ties(self, {row.actor_id for row in self.memberships_now})

    def forget_ties(self) -> None:
        """Read them again: something has been declared."""
        for name in ("ties", "steps_lifted"):
            self.__dict__.pop(name, None)

    @cached_property
    def steps_lifted(self) -> list[ConflictStep]:
        """The steps that the person may take though biased, each once; read once a request, and only by the biased."""
        if not self.biased_against:
            return []
        return list(self.lifted_steps.unused().select_related("decided_by", "actor"))

    @property
    def biased_against(self) -> set[int]:
        """The ids of the actors for which the person has declared a conflict of interest."""
        return {actor for tie, actor, _person in self.ties if tie == "biased"}

    @cached_property
    def acting_for(self) -> dict[int, set[int]]:
        """{actor id: own actor ids that may act there}: each own actor for itself, and for the
        dissolved predecessors it has succeeded."""
        own = {row.actor_id for row in self.memberships_now}
        acting = {actor: {actor} for actor in own}
        if any(tie == "answers" for tie, *_ in self.ties):
            for predecessor, heirs in Succession.objects.heirs(clock.today()).items():
                if own & heirs:
                    acting.setdefault(predecessor, set()).update(own & heirs)
        return acting

    def has(self, role: str, actor_id: int) -> bool:
        """Whether the person holds the role at the actor today, or at the one answering for it."""
        answering = self.acting_for.get(actor_id, ())
        return any(row.role == role and row.actor_id in answering for row in self.memberships_now)

    def belongs_to(self, actor_id: int) -> bool:
        """Whether the person holds any role at the actor, or at the one answering for it."""
        return actor_id in self.acting_for

    @property
    def address_url(self) -> str:
        return reverse("access:address_correct", args=[self.pk])

    def subject(self) -> Subject:
        return Subject(label=self.name, key=f"user:{self.pk}", url=self.address_url)

    @property
    def party(self) -> str:
        """The name of the party the person mostly acts for, for the trail."""
        return self.memberships_now[0].actor.display_name if self.memberships_now else ""
