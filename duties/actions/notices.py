"""Tells people: a row first, which the app shows at once; the letter of the day gathers it afterwards."""

from collections.abc import Collection, Iterable, Sequence

from django.db import transaction

from actors.models import Actor, Membership, Succession, User
from digikoord.lib import clock, locks

from ..models import AppOnly, Notice
from ..models.notice import NoticeKind


@locks.part_of_act
def tell(actor: Actor, role: str, *, text: str, url: str, but: Collection[User] = ()) -> Sequence[User]:
    """Tell everyone who holds the role at the actor, `but` these, something that is no duty."""
    people = [person for person in User.objects.holding(role, actor, clock.today()) if person not in but]
    return tell_people(people, text=text, url=url, party=actor)


@locks.part_of_act
def tell_people(people: Sequence[User], *, text: str, url: str, party: Actor | None = None) -> Sequence[User]:
    """Tell these people, as somebody at the party, and return them."""
    write([Notice(recipient=person, text=one_line(text), url=url, party=party) for person in people])
    return people


@locks.part_of_act
def write(rows: Sequence[Notice]) -> int:
    """Keep the notices, each once a step, as each person wants to be told. Returns how many were meant."""
    chosen = AppOnly.objects.filter(person__in={row.recipient_id for row in rows})
    in_app = set(chosen.values_list("person", "kind")) if rows else set()
    for row in rows:
        row.app_only = (row.recipient_id, row.kind) in in_app
    _settle_parties(rows)
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _settle_parties(rows: Iterable[Notice]) -> None:
    """As whose each is told: of the party the row names, or its duty's debtor, or whoever has succeeded it, where the recipient
    is somebody there; else of the recipient's only party. Where it cannot be said no party sees the line."""
    theirs = _parties_of({row.recipient_id for row in rows}) if rows else {}
    for row in rows:
        own = theirs.get(row.recipient_id, set())
        meant = row.party_id or (row.obligation.debtor_id if row.obligation else None)
        if meant not in own and len(own) > 1 and meant is not None:
            heirs = Succession.objects.heirs(clock.today()).get(meant, set()) & own
            meant = next(iter(heirs)) if len(heirs) == 1 else None
        row.party_id = meant if meant in own else _only(own)


def _parties_of(people: Collection[int]) -> dict[int, set[int]]:
    """{person's id: the ids of the actors where they are somebody today}"""
    found: dict[int, set[int]] = {}
    rows = Membership.objects.valid_on(clock.today()).filter(user__in=people)
    for person, actor in rows.values_list("user", "actor"):
        found.setdefault(person, set()).add(actor)
    return found


def _only(parties: Collection[int]) -> int | None:
    return next(iter(parties)) if len(parties) == 1 else None


def only_party(person: User | None) -> int | None:
    """The id of the one party where the person is somebody today; None for nobody, and for whoever has more."""
    return _only(_parties_of({person.pk}).get(person.pk, set())) if person else None


def one_line(text: str) -> str:
    """As a notice keeps it: a name may hold anything, a subject may hold no new line."""
    return " ".join(text.split())[:300]


@transaction.atomic
def read_all(person: User) -> int:
    """Everything told so far has been read."""
    return person.notices.filter(read_at__isnull=True).update(read_at=clock.now())


@transaction.atomic
def read(notice: Notice) -> int:
    """This one has been read; the first reading is kept."""
    return Notice.objects.filter(pk=notice.pk, read_at__isnull=True).update(read_at=clock.now())


@transaction.atomic
def choose(person: User, *, app_only: Iterable[str]) -> User:
    """From now on tell the person of these kinds in the app only. Legal duties are always sent too."""
    AppOnly.objects.filter(person=person).delete()
    kinds = [kind for kind in app_only if kind != NoticeKind.DUTY]
    AppOnly.objects.bulk_create(AppOnly(person=person, kind=kind) for kind in kinds)
    return person
