"""The money of thousands of places: a mass act in bounded memory and in proportion, and pages that fetch no programme file."""

from __future__ import annotations

import datetime
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.db import connection
from django.test import Client
from psycopg2.extensions import cursor as Cursor

from access.actions import memberships
from actors.models import User
from actors.roles import Role
from digikoord.lib import clock
from grants.actions import decisions, programmes, tranches
from grants.models import Tranche
from programmes.models import Programme

from .made_up import FIRST
from .ratio import Ratio

if TYPE_CHECKING:
    from actors.models import Actor


FEW, MANY = 210, 2_100
MEGABYTES = 500
TODAY = datetime.date(2018, 10, 10)
COMMENT = "# Utfyllnad: programfilen får vara hur lång som helst.\n"
LONG = 10_000  # lines: half a megabyte
PAGES = ("ekonomi", "laget", "rekvisitioner", "utbetalningar", "handelser", "koordinatorer", "redovisningar")
CHILD = (
    "from django import setup; setup(); from digikoord.bench import grants; grants.print_mass_grant({code!r})"
)


def pages_fetch_no_programme_file() -> Ratio:
    """Bytes fetched by the pages of a programme whose file is short, and of one whose file is half a megabyte longer."""
    short, long = laid_up("kort", FEW), laid_up("lang", FEW, COMMENT * LONG)
    few, many = fetched(short), fetched(long)
    return Ratio(f"{len(PAGES)} sidor om {FEW} platser, kort och lång programfil", few, many, 1.05, unit="kB")


def a_mass_grant_fits_in_memory() -> Ratio:
    peak, _seconds = mass_grant(MANY)
    return Ratio(f"{MANY} årsbelopp beviljas, gränsen och det högsta", MEGABYTES, peak, 1, unit="MB")


def a_mass_grant_is_linear() -> Ratio:
    _peak, few = mass_grant(FEW)
    _peak, many = mass_grant(MANY)
    return Ratio(f"{MANY} årsbelopp, räknat från {FEW}, och som det blev", few * MANY / FEW, many, 1.5)


def mass_grant(places: int) -> tuple[float, float]:
    """(highest memory in MB, seconds) of granting so many amounts, in a process of its own."""
    code = laid_up(f"beviljas-{places}-{Programme.objects.count()}", places)
    command = [sys.executable, "-c", CHILD.format(code=code)]
    told = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=True)  # noqa: S603
    peak, seconds = told.stdout.split()
    return float(peak), float(seconds)


def print_mass_grant(code: str) -> None:
    """What `mass_grant` reads."""
    programme = Programme.objects.get(code=code)
    with clock.standing_at(TODAY):
        decider = _person(programme.ministry, Role.DECISION_MAKER)
        rows = Tranche.objects.filter(place__programme=programme, year__year=2018)
        began = time.perf_counter()
        tranches.grant_many(rows.select_related("place", "year", "assignment__holder"), by=decider)
        spent = time.perf_counter() - began
    peak = cast("re.Match[str]", re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text()))[1]
    sys.stdout.write(f"{int(peak) // 1024} {spent:.2f}")


def laid_up(code: str, places: int, filling: str = "") -> str:
    """The code of a programme of so many agencies, all in force and with the first year's amounts prepared."""
    with clock.standing_at(TODAY):
        programme, _ = programmes.load(source(code, places) + filling, by=User.objects.system())
        ministry = programme.ministry
        for decision in programme.decisions.all():
            decisions.dispatch(decision, by=_person(ministry, Role.DECISION_MAKER))
        rows = Tranche.objects.filter(place__programme=programme, year__year=2018)
        rows = rows.select_related("place", "year", "assignment__holder")
        tranches.prepare_many(rows, by=_person(ministry, Role.OFFICIAL))
    return code


def _person(actor: Actor, role: Role) -> User:
    email = f"{role}@{actor.code}.example"
    if not User.objects.filter(email=email).exists():
        memberships.invite(actor, email=email, name=f"Prov {role}", role=role)
    return User.objects.get(email=email)


def source(code: str, places: int) -> str:
    """The first programme's file with so many made-up agencies for its places."""
    text = FIRST.read_text().replace('code = "rdk-2018"', f'code = "{code}"')
    head, _, rest = text.partition("[[places]]")
    years = rest[rest.index("[[years]]") :]
    agencies, seats = [], []
    for at in range(places):
        agencies.append(
            f'[[actors]]\ncode = "prov-{at}"\nkind = "agency"\nlegal_name = "Provmyndighet {at}"\n'
            f'display_name = "Provmyndighet {at}"\norg_nr = ""\norg_nr_basis = ""\n'
        )
        seats.append(
            f'[[places]]\ncode = "p{at}"\nname = "Plats {at}"\ncounty = "01"\npart = "recipient"\n'
            f'decision = "coordinators"\n[[places.holders]]\nactor = "prov-{at}"\ninstrument = "assignment"\n'
            "from = 2018-07-12\n"
        )
    secretariat = "[[places]]" + rest.split("[[places]]")[0]
    return head + "".join(agencies) + secretariat + "".join(seats) + years


def fetched(code: str) -> float:
    """Kilobytes that the programme's pages fetch from the database, its definition already read."""
    programme = Programme.objects.get(code=code)
    client = Client(SERVER_NAME="localhost")
    with clock.standing_at(TODAY):
        client.force_login(_person(programme.ministry, Role.OFFICIAL))
        for counting in (False, True):
            with counted() as total:
                for page in PAGES:
                    answer = client.get(f"/program/{code}/{page}/")
                    if answer.status_code != 200:
                        raise AssertionError(f"{page}: {answer.status_code}")
            if counting:
                return total[0] / 1000
    return 0.0


@contextmanager
def counted() -> Iterator[list[int]]:
    """Counts the bytes of every row that is fetched meanwhile."""
    total = [0]

    class Counting(Cursor):  # type: ignore[misc]  # psycopg2 says nothing of its types
        def fetchmany(self, *arguments: int) -> list[tuple[object, ...]]:
            rows: list[tuple[object, ...]] = super().fetchmany(*arguments)
            total[0] += sum(len(str(row)) for row in rows)
            return rows

        def fetchone(self) -> tuple[object, ...] | None:
            row: tuple[object, ...] | None = super().fetchone()
            total[0] += len(str(row))
            return row

        def fetchall(self) -> list[tuple[object, ...]]:
            rows: list[tuple[object, ...]] = super().fetchall()
            total[0] += sum(len(str(row)) for row in rows)
            return rows

    connection.ensure_connection()
    connection.connection.cursor_factory = Counting
    try:
        yield total
    finally:
        connection.connection.cursor_factory = Cursor
