"""The daily scan costs what is due, not what exists."""

import datetime
import statistics
import time
from collections.abc import Sequence
from typing import cast

from django.db import connection, transaction

from access.actions import memberships
from actors.models import Actor
from actors.roles import Role
from digikoord.lib import clock
from duties.actions import ladders
from duties.models import Notice, Obligation

from .ratio import Ratio

DUE, FEW, MANY = 1_000, 10_000, 1_000_000
TIMES = 5
MOST_LADDERS = 2
TODAY = datetime.date(2019, 3, 20)
PARTIES = 20

# What differs between the copies of one duty. One in so many is due today, spread over the whole table; the
# others' next step lies ahead.
DIFFERS = {
    "key": "'bench:' || n",
    "debtor_id": "(%s::bigint[])[n %% %s + 1]",
    "due": "day",
    "act_by": "day",
    "next_step_on": "day - 7",
}
COPIES = """
INSERT INTO actors_obligation ({columns}) SELECT {values}
FROM actors_obligation AS one, (
    SELECT n, CASE WHEN n %% %s = 0 THEN %s::date + 7 ELSE %s::date + 20 + n %% 300 END AS day
    FROM generate_series(1, %s) AS n
) AS rows
"""


def climbing_costs_what_is_due() -> Ratio:
    with clock.standing_at(TODAY):
        parties = [_party(at) for at in range(PARTIES)]
        few, many = _seconds(parties, FEW), _seconds(parties, MANY)
    return Ratio(
        f"{DUE} skyldigheter att påminna om, bland {FEW} och bland {MANY} öppna", few, many, MOST_LADDERS
    )


def _party(at: int) -> Actor:
    actor = Actor.objects.create(
        code=f"bench-{at}", kind="region", legal_name=f"Prov {at}", display_name=f"Prov {at}"
    )
    memberships.invite(actor, email=f"bench{at}@prov.example", name=f"Prov {at}", role=Role.SIGNATORY)
    return actor


def _seconds(parties: Sequence[Actor], total: int) -> float:
    """The median time of climbing, with so many open obligations in the table."""
    one = _duty(parties[0])
    with connection.cursor() as cursor:
        ids = [actor.pk for actor in parties]
        cursor.execute(_copying(), [ids, len(ids), total // DUE, TODAY, TODAY, total])
        one.delete()
        cursor.execute("VACUUM ANALYZE actors_obligation")
    _once()  # the first reads what the others find in memory
    times = [_once() for _time in range(TIMES)]
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE actors_obligation CASCADE")
    return statistics.median(times)


def _duty(party: Actor) -> Obligation:
    """The one that the others are copies of."""
    return Obligation.objects.create(
        kind="report",
        label="Redovisa",
        key="bench:0",
        url="/",
        debtor=party,
        role=Role.SIGNATORY,
        due=TODAY,
        act_by=TODAY,
        legal=True,
        ladder=[30, 14, 7, 1, 0, -1, -7],
    )


def _copying() -> str:
    columns = [
        cast("str", field.column) for field in Obligation._meta.concrete_fields if not field.primary_key
    ]
    values = [DIFFERS.get(column, f'one."{column}"') for column in columns]
    names = [f'"{column}"' for column in columns]
    return COPIES.format(columns=", ".join(names), values=", ".join(values))


def _once() -> float:
    """Climb, look that it was all done, and undo it."""
    with transaction.atomic():
        began = time.perf_counter()
        written = ladders.climb()
        spent = time.perf_counter() - began
        if not written == Notice.objects.count() == DUE:
            raise AssertionError(f"{written} notices were written, not {DUE}")
        transaction.set_rollback(True)
    return spent
