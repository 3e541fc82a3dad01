"""Who has answered, who has not, and what the silent ones are told."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, OuterRef, Subquery, Value, When
from django.urls import reverse

from actors.models import Membership, User
from actors.roles import Role
from digikoord.lib import clock
from programmes.models import Programme

from ..lifecycle.assignment import LIVE, Status
from ..models import Assignment, Part
from ..models.assignment import AssignmentQuerySet

ACCEPTED = (Status.IN_FORCE, Status.TRANSFERRED, Status.CONCLUDED)
GROUPS = (
    ("accepted", "Tackat ja"),
    ("declined", "Tackat nej"),
    ("silent", "Inget svar än"),
    ("late", "Försenat svar"),
    ("ended", "Förfallet eller återkallat"),
    ("assignment", "Uppdrag"),
)


@dataclass(frozen=True)
class Reminder:
    """Exactly what one offer's signatories are told."""

    assignment: Assignment
    people: tuple[User, ...]
    text: str

    @property
    def key(self) -> int:
        return self.assignment.pk

    @property
    def label(self) -> str:
        return f"{self.assignment.place} – {self.assignment.holder}"


def answers_of(user: User, programme: Programme) -> AssignmentQuerySet:
    """Each place's holding that counts now, or else the latest, by place."""
    shown = Assignment.objects.visible_to(user).exclude(status=Status.DRAFT)
    first = Case(When(status__in=LIVE, then=Value(0)), default=Value(1))
    latest = shown.filter(place=OuterRef("place")).order_by(first, "-starts", "-pk").values("pk")[:1]
    rows = shown.filter(place__programme=programme, place__part=Part.RECIPIENT, pk=Subquery(latest))
    return (
        rows.select_related("place__programme", "holder", "decision")
        .prefetch_related("signatures")
        .order_by("place__code")
    )


def group_of(row: Assignment) -> str:
    if not row.is_offer:
        return "assignment"
    if row.status == Status.OFFERED:
        return "late" if row.is_late else "silent"
    if row.status in ACCEPTED:
        return "accepted"
    return "declined" if row.status == Status.DECLINED else "ended"


def counts(rows: Iterable[Assignment]) -> list[tuple[str, str, int]]:
    """[(group, label, how many)]; the groups that nobody need be in are left out when they are empty."""
    found = Counter(group_of(row) for row in rows)
    return [
        (name, label, found[name])
        for name, label in GROUPS
        if found[name] or name not in ("ended", "assignment")
    ]


def days_left(row: Assignment) -> int | None:
    """Days until the last day to act, negative when it has passed; None where no answer is awaited."""
    if row.status != Status.OFFERED or row.act_by is None:
        return None
    return (row.act_by - clock.today()).days


def signers(row: Assignment) -> str:
    """Who signed the standing answer, by name and title."""
    return ", ".join(str(one) for one in row.signatures.all() if one.stands)


def silent(programme: Programme) -> AssignmentQuerySet:
    """The open offers, by place."""
    rows = Assignment.objects.filter(place__programme=programme, status=Status.OFFERED)
    return rows.select_related("place__programme", "holder", "decision").order_by("place__code")


def reminders(rows: Iterable[Assignment]) -> list[Reminder]:
    """A Reminder for each offer: its signatories today, but whoever has signed already."""
    rows = list(rows)
    held = Membership.objects.valid_on(clock.today()).filter(
        role=Role.SIGNATORY, actor__in=[row.holder_id for row in rows], user__is_active=True
    )
    people: defaultdict[int, dict[int, User]] = defaultdict(dict)
    for one in held.select_related("user").order_by("user__name", "user_id"):
        people[one.actor_id][one.user_id] = one.user
    found = []
    for row in rows:
        signed = {one.person_id for one in row.signatures.all() if one.stands}
        told = tuple(one for key, one in people[row.holder_id].items() if key not in signed)
        found.append(Reminder(row, told, reminder_text(row)))
    return found


def reminder_text(row: Assignment) -> str:
    if row.answer_due is None:
        when = "Ingen sista svarsdag är bestämd, men vi behöver ert svar."
    elif row.is_late:
        when = f"Svaret skulle ha lämnats senast {row.act_by}. Ni kan fortfarande svara."
    else:
        when = f"Sista dagen att svara är {row.act_by}."
    return f"Påminnelse: erbjudandet för {row.place} väntar på ert svar. {when}"


def url(programme: Programme) -> str:
    return reverse("grants:answer_list", args=[programme.code])
