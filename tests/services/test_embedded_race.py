"""The embedded database has one writer at a time: the same race as on PostgreSQL ends the same way."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
RACE = """
import datetime, threading
from concurrent.futures import ThreadPoolExecutor
from django.db import connection
from actors.models import User
from records.models import Event
from digikoord.lib.clock import standing_at
from digikoord.lib.verdict import Refused
from grants.actions import coordinators
from grants.models import Assignment, Coordinator
from digikoord.rehearsal.people import address

day = datetime.date(2018, 8, 20)
row = Assignment.objects.filter(status="in_force", instrument="offer").select_related("holder").first()
signatory = User.objects.get(email=address("foretradare", row.holder.code))
barrier = threading.Barrier(TIMES)

def appoint(number):
    barrier.wait(timeout=30)
    try:
        with standing_at(day):
            coordinators.appoint(
                Assignment.objects.get(pk=row.pk), by=User.objects.get(pk=signatory.pk),
                name=f"Person {number}", email="p@aktor.example", starts=day,
                ends=day + datetime.timedelta(days=30 + number),
            )
        return "done"
    except Refused:
        return "refused"
    finally:
        connection.close()

with ThreadPoolExecutor(TIMES) as pool:
    outcomes = list(pool.map(appoint, range(TIMES)))
print(outcomes.count("done"), outcomes.count("refused"), Coordinator.objects.count(),
      Event.objects.filter(verb="coordinator.appointed").count())
"""


def manage(var, *arguments, **options):
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=kept | {"DIGIKOORD_VAR": str(var)},
        capture_output=True,
        text=True,
        timeout=240,
        **options,
    )


def test_fifty_overlapping_appointments_leave_one(tmp_path):
    for arguments in (["migrate", "-v0"], ["rehearse", "--to", "2018-08-20"]):
        made = manage(tmp_path, *arguments)
        assert made.returncode == 0, made.stderr
    raced = manage(tmp_path, "shell", "-v0", "-c", RACE.replace("TIMES", "50"))
    assert raced.stdout.split() == ["1", "49", "1", "1"], raced.stdout + raced.stderr
